"""Opens a file that nobody has checked yet and gives its tables as a grid of texts."""
