"""The record: who signed in, whose role changed, who read a restricted paper. It grows and never changes."""
