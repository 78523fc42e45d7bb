"""Words of our own faces, set as WeasyPrint sets them: their lines, their glyphs, their tags and links."""
