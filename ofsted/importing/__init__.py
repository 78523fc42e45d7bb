"""Letters read from text, Word and PDF files; saves nothing."""
