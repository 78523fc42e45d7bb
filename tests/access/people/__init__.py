"""The administrator's pages about people."""
