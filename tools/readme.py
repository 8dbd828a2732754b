"""Write the tables of README from the code that they describe, so that nothing is documented twice.

python tools/readme.py           writes them
python tools/readme.py --check   says which are out of date, and exits 1
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bot import commands, manifest
from bot.admin.doctor.checks import table as checks
from bot.config import Config
from bot.service.settings import VARIABLES

README = Path(__file__).parents[1] / "README.md"


def configuration() -> str:
    """Return the table of the keys of .github/minutes.yml; docs/configuration.md has their defaults."""
    described = ((key, field.description or "") for key, field in Config.model_fields.items())
    rows = [f"| `{key}` | {what.partition(' Default: ')[0]} |" for key, what in described]
    return "\n".join(["| key | what |", "| --- | --- |", *rows])


def environment() -> str:
    """Return the table of the environment variables."""
    rows = []
    for variable in VARIABLES:
        default = (
            "must be set" if variable.default is None else f"`{variable.default}`" if variable.default else ""
        )
        rows.append(f"| `{variable.name}` | {variable.what} | {default} |")
    return "\n".join(["| variable | what | default |", "| --- | --- | --- |", *rows])


def permissions() -> str:
    """Return the permissions and events that the App asks for, as one line."""
    wanted = manifest.load()
    given = ", ".join(f"{name} ({level})" for name, level in wanted["default_permissions"].items())
    return f"Permissions: {given}. Events: {', '.join(wanted['default_events'])}."


SECTIONS: Mapping[str, Callable[[], str]] = {
    "commands": commands.help_table,
    "configuration": configuration,
    "environment": environment,
    "permissions": permissions,
    "checks": checks,
}


def rewritten(text: str) -> str:
    """Return README's text with its tables as the code has them now.

    Raises SystemExit when a section is missing.
    """
    for name, table in SECTIONS.items():
        made = table()
        section = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
        if not section.search(text):
            raise SystemExit(f"README.md has no section {name}")
        text = f"{made}\n".join(section.split(text, maxsplit=1))
    return text


def main() -> int:
    """Write README, or with `--check` only compare it. Return the exit code: 1 if it is out of date."""
    old = README.read_text()
    new = rewritten(old)
    if "--check" in sys.argv:
        print("README.md is up to date" if new == old else "README.md is out of date: run tools/readme.py")
        return int(new != old)
    README.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
