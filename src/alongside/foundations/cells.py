"""Cells of a table that somebody will open in a spreadsheet: none of them is taken for a formula there."""

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> object:
    """A value as it may stand in a cell: a text that a spreadsheet would run gets an apostrophe before it.

    Numbers stay numbers. Follows OWASP's advice on CSV injection; quotes are for the writer of the file.
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" \u00a0\ufeff").startswith(BEGINS_A_FORMULA) else value


def row_of(*values: object) -> list[object]:
    """A row of such cells."""
    return [cell(value) for value in values]
