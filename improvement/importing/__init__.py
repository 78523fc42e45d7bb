"""Turns a file into a tracker and a report of what was repaired and what a person must decide; saves nothing."""
