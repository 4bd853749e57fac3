"""How a command says that it could not be done."""


class Failed(Exception):
    """The job could not be done; the sentence says what to do."""
