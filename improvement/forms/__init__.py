"""What is typed into the tracker's pages."""
