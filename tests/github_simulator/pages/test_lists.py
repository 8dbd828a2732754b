"""The lists: what there is in each repository, by state and in pages."""

import re
from datetime import timedelta
from html import unescape

from github_simulator import discussions, issues
from tests.github_simulator.pages.conftest import ARCHIVE, actor, open_pull


def words(html):
    """What a reader sees: no tags, no gaps."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


async def test_the_first_page_shows_what_changed_last_in_each_repository(browser, world, archive):
    ada = actor(world, "ada")
    draft = open_pull(world, archive)
    draft.draft = True
    world.clock.advance(timedelta(minutes=1))
    issues.open_issue(world, ada, archive, "Roof", labels=["agenda"])
    world.clock.advance(timedelta(minutes=1))
    category = discussions.create_category(world, archive, "Meetings")
    discussions.open_discussion(world, ada, archive, "Boat", "", category)
    seen = words(await browser.read("/"))
    assert "Issues 1 open Pull requests 1 draft Discussions 1 open" in seen
    rows = [
        "open Boat discussion #3",
        "open Roof agenda issue #2",
        "draft Minutes of 2026-08-18 pull request #1",
    ]
    places = [seen.index(row) for row in rows]
    assert places == sorted(places)
    issues.set_state(world, ada, draft, "closed")
    assert "closed Minutes of 2026-08-18" in words(await browser.read("/"))


async def test_the_first_page_says_where_to_begin_and_who_may_do_what(browser):
    seen = words(await browser.read("/"))
    assert seen.index("First open an issue") < seen.index("ada: write, ben: read")
    await browser.be("ben")
    assert "ada: admin" not in words(await browser.read("/")), "that repository is private"


async def test_a_long_list_comes_in_pages_and_by_state(browser, world, archive):
    ada = actor(world, "ada")
    made = [issues.open_issue(world, ada, archive, f"Week {number:03}") for number in range(1, 131)]
    for issue in made[:30]:
        issues.set_state(world, ada, issue, "closed")
    seen = words(await browser.read(f"{ARCHIVE}/issues"))
    assert "all 130 open 100 closed 30" in seen
    assert re.findall(r"Week (\d+)", seen) == [f"{number:03}" for number in range(130, 30, -1)]
    older = await browser.read(f"{ARCHIVE}/issues?page=2")
    assert re.findall(r"Week (\d+)", words(older)) == [f"{number:03}" for number in range(30, 0, -1)]
    assert 'href="?page=1"' in older
    closed = await browser.read(f"{ARCHIVE}/issues?state=closed")
    assert len(re.findall(r"Week (\d+)", words(closed))) == 30
    assert "older" not in closed
    assert "Nothing here." in await browser.read(f"{ARCHIVE}/issues?state=merged")
    await browser.read(f"{ARCHIVE}/issues?page=x", 422)
    assert "Week 130" in await browser.read(f"{ARCHIVE}/issues?state=%22%3E%3Cb%3E")
