"""Improvement plans: goals, actions, steps and their owners."""
