"""Pages of the room ofsted."""
