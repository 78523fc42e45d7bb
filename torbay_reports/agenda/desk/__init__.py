"""The clerk's desk: what is done to a meeting's agenda, one clerk after the other, with a sentence for each step."""
