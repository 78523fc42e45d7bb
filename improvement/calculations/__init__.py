"""The rules of the tracker: pure functions over values, without a table in sight."""
