"""The ways a request can be refused. Each has one answer over HTTP."""


class AlongsideError(Exception):
    """Base of all refusals; `sentence` is written for the person at the screen."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotYours(AlongsideError):
    """Answered 404: a stranger is not told that anything exists."""


class NotAllowed(AlongsideError):
    """Answered 403: a member who may look but not do this."""


class RuleBroken(AlongsideError):
    """Answered 422: the form comes again with the sentence beside the field.

    `source` names the rule (`practice P3`); `field` is the form field it belongs to, or empty for the whole form.
    """

    def __init__(self, sentence: str, source: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.source = source
        self.field = field


class Busy(AlongsideError):
    """Answered 429: too much of what is costly at one moment, by one person."""


def must_say(words: str, sentence: str, source: str, field: str = "") -> None:
    """Raises `RuleBroken` with `sentence` where something has to be written and nothing was."""
    if not words.strip():
        raise RuleBroken(sentence, source, field)


class ChangedByAnother(AlongsideError):
    """Answered 409: someone saved first. `theirs` holds their values by form field; `edition` is the one they made."""

    def __init__(self, sentence: str, theirs: dict[str, object], edition: int, who: str = "") -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.edition = edition
        self.who = who
