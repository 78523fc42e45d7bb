"""The pages; each is the administrator's alone."""
