"""The clerk's pages about what stands for a paper, who opens it, and the resolution to exclude the public."""
