"""What the budget table of the invented council's year must print, worked out by hand from `budget/invented.json`."""

ROWS = [
    ["Lighting", "1,200", "(0.4)", "1,200", "0.4", "R"],
    ["Sweeping", "800", "0", "800", "(10)", "G"],
    ["Streets", "2,001", "(0.4)", "2,000", "(10)", "G"],
    ["Parks <& gardens>", "500", "(100)", "400", "0", ""],
    ["Places", "2,501", "(101)", "2,400", "(10)", "G"],
    ["Gross Cost", "2,501", "(101)", "2,400", "(10)", "G"],
    ["Grants", "-", "(2,400)", "(2,400)", "0", ""],
    ["Net Cost of Services", "2,501", "(2,501)", "0.4", "(10)", "G"],
]
