"""What the browser says of a page is what a person sees."""

from pathlib import Path

import pytest

from tests.pictures.browser import HEIGHT, WIDTH, Browser

pytestmark = pytest.mark.pictures

PAGE = """<!doctype html><title>Page</title><h1>First</h1><details><summary>More</summary>hidden</details>
<pre>a **source**</pre><div style="height: 3000px"></div><p id="last">Last</p>"""


async def test_a_page_of_ones_own_is_read_as_it_is_shown(tab: Browser) -> None:
    shown = await tab.rendered(PAGE)

    assert shown.screen == "First More a **source**"
    assert shown.text == "First More a **source** Last"
    assert shown.prose == "First More Last"
    assert shown.cut == ()


async def test_what_is_wider_than_its_place_is_cut(tab: Browser) -> None:
    shown = await tab.rendered("<div style='width: 50px; overflow: auto'>" + "word" * 50 + "</div>")

    assert shown.cut == ("word" * 50,)


async def test_a_picture_shows_the_whole_page(tab: Browser, tmp_path: Path) -> None:
    picture = await tab.picture(PAGE, tmp_path / "made" / "page.png")

    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = (int.from_bytes(head[at : at + 4]) for at in (16, 20))
    assert (width, height > 3000) == (WIDTH, True)
    assert HEIGHT < 3000


FORM = """<!doctype html><title>Form</title><form><div style="height: 3000px"></div>
<label>Day <input value="Monday"></label><button>Send</button></form>
<script>document.querySelector("input").after("written by a script")</script>"""


async def test_what_is_typed_stands_in_the_field_instead_of_what_was_there(tab: Browser) -> None:
    await tab.open(FORM)

    await tab.type("Day", "Tuesday")

    assert await tab.value("document.querySelector('input').value") == "Tuesday"


async def test_what_is_not_there_cannot_be_clicked(tab: Browser) -> None:
    await tab.open(FORM)

    with pytest.raises(AssertionError, match="begins with: Cancel"):
        await tab.click("Cancel")


async def test_without_scripts_no_page_runs_them(tab: Browser) -> None:
    assert "written by a script" in (await tab.rendered(FORM)).text

    await tab.without_scripts()

    assert "written by a script" not in (await tab.rendered(FORM)).text
