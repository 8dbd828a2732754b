"""Search: what is found, by whom, in which order; unsupported qualifiers are errors."""

import contextlib
from datetime import timedelta
from urllib.parse import quote

import pytest

from github_simulator.search import read
from github_simulator.state import Discussion, Issue, PullRequest
from tests.github_simulator.conftest import ARCHIVE, NOTES

BOTH = (Issue, PullRequest)
SEARCH = """query($text: String!, $type: SearchType!) {
  search(query: $text, type: $type, first: 50) {
    issueCount discussionCount
    nodes {
      __typename
      ... on Issue { title url number labels(first: 9) { nodes { name } } repository { nameWithOwner } }
      ... on PullRequest { title url repository { nameWithOwner } }
      ... on Discussion { title url repository { nameWithOwner } }
    }
  }
}"""
SECRET = "hill-lab/secret"


@pytest.fixture
def agenda(lab):
    """Things to talk about: issues, a pull request, a discussion; some closed, hidden or archived."""
    simulator, ada = lab.simulator, lab.ada
    simulator.create_repository(SECRET, private=True)
    simulator.create_repository("hill-lab/old", files={"x": "x"})
    simulator.create_repository("dale-lab/open", files={"x": "x"})
    for name in (SECRET, "hill-lab/old", "dale-lab/open"):
        simulator.add_collaborator(name, "ada", "admin")
    for title, repository, labels in (
        ("Roof", NOTES, ("agenda",)),
        ("Budget", ARCHIVE, ("Agenda", "money talk")),
        ("Garden", NOTES, ()),
        ("Done", NOTES, ("agenda",)),
        ("Hidden", SECRET, ("agenda",)),
        ("Long ago", "hill-lab/old", ("agenda",)),
        ("Theirs", "dale-lab/open", ("agenda",)),
    ):
        made = ada.open_issue(repository, title, labels=labels)
        if title == "Done":
            ada.close(made)
        simulator.clock.advance(timedelta(minutes=1))
    ada.archive("hill-lab/old")
    ada.push(ARCHIVE, {"x.md": "x"}, branch="x")
    ada.open_discussion(NOTES, "Name of the boat", labels=("agenda",))
    return lab


async def found(lab, query, kind="ISSUE", by=None):
    answer = await lab.graphql(SEARCH, by, text=query, type=kind)
    assert "errors" not in answer.body, answer.body
    return [each["title"] for each in answer.body["data"]["search"]["nodes"]]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("user:hill-lab label:agenda is:open archived:false", ["Hidden", "Budget", "Roof"]),
        ("user:HILL-LAB label:agenda is:open archived:false sort:created-asc", ["Roof", "Budget", "Hidden"]),
        ("org:hill-lab label:agenda state:closed", ["Done"]),
        (f"repo:{ARCHIVE} label:agenda", ["Budget"]),
        (f"(repo:{ARCHIVE} OR repo:{NOTES}) label:agenda is:open", ["Budget", "Roof"]),
        ('org:hill-lab label:"money talk"', ["Budget"]),
        ('org:hill-lab is:open label:"money talk",nothing label:agenda', ["Budget"]),
        ("user:hill-lab label:agenda archived:true", ["Long ago"]),
        ("label:agenda is:open archived:false user:dale-lab", ["Theirs"]),
        ("user:nobody label:agenda", []),
    ],
)
async def test_qualifiers(agenda, query, titles):
    assert await found(agenda, query) == titles


async def test_pull_requests_and_issues_are_told_apart(agenda):
    body = {"title": "A roof", "head": "x", "base": "main"}
    await agenda.rest("POST", f"/repos/{ARCHIVE}/pulls", body, by="ada")
    assert await found(agenda, f"repo:{ARCHIVE} sort:created-asc") == ["Budget", "A roof"]
    assert await found(agenda, f"repo:{ARCHIVE} is:pr") == ["A roof"]
    assert await found(agenda, f"repo:{ARCHIVE} is:issue") == ["Budget"]


async def test_discussions_are_found_apart(agenda):
    assert await found(agenda, "user:hill-lab label:agenda is:open", "DISCUSSION") == ["Name of the boat"]
    both = f"repo:{ARCHIVE} repo:{NOTES}"
    assert await found(agenda, both, "DISCUSSION") == ["Name of the boat"]


async def test_what_a_result_tells(agenda):
    answer = await agenda.graphql(SEARCH, text=f"repo:{NOTES} label:agenda is:open", type="ISSUE")
    shown = answer.body["data"]["search"]
    (issue,) = shown["nodes"]
    assert (shown["issueCount"], issue["__typename"], issue["number"]) == (1, "Issue", 1)
    assert issue["repository"]["nameWithOwner"] == NOTES
    assert issue["labels"]["nodes"] == [{"name": "agenda"}]
    assert issue["url"].endswith(f"/{NOTES}/issues/1")


async def test_only_what_may_be_read_is_found(agenda):
    query = "user:hill-lab label:agenda is:open archived:false"
    assert await found(agenda, query, by="ben") == ["Budget", "Roof"]
    agenda.token = agenda.mint({"contents": "read"})  # no issues: those of private repositories are hidden
    assert await found(agenda, query) == ["Budget", "Roof"]


async def test_disabled_issues_are_not_found(agenda):
    agenda.simulator.world.repository(*NOTES.split("/")).has_issues = False
    assert await found(agenda, f"repo:{NOTES} label:agenda") == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("user:hill-lab mentions:ada", "mentions"),
        ("user:hill-lab roof", "roof"),
        ("user:hill-lab is:locked", "locked"),
        ("user:hill-lab sort:interactions", "interactions"),
        (f"repo:{NOTES} repo:{ARCHIVE}", "must all hold"),
        (f"(repo:{NOTES} OR repo:{ARCHIVE}) org:hill-lab", "must all hold"),
        ("(label:a OR label:b) user:hill-lab", "alternatives"),
        ("user:hill-lab label:a OR label:b", "alternatives"),
    ],
)
async def test_what_is_not_known_fails_loudly(agenda, query, word):
    answer = await agenda.graphql(SEARCH, text=query, type="ISSUE")
    assert word in answer.body["errors"][0]["message"]
    agenda.broke(word)


async def test_people_are_not_searched_for(lab):
    assert "errors" in (await lab.graphql(SEARCH, text="ada", type="USER")).body
    lab.broke("USER")


@pytest.mark.parametrize("query", ["(repo:a/b OR repo:c/d)", "archived:false", "sort:created-asc"])
def test_what_github_does_not_document_for_discussions(query):
    with pytest.raises(NotImplementedError, match="discussions"):
        read(query, (Discussion,))
    read(query, BOTH)


@pytest.mark.parametrize("query", ["", " ", '"', "label:", "user:", "()", "(((", "is:open)", 'label:"'])
def test_odd_text_is_read_or_refused(query):
    with contextlib.suppress(NotImplementedError):
        read(query, BOTH)


async def get(lab, query, tail="", **how):
    return await lab.rest("GET", f"/search/issues?q={quote(query)}{tail}", **how)


async def test_rest_finds_the_same(agenda):
    answer = await get(agenda, "user:hill-lab label:agenda is:open archived:false is:issue sort:created-asc")
    assert [each["title"] for each in answer.body["items"]] == ["Roof", "Budget", "Hidden"]
    assert answer.body["total_count"] == 3
    assert answer.body["items"][0]["repository_url"].endswith(f"/repos/{NOTES}")
    page = await get(agenda, "user:hill-lab label:agenda is:issue", "&sort=created&order=asc&per_page=1")
    assert [each["title"] for each in page.body["items"]] == ["Roof"]
    assert 'rel="next"' in page.headers["Link"]


@pytest.mark.parametrize(
    ("query", "word"),
    [("user:hill-lab label:agenda", "Query must include"), ("user:nobody is:issue", "Validation Failed")],
)
async def test_rest_refuses_as_github_does(agenda, query, word):
    answer = await get(agenda, query)
    assert answer.status == 422
    assert word in answer.body["message"]


async def test_rest_is_as_loud(lab):
    assert (await get(lab, "is:issue involves:ada")).status == 501
    lab.broke("involves")


async def test_searches_are_counted_by_the_minute(lab):
    for _ in range(30):
        assert (await get(lab, f"repo:{NOTES} is:issue")).status == 200
    refused = await get(lab, f"repo:{NOTES} is:issue")
    assert (refused.status, refused.headers["X-RateLimit-Resource"]) == (403, "search")
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 200
    lab.simulator.clock.advance(timedelta(minutes=1))
    assert (await get(lab, f"repo:{NOTES} is:issue")).status == 200
