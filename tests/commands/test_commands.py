"""The `/minutes` grammar: what is a command, what it says, who may give it."""

from datetime import date
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.commands import COMMANDS, MOST, Command, ParsedCommand, ThreadLink, allowed, help_table, read
from bot.commands.table import BY_NAME
from bot.minutes.text.markdown import clean


def names(body: str) -> list[str]:
    return [parsed_command.command.name for parsed_command in read(body)]


def only(body: str) -> ParsedCommand:
    (parsed_command,) = read(body)
    return parsed_command


# -- what is a command ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.shown)
def test_the_example_of_each_command_is_that_command(command: Command) -> None:
    for example in (command.example, command.example.upper()):
        parsed_command = only(f"{example}\nnotes")
        assert (parsed_command.command, parsed_command.mistake, parsed_command.line) == (command, "", 1)


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("/minutes", [""]),
        ("Thank you!\n\n/minutes\n", [""]),
        ("/minutes stop\r\n/minutes help\r\n", ["stop", "help"]),
        ("  /MINUTES\t Stop \u00a0 ", ["stop"]),
        ("first /minutes stop\n/minutes help\nlast", ["help"]),
        ("> /minutes stop\n\n/minutes help", ["help"]),
        ("/minutesfoo", []),
        ("/minutes.", []),
        ("/minutes/stop", []),
        ("//minutes stop", []),
        ("\\/minutes stop", []),
        ("`/minutes stop`", []),
        ("[/minutes stop](https://example.org)", []),
        ("/mınuteſ stop\n/minutes help", ["help"]),  # letters that case alone tells from i and s
        ("one\r/minutes stop\r/minutes help\n/minutes accept", ["stop", "help", "accept"]),
        ("", []),
    ],
)
def test_a_command_is_a_whole_line(body: str, given: list[str]) -> None:
    assert names(body) == given


AROUND = {
    "quote": "> {}",
    "lazy quote": "> quoted\n{}",
    "list": "- {}",
    "lazy list": "1. item\n{}",
    "task": "- [ ] {}",
    "heading": "## {}",
    "underlined heading": "{}\n---",
    "code": "`{}`",
    "code over lines": "`a\n{}\nb`",
    "fence": "~~~\n{}\n~~~",
    "indented": "text\n\n    {}",
    "table": "| a |\n| --- |\n| {} |",
    "html": "<div>\n{}\n</div>",
    "folded": "<details>\n\n{}\n\n</details>",
    "comment": "<!-- {} -->",
    "comment over lines": "<!--\n\n{}\n\n-->",
    "link": "[{}](https://example.org)",
    "link over lines": "[a\n{}\nb](https://example.org)",
    "footnote": "[^1]: {}",
}
some_orders = st.sampled_from([command.example for command in COMMANDS])
some_prose = st.lists(st.sampled_from(["", "We met.", "Ada: *all* good, see #7"])).map("\n\n".join)


@given(some_prose, st.sampled_from(sorted(AROUND)), some_orders, some_prose)
def test_talk_about_a_command_is_none(before: str, around: str, parsed_command: str, after: str) -> None:
    assert read("\n\n".join([before, AROUND[around].format(parsed_command), after])) == ()


@given(some_prose, some_orders, some_prose)
def test_a_command_between_paragraphs_is_one(before: str, parsed_command: str, after: str) -> None:
    assert [given.text for given in read("\n\n".join([before, parsed_command, after]))] == [parsed_command]


# -- what it says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day", "name"),
    [
        ("2026-11-24", date(2026, 11, 24), ""),
        ("2026-11-24 afternoon", date(2026, 11, 24), "afternoon"),
        ("2026-11-24  Budget & Été, 2nd part!", date(2026, 11, 24), "budget-ete-2nd-part"),
        ("2026-11-24 ../../.github/workflows", date(2026, 11, 24), "github-workflows"),
        ("2026-11-24 " + "ab " * 30, date(2026, 11, 24), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a"),
        ("2026-11-24 " + "a" * 39 + " b", date(2026, 11, 24), "a" * 39),
    ],
)
def test_a_date_and_a_name(line: str, day: date, name: str) -> None:
    parsed_command = only(f"/minutes date {line}")

    assert (parsed_command.day, parsed_command.name, parsed_command.mistake) == (day, name, "")


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("#7", ThreadLink(7)),
        ("Org/notes.x#7", ThreadLink(7, "Org/notes.x")),
        ("https://github.com/o/r/issues/7", ThreadLink(7, "o/r", "issue", None, "github.com")),
        ("https://GitHub.com/o/r/Issues/7/", ThreadLink(7, "o/r", "issue", None, "github.com")),
        (
            "https://github.com/o/r/issues/7#issuecomment-123",
            ThreadLink(7, "o/r", "issue", 123, "github.com"),
        ),
        ("https://github.com/o/r/issues/7#issue-99", ThreadLink(7, "o/r", "issue", None, "github.com")),
        (
            "https://github.com/o/r/issues/7?a=b#issuecomment-1",
            ThreadLink(7, "o/r", "issue", 1, "github.com"),
        ),
        (
            "https://github.com/o/r/discussions/5#discussioncomment-9",
            ThreadLink(5, "o/r", "discussion", 9, "github.com"),
        ),
        ("<https://redirect.github.com/o/r/issues/7>", ThreadLink(7, "o/r", "issue", None, "github.com")),
        ("[those](https://github.com/o/r/issues/7)", ThreadLink(7, "o/r", "issue", None, "github.com")),
    ],
)
def test_a_link(target: str, link: ThreadLink) -> None:
    parsed_command = only(f"/minutes include {target}\nnot notes")

    assert (parsed_command.link, parsed_command.rest, parsed_command.mistake) == (link, "", "")


def test_a_link_leads_to_the_own_server_only() -> None:
    link = "http://git.example.org:8443/o/r/issues/7"

    (there,) = read(f"/minutes include {link}", host="Git.example.org:8443")
    (here,) = read(f"/minutes include {link}")

    assert there.mistake == ""
    assert here.mistake == "Only what is on github.com can be included."


def test_a_reason_is_kept_as_typed() -> None:
    assert only("/minutes object  The *vote* was\t5 to `4`").why == "The *vote* was 5 to `4`"
    assert only("/minutes skip 2026-12-29 Winter Break").why == "Winter Break"
    assert only("/minutes skip 2026-12-29").why == ""
    assert only("/minutes object " + "x" * 500).why == "x" * 500


def test_the_rest_of_the_comment_is_notes() -> None:
    body = (
        "\r\n/minutes include\r\n\r\n    code first\n> /minutes stop\n/minutes help\n\n- two\n  /minutes\n\n"
    )

    assert read(body)[0].rest == "    code first\n> /minutes stop\n/minutes help\n\n- two\n  /minutes"
    assert [parsed_command.rest for parsed_command in read("/minutes include\nnotes\n/minutes help")] == [
        "notes",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "meant", "answer"),
    [
        ("incldue #7", "include", "There is no such command. Did you mean `/minutes include [link]`?"),
        ("2026-11-24", "date", "There is no such command. Did you mean `/minutes date 2026-11-24 [name]`?"),
        ("xyzzy", "help", "There is no such command. `/minutes help` lists all that there are."),
        ("STPO", "stop", "There is no such command. Did you mean `/minutes stop`?"),
        ("stop.", "stop", "There is no such command. Did you mean `/minutes stop`?"),
        ("stop it", "stop", "Nothing may stand after this command. Write `/minutes stop`."),
        ("date", "date", "Something is missing. Write `/minutes date 2026-11-24 [name]`."),
        ("date 24.11.2026", "date", "A day is written year, month, day, with hyphens. Write `/minutes date"),
        ("date 2026-02-30", "date", "That is no day of the calendar. Write `/minutes date 2026-11-24"),
        ("date ٢٠٢٦-١١-٢٤", "date", "A day is written"),
        ("date 20٢٦-11-24", "date", "A day is written"),
        ("date 0001-01-01", "date", "A day is written"),
        ("date 2026-11-24 会议", "date", "A name is made of the letters a to z, digits and hyphens."),
        ("date 2026-11-24 ../..", "date", "A name is made of"),
        ("date 2026-11-24 2026-11-25", "date", "There are two days."),
        ("object", "object", "Something is missing. Write `/minutes object <why>`."),
        ("object " + "x" * 501, "object", "A reason is at most 500 characters long."),
        ("include", "include", "There is nothing to include."),
        ("include\n/minutes include", "include", "There is nothing to include."),
        ("include #٧", "include", "That is no link"),
        (
            "include notes.md",
            "include",
            "That is no link to an issue, a discussion, a comment of one, or a pad.",
        ),
        ("include https://github.com/o/r/pull/7", "include", "That is no link"),
        ("include https://github.com@evil.example/o/r/issues/7", "include", "That is no link"),
        ("include https://github.com.evil.example/o/r/issues/7", "include", "Only what is on github.com"),
        ("include https://github.com/o/r/issues/" + "7" * 5000, "include", "That is no link"),
    ],
)
def test_a_mistake_says_what_to_write(line: str, meant: str, answer: str) -> None:
    parsed_command = read(f"/minutes {line}")[0]

    assert parsed_command.mistake.startswith(answer)
    assert parsed_command.command == BY_NAME[meant]
    assert "\n" not in parsed_command.mistake


@given(st.text(alphabet="@#<>`*[]ab \n/", max_size=30))
def test_an_answer_holds_no_word_of_the_comment(shown: str) -> None:
    """So it can be posted as it is: nobody is mentioned, nothing linked."""
    ours = {
        parsed_command.mistake
        for line in ("xyzzy", "stop it", "date", "date x")
        for parsed_command in read(f"/minutes {line}")
    }

    for parsed_command in read(f"/minutes xyzzy @{shown}"):
        assert parsed_command.mistake in ours


def test_what_belongs_under_the_notes_is_not_done_under_the_pull_request() -> None:
    preview, accept = read("/minutes preview\n/minutes accept", place="pull")

    assert preview.mistake == "`/minutes preview` belongs under the notes, not under the pull request."
    assert accept.mistake == ""


def test_of_many_commands_only_the_first_are_done() -> None:
    parsed_commands = read("/minutes stop\n" * 4681)

    assert [parsed_command.line for parsed_command in parsed_commands] == list(range(1, MOST + 2))
    assert [bool(parsed_command.mistake) for parsed_command in parsed_commands] == [False] * MOST + [True]
    assert parsed_commands[MOST].mistake.startswith("Only the first 10 commands of a comment are done.")
    assert read("/minutes include\nnotes" + "\n/minutes stop" * 20)[0].rest == "notes"


# -- what is noted as done -----------------------------------------------------------------------------------


def test_the_key_is_of_this_line_in_this_comment() -> None:
    key = only("/minutes date 2026-11-24").key("c1")

    assert key == only("\n/Minutes  DATE 2026-11-24 \n\nand more text").key("c1")
    assert len(key) == len(f"{int(key, 16):010x}") == 10
    assert key not in {
        only("/minutes date 2026-11-24").key("c2"),
        only("/minutes date 2026-11-25").key("c1"),
        only("/minutes date 2026-11-24 b").key("c1"),
    }


def test_notes_that_were_added_later_are_included() -> None:
    empty, notes, edited = (only(f"/minutes include\n{rest}") for rest in ("", "notes", "notes, edited"))

    assert empty.mistake
    assert empty.key("c1") != notes.key("c1") == edited.key("c1")


# -- any text ------------------------------------------------------------------------------------------------

some_lines = st.one_of(
    st.text(max_size=30),
    some_orders,
    st.sampled_from(sorted(AROUND.values())).map(lambda around: around.format("/minutes stop")),
    st.text(max_size=30).map("/minutes {}".format),
    st.sampled_from(["", "```", "<!--", "-->", "<details>", "`", "[a", "](b)", "---", "> a", "\ud800\x00"]),
)


@given(st.lists(some_lines, max_size=12).map("\n".join), st.text(max_size=10))
def test_any_comment_can_be_read(body: str, comment: str) -> None:
    for parsed_command in read(body):
        assert parsed_command.text.lower().startswith("/minutes")
        assert parsed_command.key(comment)


@given(st.lists(some_lines, max_size=12).map(lambda lines: clean("\n".join(lines))))
def test_every_line_is_a_command_or_notes(typed: str) -> None:
    body = f"/minutes include\n\n{typed}"
    parsed_commands = read(body)
    assume(len(parsed_commands) <= MOST)  # what is too much is not notes either, and not listed

    commands = {parsed_command.line for parsed_command in parsed_commands}
    kept = [line for number, line in enumerate(body.split("\n"), 1) if number not in commands]
    shown = [line for line in kept if line.strip()]

    assert [line for line in parsed_commands[0].rest.split("\n") if line.strip()] == shown
    assert parsed_commands[0].rest in "\n".join(kept)


# -- who may -------------------------------------------------------------------------------------------------

PEOPLE = {  # who, beside the roles that may write, of whom it is enough to be this
    "": "",
    "preview": "author",
    "date": "author",
    "series": "author",
    "include": "",
    "accept": "",
    "object": "author attendee",
    "skip": "",
    "move": "",
    "redact": "",
    "stop": "author",
    "help": "",
}
ROLES = [None, "none", "read", "triage", "write", "maintain", "admin", "Admin", "owner"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.shown)
def test_who_may_give_a_command(command: Command) -> None:
    for role, author, attendee in product(ROLES, (False, True), (False, True)):
        rights = {"author": author, "attendee": attendee}
        may = role in ("write", "maintain", "admin") or any(
            rights[who] for who in PEOPLE[command.name].split()
        )

        who = {"is_author": author, "is_attendee": attendee}
        assert allowed(command, role, **who) is may
        assert not allowed(command, role, **who, is_bot=True)


def test_the_archive_decides_what_touches_the_archive_alone() -> None:
    assert [each.name for each in COMMANDS if each.role_of == "archive"] == [
        "accept",
        "object",
        "skip",
        "move",
    ]


def test_help_lists_every_command() -> None:
    rows = help_table().split("\n")[2:]

    assert [row.split("|")[1].strip() for row in rows] == [f"`{command.shown}`" for command in COMMANDS]


def test_a_command_without_a_handler_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="handler"):
        Command("link", "answer with the pull request's address", ("write",), "/minutes link")  # type: ignore[call-arg]
