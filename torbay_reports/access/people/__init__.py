"""The administrator's pages about people, their roles and the committees' seats."""
