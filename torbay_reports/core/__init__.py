"""What every other room may use: the clock, money, periods, formatting and the demonstration's register."""
