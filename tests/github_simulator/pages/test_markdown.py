"""Markdown as the pages show it."""

import pytest

from github_simulator.pages.markdown import render


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<details><summary>Why</summary>\n\nx", "<details><summary>Why</summary><p>x</p>"),
        ("a <!-- hidden --> b", "<p>a  b</p>"),
        ("<!-- hidden\n\n<script>alert(1)</script>", ""),
        ("<details onclick=alert(1)>", "&lt;details onclick=alert(1)&gt;"),
        ("<iframe src=x></iframe>", "&lt;iframe src=x&gt;&lt;/iframe&gt;"),
        ("[a](../b.md)", '<a href="/o/r/b.md">a</a>'),
        ("[c](#d) [e](https://f.example/)", '<a href="#d">c</a> <a href="https://f.example/">e</a>'),
        ("![i](x.png)", '<p><img src="/o/r/2026/x.png" alt="i"></p>'),
        ("- [x] done", 'type="checkbox"'),
        ('<input class="task-list-item-checkbox" onfocus=alert(1) autofocus>', "&lt;input"),
        ("---\ntags: Tuesday\n---\nx", '<pre class="front-matter">tags: Tuesday</pre><p>x</p>'),
        ("", ""),
    ],
)
def test_markdown_is_shown_safely(text, shown):
    made = str(render(text, "/o/r/2026/a.md")).replace("\n", "").replace(" />", ">")
    assert shown in made
    assert (made == "") == (shown == "")


def test_front_matter_is_text_like_any_other_in_an_issue():
    assert "<h2>tags: Tuesday</h2>" in render("---\ntags: Tuesday\n---\n", breaks=True)
