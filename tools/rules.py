"""Write docs/rules.md from the table of rules, so that no rule is documented twice, or not at all.

python tools/rules.py           writes it
python tools/rules.py --check   says whether it is out of date, and exits 1 if so
"""

import sys
from pathlib import Path

from bot.minutes import RULES

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
HEAD = """# How minutes may differ from the notes

Every line of the notes is carried as it was typed, unless one of these rules says otherwise. What each
rule did is in the ledger, line by line, and is verified before anything is written. Where a rule cannot be
shown to have kept within what it may touch, the notes are carried as typed.

(Written by `tools/rules.py` from `bot/minutes/normalising/rules.py`.)
"""
TITLES = {
    "add": "Lines that are added",
    "replace": "Lines that are rewritten",
    "drop": "Lines that are dropped",
}


def page() -> str:
    """Return the page: a table of its rules for each way to differ from the notes."""
    return "\n".join([HEAD, *(f"## {title}\n\n{table(op)}\n" for op, title in TITLES.items())])


def table(op: str) -> str:
    """Return the table of the rules with this operation: add, replace or drop."""
    rows = [
        f"| `{name}` | {rule.what} | {rule.why} | {rule.example} | {rule.touches} |"
        for name, rule in RULES.items()
        if rule.op == op
    ]
    return "\n".join(
        ["| rule | what | why | example | what it may touch |", "| --- | --- | --- | --- | --- |", *rows]
    )


def main() -> int:
    """Write the page, or with `--check` only compare it. Return the exit code: 1 if it is out of date."""
    made = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print("docs/rules.md is up to date" if same else "docs/rules.md is out of date: run tools/rules.py")
        return int(not same)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
