"""Days and counts about meetings, worked out without the database."""
