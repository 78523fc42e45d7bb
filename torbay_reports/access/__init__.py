"""People, their roles, and the one decision function `may()`."""
