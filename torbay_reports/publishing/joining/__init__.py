"""Parts joined into one tagged PDF, by a writer of its own: a call to pikepdf for each element would take seconds."""
