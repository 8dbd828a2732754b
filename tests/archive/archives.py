"""Archives of a club that meets on Tuesdays, in order but for what a test changes."""

from datetime import UTC, date, datetime, timedelta

from bot.archive.inspection import inspect
from bot.minutes import Severity, read_template

FIRST = date(2031, 1, 7)  # a Tuesday
NOW = datetime(2031, 4, 1, tzinfo=UTC)
TEMPLATE = read_template(
    "---\ntags: Kites\n---\n\n# YYYY-MM-DD\n\nAttending:\n\n"
    "## Accepting minutes from [last meeting](https://github.com/kites/minutes)\n\n## Workshop\n"
)


def path(day):
    return f"{day.year}/{day}.md"


def minutes(day, *, title="", shown="", before=None, attending="Attending: Ada, Bo"):
    """Write minutes in the club's form, with something said that was said on no other day."""
    last = f"{before or day - timedelta(days=7)}.md"
    return (
        f"---\ntags: Kites\n---\n\n# {title or day}\n\n{attending}\n\n"
        f"## Accepting minutes from [last meeting]({last})\n\n## Workshop\n\n{shown or _text_of(day)}"
    )


def _text_of(day):
    return f"- frame {day:%j} glued\n- tail {day:%j} sewn\n- line {day:%j} wound\n"


def archive(weeks=12):
    """Return the minutes of so many Tuesdays, by path."""
    days = [FIRST + timedelta(days=7 * week) for week in range(weeks)]
    return {path(day): minutes(day) for day in days}


def findings(files, template=TEMPLATE, about=None):
    """Inspect an archive; give (path, line, rule, severity) of each finding. A text None cannot be read.

    `about`: the notices that the test is about, so that it need not know the others; None: all of them.
    """
    texts = {name: text for name, text in files.items() if text is not None}
    found = inspect(texts, template, NOW, dict.fromkeys(files.keys() - texts.keys(), "no text")).found
    return [
        (it.path, it.finding.line, it.finding.rule, it.finding.severity.value)
        for it in found
        if about is None or it.finding.severity != Severity.NOTICE or it.finding.rule in about
    ]
