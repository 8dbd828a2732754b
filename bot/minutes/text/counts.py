"""Numbers of things in the texts that people read."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with the word for what is counted: `1 line`, `2 lines`.

    `one` is the word for one of them, `many` that for none or several; without it that is `one` with an s.
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
