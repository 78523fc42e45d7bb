"""Files that people bring and that may be hostile: what they are, how large, and whether a library may open them."""
