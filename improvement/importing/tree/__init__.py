"""Puts rows together as themes, priorities, actions and steps, each with its reference."""
