"""Two versions of a tracker side by side: what goes on from what, and what is different."""
