"""Minutes that people push by themselves: a check run on the commit, and corrections at a click. Pure."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.archive.dates import MARKDOWN
from bot.archive.inspection import Located, findings_of
from bot.archive.inspection.corrections import Corrected, corrected
from bot.archive.inspection.pages import Page, read_pages
from bot.archive.series import ArchiveSeries
from bot.config import Config
from bot.minutes import BUILT_IN, Severity, Template
from bot.model import (
    Annotation,
    Archive,
    Check,
    Commit,
    File,
    FileRef,
    FilesRequest,
    Plan,
    Snapshot,
    Suggest,
    Suggestion,
)
from bot.planning import texts
from bot.planning.in_force import in_force, is_kept
from bot.planning.reports.facts import count_of
from bot.planning.reports.pull import LEVELS
from bot.planning.shape import shape_of, template_of

NAME = "Minutes"
LONGEST_PATHS = 4_000  # characters of all paths, with which the button is offered
LONGEST_DIFF = 20_000  # characters of all corrections in the summary; GitHub takes 65,535 in all
MOST_SUGGESTIONS = 30
_PATHS = re.compile(r"<!-- minutes-files (\[[^<>]*\])(?: of (\d{1,9}))? -->")


def check_files(snapshot: Snapshot, request: FilesRequest) -> Plan:
    """Return the plan for minutes in a commit of people: a check run; or, if they ask for it, corrections.

    Only files in an archive in which the bot keeps minutes are looked at. Raises MissingFacts.
    """
    archive, settings = in_force(snapshot)
    if archive is None or settings is None or not is_kept(archive):
        return Plan("no minutes are kept here")
    refs = {path: FileRef(request.commit, path) for path in request.paths}
    snapshot.require("what was pushed?", *refs.values())
    found = {path: text for path, ref in refs.items() if (text := snapshot.texts.get(ref)) is not None}
    pages = _pages(snapshot, archive, settings, found)
    if not pages:
        return Plan("there are no minutes among the files")
    fixes = {page.path: made for page in pages if (made := corrected(page, found[page.path])).changes}
    if request.branch:
        return _fix(request, request.branch, fixes)
    if request.suggests and request.pull:
        new = {path: made for path, made in fixes.items() if path not in archive.files}
        return _suggest(request, request.pull, found, new)
    located = [each for page in pages for each in findings_of(page)]
    return Plan(f"say what is to look at in {len(pages)} files", (_check(request, located, found, fixes),))


def paths_of(summary: str) -> tuple[str, ...]:
    """Return the paths of the files that a check run is about, from its summary; none of another one."""
    found = _PATHS.findall(summary)  # the last one is the bot's; text of the files stands above it
    try:
        paths = json.loads(found[-1][0]) if found else []
    except ValueError:
        return ()
    return tuple(path for path in paths if isinstance(path, str))


def pull_of(summary: str) -> int | None:
    """Return the number of the pull request from a fork that a check run is about; None for another one."""
    found = _PATHS.findall(summary)
    return int(found[-1][1]) if found and found[-1][1] else None


def _pages(
    snapshot: Snapshot, archive: Archive, settings: Config, found: Mapping[str, str]
) -> tuple[Page, ...]:
    """Return those of these files (texts by path) that are minutes. Raises MissingFacts."""
    known: dict[str, Template] = {}

    def template(series: ArchiveSeries | None) -> Template:
        if series is None:
            return BUILT_IN
        if series.name not in known:
            there = tuple(past for past in series.meetings if past.path in archive.files)
            kept = ArchiveSeries(series.name, series.layout, there)
            known[series.name], _ = template_of(shape_of(snapshot, archive, settings, kept), settings)
        return known[series.name]

    others = [path for path in archive.files if path.lower().endswith(MARKDOWN) and path not in found]
    return tuple(read_pages(found, template, others))


def _check(
    request: FilesRequest,
    located: Sequence[Located],
    found: Mapping[str, str],
    fixes: Mapping[str, Corrected],
) -> Check:
    """Return the check run with the findings on their lines, and the corrections in its summary.

    It fails if one of the findings is an error, and is neutral if there are others.
    """
    severities = {each.finding.severity for each in located}
    filled = {
        "located": [each for each in located if each.finding.line is None],
        "on_lines": any(each.finding.line is not None for each in located),
        "of_fork": request.pull is not None,
        "diff": "\n".join(_diff(found, fixes))[:LONGEST_DIFF],
    }
    paths = json.dumps(request.paths).replace("<", "\\u003c").replace(">", "\\u003e")
    can_fix = bool(fixes) and len(paths) <= LONGEST_PATHS
    of_pull = f" of {request.pull}" if request.pull else ""
    mark = f"\n\n<!-- minutes-files {paths}{of_pull} -->" if can_fix else ""
    return Check(
        head=request.commit,
        title=count_of([each.finding for each in located]),
        summary=f"{texts.render('pushed', {**filled, 'can_fix': can_fix})}{mark}",
        conclusion="failure" if Severity.ERROR in severities else "neutral" if located else "success",
        annotations=tuple(_annotations(located)),
        name=NAME,
        has_fix=can_fix,
    )


def _annotations(located: Sequence[Located]) -> Iterator[Annotation]:
    for each in located:
        if each.finding.line is not None:
            message = f"{each.finding.message} {each.finding.cure}"
            yield Annotation(
                each.path, each.finding.line, LEVELS[each.finding.severity], each.finding.rule, message
            )


def _diff(found: Mapping[str, str], fixes: Mapping[str, Corrected]) -> Iterator[str]:
    for path, made in fixes.items():
        before, after = found[path].splitlines(), made.text.splitlines()
        yield from difflib.unified_diff(before, after, path, path, lineterm="", n=0)


def _fix(request: FilesRequest, branch: str, fixes: Mapping[str, Corrected]) -> Plan:
    """Return the plan that commits the corrections to the branch, if it is still at the checked commit."""
    if not fixes:
        return Plan("there is nothing to correct")
    (path, made), *others = fixes.items()
    also = tuple(File(other, each.text) for other, each in others)
    headline = "Correct the minutes" if also else f"Correct {path}"
    body = "What needs no person: the link to the last meeting, doubled front matter, titles not filled in."
    return Plan(
        "correct the minutes", (Commit(branch, request.commit, path, made.text, headline, body, also=also),)
    )


def _suggest(
    request: FilesRequest, number: int, found: Mapping[str, str], fixes: Mapping[str, Corrected]
) -> Plan:
    """Return the plan that suggests the corrections in a pull request from a fork.

    `fixes` are those of files that it adds: GitHub takes suggestions for lines of the diff only.
    """
    made = [each for path, fix in fixes.items() for each in suggestions(path, found[path], fix.text)]
    if not made:
        return Plan("there is nothing to suggest")
    more = f" {len(made) - MOST_SUGGESTIONS} more are in the check." if len(made) > MOST_SUGGESTIONS else ""
    body = f"What needs no person to be corrected; *Commit suggestion* takes it over.{more}"
    step = Suggest(number, request.commit, body, tuple(made[:MOST_SUGGESTIONS]))
    return Plan(f"suggest {len(step.suggestions)} corrections", (step,))


def suggestions(path: str, before: str, after: str) -> Iterator[Suggestion]:
    """Yield the differences of two texts; what is added stands for the line before it, or after the first."""
    old, new = before.splitlines(), after.splitlines()
    for op, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal" or not old:
            continue
        if op == "insert":
            lines = [*old[first - 1 : first], *new[start:end]] if first else [*new[start:end], old[0]]
            yield Suggestion(path, max(first, 1), max(first, 1), tuple(lines))
        else:
            yield Suggestion(path, first + 1, last, tuple(new[start:end]))
