"""What may not be seen is not shown, and what the bot posts calls nobody and links nowhere."""

import base64
import html
import json
import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt

from bot.model import Kind
from github_simulator.state import Discussion, Issue, Repository
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, SOURCE, House

FILE = "2026/2026-08-18.md"
IMAGE = "https://github.com/user-attachments/assets/0f0e0d0c-0b0a-4908-8706-050403020100"

# -- a private source in a public archive ------------------------------------------------------------------


def texts_in(repository: Repository) -> Iterator[str]:
    """List every text that a repository shows: commits, files, branches, threads, comments, checks."""
    git = repository.git
    for name, head in git.refs().items():
        yield name
        for commit in git.history(head):
            files = git.files(commit.id.decode())
            yield from (bytes(commit).decode(), *files)
            yield from ((git.blob(entry.oid) or b"").decode() for entry in files.values())
    for thread in repository.threads.values():
        yield from (thread.title, thread.body)
        yield from (comment.body for comment in thread.comments)
    for check in repository.checks:
        yield from (check.title or "", check.summary or "", check.text or "", json.dumps(check.annotations))


def sent_there(house: House, source: Issue | Discussion) -> Iterator[str]:
    """List what the bot wrote over the wire, but for what it wrote into the source itself."""
    comments = ("IC_", "DC_")  # its own comments all stand in the source: where they were posted is looked at
    for body in house.wire:
        asked = json.loads(body)
        if not asked.get("query", "").startswith("mutation"):
            continue
        for step in asked["variables"].values():
            at = (
                step.get("subjectId")
                or step.get("discussionId")
                or step.get("commentId")
                or step.get("id")
                or ""
            )
            if at != source.node_id and not at.startswith(comments):
                yield json.dumps(step)
                for addition in step.get("fileChanges", {}).get("additions", []):
                    yield base64.b64decode(addition["contents"]).decode()


CONFIG = f"""allow_private_sources: [{SOURCE}]
credit: co-author
reviewers: attendees
people: {{Imani: imani}}
"""


def private(bare: House) -> House:
    bare.simulator.world.repository(*SOURCE.split("/")).private = True
    bare.install({**FILES, ".github/minutes.yml": CONFIG})
    return bare


@pytest.mark.parametrize("kind", ["issue", "discussion"])
async def test_nothing_public_tells_of_the_private_source(bare: House, kind: Kind) -> None:
    """Through a whole life: publication, edit, commands in both places, merge, follow-up, redaction."""
    house = private(bare)
    source = house.publish(kind=kind)
    await house.quiet()
    house.pass_time()
    more = house.imani.comment(source, "/minutes include\n\n- The press is cleaned on Friday")
    await house.quiet()
    (pull,) = house.pulls()
    for words in ("/minutes object The list is short", "/minutes accept", "/minutes help"):
        house.pass_time()
        house.imani.comment(pull, words)
        await house.quiet()
    house.imani.merge(pull)
    house.imani.edit(source, body=source.body.replace("Tove", "Tove, Yuki"))
    house.imani.comment(source, f"/minutes\n/minutes preview\n/minutes include {more.thread.number}")
    await house.quiet()
    house.imani.comment(source, "/minutes redact")
    await house.quiet()

    assert house.status_of(source) == ("ready", "")
    archive = house.simulator.world.repository(*ARCHIVE.split("/"))
    answer = [text for text in texts_in(archive) if text != CONFIG] + list(sent_there(house, source))
    assert len(answer) > 20
    for after in (SOURCE, "planning/", "planning#", source.node_id, "user-attachments"):
        assert [text for text in answer if after.casefold() in text.casefold()] == []


@pytest.mark.parametrize(
    "words", [f"![the board]({IMAGE})", f"as in {SOURCE}#3", f"see https://github.com/{SOURCE.upper()}"]
)
async def test_notes_that_would_tell_are_asked_about(bare: House, words: str) -> None:
    house = private(bare)
    source = house.publish(f"{paper.NOTES}\n{words}\n")
    await house.quiet()

    assert house.status_of(source) == ("question", "source-leak")
    assert house.pulls() == []
    assert list(sent_there(house, source)) == []


async def test_while_the_configuration_is_broken_private_sources_do_not_publish(bare: House) -> None:
    house = private(bare)
    house.imani.push(ARCHIVE, {".github/minutes.yml": f"allow_private_sources: [{SOURCE}]\nsettle: soon\n"})
    source = house.publish()
    await house.quiet()

    assert house.status_of(source) == ("question", "configuration")
    assert house.pulls() == []


# -- no mention, no reference, no backlink -----------------------------------------------------------------

OID = "0123456789abcdef0123456789abcdef01234567"
HOSTILE = (
    f"@everyone @tern-lab/core #1 owner/repo#3 {OID} {OID[:7]} GH-12 owner/repo@{OID} "
    "https://github.com/owner/repo/issues/3 www.example.org"
)
POWERS = {
    "a mention": r"(?<![\w/`])@\w",
    "a reference": r"(?<![\w&])#\d|\w/\w+#\d",
    "GH-": r"\bGH-\d",
    "a commit": r"(?<![\w\u2060])[0-9a-f]{7,40}(?!\w)",
    "an address": r"https?://(?:www\.)?github\.com|\bwww\.",
}


def shown(markdown: str) -> str:
    """Return what GitHub looks for mentions and references in: rendered text, outside code."""
    rendered = MarkdownIt("commonmark").enable("table").render(markdown)
    bare = re.sub(r"<!--.*?-->|<pre>.*?</pre>|<code>.*?</code>", "", rendered, flags=re.DOTALL)
    links = re.findall(r'(?:href|src)="([^"]*)"', bare)
    assert [link for link in links if not link.startswith("http://127.0.0.1")] == []
    return html.unescape(re.sub(r"<[^>]*>", "", bare))


def said_by(house: House, source: Issue | Discussion) -> Iterator[str]:
    """List all that the bot's texts show, in the source and in the archive, now or before."""
    for body in house.wire:
        asked = json.loads(body)
        if asked.get("query", "").startswith("mutation"):
            for step in asked["variables"].values():
                yield from (shown(step[key]) for key in ("body", "title") if key in step)
                message = "\n".join((step.get("message") or {}).values())
                yield re.sub(r"^Minutes-\w+: .*$", "", message, flags=re.MULTILINE)  # ours: no commit's id
                output = step.get("output") or {}
                yield from (shown(output[key]) for key in ("title", "summary") if key in output)
                for note in output.get("annotations", []):
                    yield from (note["title"], note["message"])
    assert house.comments(source)


@pytest.mark.parametrize("kind", ["issue", "discussion"])
async def test_hostile_notes_call_nobody_and_link_nowhere(house: House, kind: Kind) -> None:
    lines = paper.NOTES.replace("Tove", f"Tove, {HOSTILE}").replace(
        "(https://example.org)", "(2026-08-04.md)"
    )
    notes = f"{lines}\n## {HOSTILE}\n\n- [ ] {HOSTILE}\n- 2026-08-17 {HOSTILE}\n\n{{% {HOSTILE} %}}\n"
    source = house.publish(notes, f"Team meeting 2026-08-18 {HOSTILE}", kind)
    await house.quiet()
    (pull,) = house.pulls()
    for words in ("preview", "xyzzy", "date", "object", "skip 2026-08-25", "include", "accept"):
        house.pass_time()
        for thread in (source, pull):
            house.imani.comment(thread, f"/minutes {words} {HOSTILE}\n\n{HOSTILE}\n")
            await house.quiet()
    written = house.minutes(FILE, pull.head_ref)
    house.imani.push(ARCHIVE, {FILE: written.replace("- [ ] ", "- [x] theirs ")}, "Mine", pull.head_ref)
    house.imani.edit(source, body=notes.replace("- [ ] ", "- [ ] ours "))
    await house.quiet()

    assert house.status_of(source)[0] == "conflict"
    assert all(line in written for line in (f"## {HOSTILE}", f"- [ ] {HOSTILE}"))
    texts = list(said_by(house, source))
    assert len(texts) > 10
    for power, pattern in POWERS.items():
        found = [re.findall(f".{{0,40}}(?:{pattern}).{{0,20}}", text) for text in texts]
        assert [place for places in found for place in places] == [], power
