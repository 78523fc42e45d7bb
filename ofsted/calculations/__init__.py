"""Rules about letters and findings, without the database."""
