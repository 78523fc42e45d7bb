"""Reading a pack by its printed pages."""
