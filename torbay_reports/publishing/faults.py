"""What goes wrong with a pack, said so that a clerk can mend it."""


class PackFault(Exception):
    """A pack that must not be handed out; the message names the page or paper and what is wrong with it."""
