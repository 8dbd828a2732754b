"""The texts of a pull request with minutes: title, body, credit, check run. Pure."""

import re
from datetime import date, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from bot.minutes import Severity
from bot.minutes.text.counts import counted
from bot.model import Annotation, Archive, Check, Pull
from bot.planning import texts
from bot.planning.case import Case
from bot.planning.proposal import Proposal, link_state
from bot.planning.reports import facts
from bot.planning.reports.changes import changes
from bot.planning.reports.understood import understood
from bot.state import PullState, embed_state, find_state, replace_state
from bot.trailers import blob_oid

WITHDRAWN = "Withdrawn"
"""The title of a pull request after `/minutes redact`."""
STOPPED = "stopped"
"""The status of a pull request that the bot closed because its source is no longer meeting notes."""
LEVELS: dict[Severity, Literal["failure", "warning", "notice"]] = {
    Severity.ERROR: "failure",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}


def title(proposal: Proposal) -> str:
    """Return the title of the pull request with these minutes, which is also the headline of its commit."""
    return title_of(proposal.day, proposal.suffix, proposal.placement.shown)


def title_of(day: date | None, suffix: str = "", series: str = "") -> str:
    """Return the title of the pull request with the minutes of a meeting on `day`.

    `suffix` tells a second meeting of the day apart; `series` is the name of the series, given only where the
    archive has several.
    """
    return f"Minutes of {f'{series}, ' if series else ''}{day}{f', {suffix}' if suffix else ''}"


def draft_title(day: date) -> str:
    """Return a pull request title that says that it is a draft, for the meeting on `day`.

    It is for a repository in which GitHub refuses draft pull requests.
    """
    return f"Draft: {title_of(day)}"


def is_draft(case: Case, proposal: Proposal, before: PullState | None = None) -> bool:
    """Return whether the pull request with these minutes is to be a draft: only if they have an error.

    `before` is the state of the pull request if it is open already: then it is one only if the bot made it
    one. A new one (None) is a draft unless GitHub refuses drafts.
    """
    return proposal.has_errors and (before.is_bot_draft if before else not case.drafts_refused)


def new_title(pull: Pull, proposal: Proposal) -> str:
    """Return the title that an open pull request should have now, after its meeting got another day.

    A title that a person gave it stays.
    """
    pull_state = find_state(pull.body, PullState)
    if pull_state is None or pull_state.day is None:
        return pull.title
    given = (
        title_of(pull_state.day, pull_state.suffix),
        title_of(pull_state.day, pull_state.suffix, pull_state.series),
        draft_title(pull_state.day),
    )
    return title(proposal) if pull.title in given else pull.title


def body(case: Case, archive: Archive, proposal: Proposal, branch: str, *, committed: bool = True) -> str:
    """Return the description of the pull request with these minutes: what people should look at, in short.

    It includes the state of the pull request. `branch` is the branch in the archive; `committed` is whether
    the file is committed in the same batch, or there already.
    """
    minutes, pull = proposal.minutes, case.pull
    is_open = pull is not None and pull.state == "open"
    before = (
        (case.pull_updates.get(pull.number) or find_state(pull.body, PullState)) if pull and is_open else None
    )
    pull_state = PullState(
        case.public_name,
        case.source.kind,
        day=proposal.day,
        suffix=proposal.suffix,
        path=proposal.path,
        notes_digest=case.digest,
        file_blob=blob_oid(proposal.text) if committed else None,
        missing_permissions=case.missing_permissions,
        base_commit=before.base_commit if before else archive.repository.head,
        template_blobs=before.template_blobs
        if before and before.template_blobs and proposal.placement.is_of(before.series)
        else proposal.template_blobs,
        series=proposal.placement.name,
        previous=link_state(proposal.previous, proposal.pending),
        source_kind=proposal.placement.source_kind,
        is_bot_draft=is_draft(case, proposal, before),
        has_human_edits=proposal.text != minutes.text,
        handled_commands=tuple(
            dict.fromkeys((*(before.handled_commands if before else ()), *case.saved_state.handled_commands))
        ),
        requested=case.saved_state.requested,
        date_override=case.saved_state.date_override,
        suffix_override=case.saved_state.suffix_override,
        series_override=case.saved_state.series_override,
        included=() if case.is_pseudonymous else case.saved_state.included,
        accepted=before.accepted if before else "",
        accepted_at=before.accepted_at if before else "",
        accepts=facts.accepts(minutes),
        objections=before.objections if before else (),
        flagged_commit=before.flagged_commit if before else "",
        merges_on=merge_day(case, proposal, pull if is_open else None),
    )
    filled = {
        "day": proposal.day,
        "name": proposal.suffix,
        "present": len(minutes.fields.attendees),
        "source_url": None if case.is_pseudonymous else case.source.url,
        "file_url": facts.file_url(archive, branch, proposal.path),
        "date_row": facts.date_row(proposal),
        "last_meeting": facts.last_meeting(case, archive, proposal),
        "account": facts.account(case.notes.text, minutes),
        "errors": [each for each in proposal.findings if each.severity is Severity.ERROR],
        "findings": [each for each in proposal.findings if each.severity is not Severity.ERROR],
        "mode": minutes.mode,
        "forms": facts.forms(minutes),
        "understood": understood(minutes),
        "changes": changes(case.notes.text, minutes, shows_notes=not case.is_pseudonymous),
        "lacks": case.missing_permissions,
        "mixed": pull_state.has_human_edits,
        "writers": () if case.is_pseudonymous else case.notes.writers,
        "standing": _standing(case, pull_state),
        "is_draft": pull_state.is_bot_draft,
    }
    return embed_state(pull_state, texts.render("pull", filled))


def credit(case: Case) -> tuple[str, ...]:
    """Return the trailers of a commit that credit those who wrote the notes; empty if not wanted.

    The settings say whether. The address is GitHub's noreply address: id and login of the account, or the
    login alone where the id is not known, as for accounts from before July 2017; on a server of one's own,
    below the name of that.
    https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits/creating-a-commit-with-multiple-authors
    https://docs.github.com/en/account-and-profile/reference/email-addresses-reference#your-noreply-email-address
    """
    if case.settings.credit != "co-author" or case.is_pseudonymous:
        return ()
    host, known = urlsplit(case.source.url).netloc, case.notes.accounts
    people = (login for login in case.notes.writers if not login.endswith("[bot]"))
    named = ((login, f"{known[login]}+{login}" if login in known else login) for login in people)
    return tuple(f"Co-authored-by: {login} <{name}@users.noreply.{host}>" for login, name in named)


def remarked(case: Case, pull: Pull, pull_state: PullState) -> str:
    """Return the description of `pull` with the state `pull_state` in it; the rest stays.

    Only the lines on acceptance, objections and answers to commands are written anew.
    """
    text = replace_state(pull.body, pull_state)
    return _STANDING.sub(lambda _: _standing(case, pull_state, pull), text, count=1)


def withdrawn() -> str:
    """Return the description of a pull request after `/minutes redact`: nothing in it is from the notes."""
    return texts.render("withdrawn", {})


_STANDING = re.compile(r"<!-- standing -->.*?<!-- /standing -->", re.DOTALL)


def _standing(case: Case, pull_state: PullState, pull: Pull | None = None) -> str:
    """Return whether the minutes are accepted, the objections, and answers to commands, as Markdown."""
    own = pull is None or pull == case.pull
    filled = {
        "accepted": pull_state.accepted.partition(" ")[::2] if pull_state.accepted else None,
        "accepted_at": pull_state.accepted_at,
        "merges_on": pull_state.merges_on,
        "merges_when_accepted": own and case.settings.merge == "when accepted" and not pull_state.accepted,
        "stopped": pull_state.status == STOPPED,
        "stopped_by": pull_state.stopped_by,
        "conflicts": pull_state.conflicts,
        "conflict_lines": pull_state.conflict_lines,
        "file_url": facts.file_url(case.archive, pull.branch, pull_state.path or "")
        if case.archive and pull
        else "",
        "notes_url": case.source.url if own and not case.is_pseudonymous else None,
        "objections": pull_state.objections,
        "answers": [facts.answer(each) for each in case.results_at("pull")] if own else [],
    }
    return f"<!-- standing -->\n{texts.render('standing', filled)}\n<!-- /standing -->"


def merge_due(case: Case, pull: Pull | None) -> datetime | None:
    """Return when a pull request has been quiet for as long as the settings want before the bot merges it.

    That is so long after the last change of notes or branch, and the last comment. `pull` is None for a new
    one. The result is None where the settings do not let quiet decide.
    """
    if not isinstance(case.settings.merge, timedelta):
        return None
    spoken = (comment.edited_at or comment.created_at for comment in (pull.comments if pull else ()))
    pushed = (revision.at for revision in (pull.revisions[:1] if pull else ()) if revision.at)
    return max([piece.since for piece in case.notes.pieces] + [*spoken, *pushed]) + case.settings.merge


def merge_day(case: Case, proposal: Proposal, pull: Pull | None) -> date | None:
    """Return the day on which the bot merges the minutes if nothing happens; None: not, or not yet."""
    due = merge_due(case, pull)
    now = (case.pull_updates.get(pull.number) if pull else None) or case.pull_state
    is_fit = not (proposal.has_errors or proposal.pending or now.objections or (pull and pull.draft))
    return due.date() if due and is_fit else None


OPEN_POINTS = "Objections and conflicts"
"""The name of the check run that fails while there are any."""


def is_contested(pull_state: PullState) -> bool:
    """Return whether minutes have an open objection, or a conflict with the notes."""
    return bool(pull_state.objections or pull_state.conflicts)


def open_points(case: Case, pull: Pull, pull_state: PullState) -> Check | None:
    """Return the check run that says which objections and conflicts are open; None: it is there already.

    It fails while there are any; after that it is there once more, with success.
    """
    wanted = pull.head if is_contested(pull_state) and pull.head else ""
    if pull.state != "open" or pull.head is None or wanted == pull_state.flagged_commit:
        return None
    count = len(pull_state.objections)
    points = [counted(count, "objection")] if count else []
    points += ["a conflict with the notes"] if pull_state.conflicts else []
    title = " and ".join(points) or "nothing is open"
    return Check(
        head=pull.head,
        title=title[0].upper() + title[1:],
        summary=_standing(case, pull_state, pull) if points else "There is no objection and no conflict.",
        conclusion="failure" if points else "success",
        name=OPEN_POINTS,
    )


def check(case: Case, proposal: Proposal, head: str) -> Check:
    """Return the step that creates a check run on the commit `head` of the pull request with these minutes.

    The check run shows the findings on their lines of the minutes.
    """
    filled = {
        "account": facts.account(case.notes.text, proposal.minutes),
        "findings": facts.by_severity(proposal.findings),
    }
    return Check(
        head=head,
        title=facts.count_of(proposal.findings),
        summary=texts.render("check", filled),
        conclusion="failure" if proposal.has_errors else "neutral",
        annotations=tuple(
            Annotation(proposal.path, finding.line or 1, LEVELS[finding.severity], finding.rule,
                       f"{finding.message} {finding.cure}")
            for finding in proposal.annotated
        ),
    )  # fmt: skip
