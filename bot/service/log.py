"""One line per event on standard output, with the delivery's id on each line that belongs to one.

The lines are JSON for programs, or text for people.
"""

import logging
import os
import sys

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import ExceptionRenderer, JSONRenderer, format_exc_info
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor

FORMATS = ("auto", "json", "text")
"""The values of LOG_FORMAT. auto: text on a terminal, JSON elsewhere."""


def configure(level: str = "INFO", form: str = "auto") -> None:
    """Set up structlog for the whole process. `level` is a name of `logging`, `form` one of FORMATS.

    Tracebacks come without local variables, which may contain notes, keys and tokens.
    """
    is_terminal = sys.stdout.isatty()
    is_text = form == "text" or (form == "auto" and is_terminal)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *(_as_text(has_colors=is_terminal and not os.environ.get("NO_COLOR")) if is_text else _AS_JSON),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )


_AS_JSON: tuple[Processor, ...] = (
    ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
    JSONRenderer(ensure_ascii=True),
)


def _as_text(*, has_colors: bool) -> tuple[Processor, ...]:
    renderer = ConsoleRenderer(colors=has_colors, exception_formatter=plain_traceback)
    return (format_exc_info, _escape, renderer)


def _escape(_: object, __: str, event: EventDict) -> EventDict:
    """Return an event with the control characters of its traceback escaped, as the renderer does others."""
    if "exception" in event:
        lines = event["exception"].split("\n")
        event["exception"] = "\n".join(line if line.isprintable() else repr(line)[1:-1] for line in lines)
    return event
