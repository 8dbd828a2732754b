"""Tell by its paths whether an archive is published as a website. Pure."""

from collections.abc import Iterable

SIGNS = frozenset(
    {
        "_config.yml", "_config.yaml", "_config.toml", "_layouts", "_includes",
        ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs",
        "hugo.toml", "hugo.yaml", "hugo.json", "mkdocs.yml", "book.toml", "conf.py",
        "docusaurus.config.js", "docusaurus.config.ts", "astro.config.mjs", "astro.config.ts",
        "CNAME", ".nojekyll", "index.html", "Gemfile",
    }
)  # fmt: skip
"""The names of files and folders that generators of websites and GitHub Pages read.

https://jekyllrb.com/docs/structure/, https://www.11ty.dev/docs/config/,
https://gohugo.io/getting-started/configuration/, https://www.mkdocs.org/user-guide/configuration/,
https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site/managing-a-custom-domain-for-your-github-pages-site
"""


def is_website(paths: Iterable[str]) -> bool:
    """Return whether some path of an archive is a sign of a website.

    GitHub Pages can publish an archive without any such file; that only a look at its settings shows.
    """
    return any(not SIGNS.isdisjoint(path.split("/")) for path in paths)
