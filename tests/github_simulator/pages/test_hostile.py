"""Hostile and odd text, forms from elsewhere, addresses of nothing."""

import re
from html import unescape

import pytest
from yarl import URL

from github_simulator import comments, issues
from tests.github_simulator.pages.conftest import ARCHIVE, HOSTILE, actor, open_pull


async def test_hostile_text_is_escaped_wherever_it_is_shown(browser, world, archive, sim):
    ada = actor(world, "ada")
    issue = issues.open_issue(world, ada, archive, HOSTILE[:200], HOSTILE)
    comments.comment(world, ada, issue, HOSTILE)
    issues.add_labels(world, ada, issue, [issues.find_label(world, archive, '"><script>alert(4)', make=True)])
    open_pull(world, archive, HOSTILE)
    pages = ["/issues", "/issues/1", "/pulls", "/pull/2", "/blob/minutes/2026-08-18/2026/2026-08-18.md"]
    pages += ["/edit/minutes/2026-08-18/2026/2026-08-18.md", "/issues/new", "/new/main"]
    for page in ("/", *(f"{ARCHIVE}{page}" for page in pages)):
        text = await browser.read(page)
        text = re.sub(r'name="token" value="[^"]*"', "", text)  # of random letters, which may be 49
        assert "<script>" not in text, page
        assert "<img" not in text, page
        assert 'href="javascript' not in text, page
        assert "49" not in text, page
    async with browser.client.get(f"{ARCHIVE}/issues/1") as answer:
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


ODD = {
    "half a surrogate pair": "\ud800",
    "nul": "\0",
    "right to left": "a\u202eb",
    "line ends": "\r\r\n",
    "as long as it may be": "x" * 65_536,
    "a broken address": "[x](<//[>)",
    "brackets": "<" * 20_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
async def test_odd_text_is_shown_all_the_same(browser, world, archive, text):
    issues.open_issue(world, actor(world, "ada"), archive, f"Odd {text[:100]}", text)
    for page in ("/issues", "/issues/1"):
        assert "Odd" in await browser.read(f"{ARCHIVE}{page}")


async def test_files_with_odd_names_are_reached(browser, world, archive):
    names = ["a b.md", "50%.md", "why?.md", "c#.md", "é.md", "<b>.md"]
    world.commit_files(archive, {f"odd/{name}": b"# Odd\n" for name in names}, "Odd names")
    page = await browser.read(f"{ARCHIVE}/tree/main/odd")
    links = [unescape(link) for link in re.findall(r'<a class="blob" href="([^"]+)"', page)]
    assert len(links) == len(names)
    for link in links:
        async with browser.client.get(URL(link, encoded=True)) as answer:
            assert "<h1>Odd</h1>" in await answer.text(), link


async def test_a_form_from_elsewhere_is_refused(browser, archive):
    for token in ({}, {"token": "guessed"}, {"token": "é"}):
        data = {"title": "x", "body": "", "labels": "", **token}
        async with browser.client.post(f"{ARCHIVE}/issues/new", data=data) as answer:
            assert answer.status == 403
    assert archive.threads == {}


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
async def test_a_form_leads_back_to_our_own_pages_only(browser, target):
    token = re.search(r'name="token" value="([^"]+)"', await browser.read("/"))[1]
    data = {"token": token, "minutes": "1", "back": target}
    async with browser.client.post("/-/clock", data=data, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("fields", [{}, {"title": "   "}, {"title": "x" * 257}])
async def test_a_form_that_lacks_something_says_so(browser, archive, fields):
    token = re.search(r'name="token" value="([^"]+)"', await browser.read("/"))[1]
    data = {"token": token, "body": "", "labels": "", **fields}
    async with browser.client.post(f"{ARCHIVE}/issues/new", data=data) as answer:
        assert answer.status == 422
        assert "The simulator refused this with 422" in await answer.text()
    assert archive.threads == {}


@pytest.mark.parametrize(
    "path",
    [
        "/hill-lab/none",
        "/none/none",
        f"{ARCHIVE}/issues/9",
        f"{ARCHIVE}/issues/{'9' * 30}",
        f"{ARCHIVE}/blob/x/y",
    ],
)
async def test_what_is_not_there_is_not_found(browser, path):
    assert "404" in await browser.read(path, status=404)


async def test_an_unknown_deed_is_not_found(browser, world, archive):
    issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    token = re.search(r'name="token" value="([^"]+)"', await browser.read("/"))[1]
    for deed in ("eat", "merge", "ready"):
        async with browser.client.post(f"{ARCHIVE}/issues/1/{deed}", data={"token": token}) as answer:
            assert answer.status == 404
