"""Forms of the room ofsted."""
