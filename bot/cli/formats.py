"""The output formats of findings: text, lines as of compilers, JSON, SARIF 2.1.0, and workflow commands of
GitHub Actions.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any
from urllib.parse import quote

from bot import __version__
from bot.archive.inspection import Located
from bot.cli.files import json_of
from bot.cli.progress import one_line, printable
from bot.minutes import Finding, Severity
from bot.minutes.normalising.findings import ALL_FINDINGS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
"""The `level` of a result in SARIF (section 3.27.10 of the standard), by severity."""

_WIDTH = 80
_MOST = 20  # findings of a rule that are all shown
_FIRST = 3  # files in which those of a rule with more are shown
_FACT = re.compile(r"\{\w+(?:!\w)?\}")  # a placeholder in the message of a finding


def as_text(found: Sequence[Located], shows_all: bool = False) -> Iterator[str]:
    """Yield lines for people: each file, and below it what was found there, wrapped at 80 columns.

    What was found often is shown for the first files in which it was, and at the end counted; with
    `shows_all` each finding is shown.
    """
    hidden = () if shows_all else tuple(_repeated(found))
    left_out = frozenset(hidden)
    by_file: defaultdict[str, list[Finding]] = defaultdict(list)
    for it in found:
        if it not in left_out:
            by_file[it.path].append(it.finding)
    for path, findings in by_file.items():
        yield printable(path)
        for each in findings:
            line = f"line {each.line}: " if each.line else ""
            yield from _wrapped(f"{line}{each.severity}: {each.message} {each.cure} [{each.rule}]", "  ")
    for (severity, rule), count in Counter(map(_kind, hidden)).items():
        message = _FACT.sub("…", ALL_FINDINGS[rule][1])
        yield from _wrapped(f"{count} more: {severity}: {message} [{rule}]", "")
    if hidden:
        yield "Each one is shown with --all."


def as_lines(found: Sequence[Located]) -> Iterator[str]:
    """Yield a line for each finding, in the form of compilers: `path:line: severity: message`."""
    return (one_line(it.path, it.finding) for it in found)


def _repeated(found: Sequence[Located]) -> Iterator[Located]:
    """Yield the findings of the rules that were found often, but for those in the first files."""
    files: defaultdict[tuple[Severity, str], dict[str, None]] = defaultdict(dict)
    for it in found:
        files[_kind(it)][it.path] = None
    shown = {kind: frozenset([*paths][:_FIRST]) for kind, paths in files.items()}
    counts = Counter(map(_kind, found))
    return (it for it in found if counts[_kind(it)] > _MOST and it.path not in shown[_kind(it)])


def _kind(it: Located) -> tuple[Severity, str]:
    return it.finding.severity, it.finding.rule


def _wrapped(text: str, indent: str) -> list[str]:
    deeper = f"{indent}  "
    return wrap(
        printable(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=deeper,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_json(found: Sequence[Located]) -> Iterator[str]:
    """Yield one JSON list, with an object for each finding."""
    yield json_of(rows_of(found), indent=2)


def rows_of(found: Sequence[Located]) -> list[Mapping[str, Any]]:
    """Return an object for each finding, as it stands in JSON."""
    keys = ("line", "rule", "severity", "message", "cure")
    return [{"path": it.path} | {key: getattr(it.finding, key) for key in keys} for it in found]


def as_github(found: Sequence[Located]) -> Iterator[str]:
    """Yield a workflow command for each finding, which GitHub Actions shows on the line in a pull request.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    for it in found:
        where = {"file": it.path, "line": it.finding.line, "title": it.finding.rule}
        properties = ",".join(f"{key}={_escape(str(value), ',:')}" for key, value in where.items() if value)
        text = _escape(f"{it.finding.message} {it.finding.cure}")
        yield f"::{it.finding.severity} {properties}::{text}"


def as_sarif(found: Sequence[Located]) -> Iterator[str]:
    """Yield one SARIF 2.1.0 log (an OASIS standard) with one run, for GitHub's code scanning.

    https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
    """
    rules = sorted({it.finding.rule for it in found})
    driver = {"name": "minutes-bot", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    results = [_result(it, rules.index(it.finding.rule)) for it in found]
    run = {"tool": {"driver": driver}, "results": results}
    yield json_of({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: str) -> Mapping[str, Any]:
    severity, message, cure = ALL_FINDINGS[rule]
    return {
        "id": rule,
        "shortDescription": _message(_FACT.sub("…", message)),
        "help": _message(_FACT.sub("…", cure)),
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _result(it: Located, rule: int) -> Mapping[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(it.path, errors="replace")}}
    if it.finding.line:
        place["region"] = {"startLine": it.finding.line}
    return {
        "ruleId": it.finding.rule,
        "ruleIndex": rule,
        "level": LEVELS[it.finding.severity],
        "message": _message(f"{it.finding.message} {it.finding.cure}"),
        "locations": [{"physicalLocation": place}],
    }


def _message(text: str) -> Mapping[str, str]:
    """Return a SARIF message object; braces are doubled in a message string (section 3.11.5)."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _escape(text: str, also: str = "") -> str:
    """Percent-encode `%`, line breaks and the characters of `also`, as workflow commands require."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{also}" else char for char in text)


FORMATS: Mapping[str, Callable[[Sequence[Located]], Iterator[str]]] = {
    "text": as_text,
    "lines": as_lines,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
"""The formats by their name in `--format`."""
