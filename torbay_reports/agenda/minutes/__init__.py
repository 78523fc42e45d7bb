"""Minutes: urgency, decisions that can be cited, what is carried on and what is moved."""
