"""What the administrator types and chooses."""
