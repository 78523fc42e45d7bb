"""A council's committee reports: one frozen value each, shown as pages, PDF packs and JSON."""
