"""Write docs/configuration.md and minutes.schema.json from the keys of the configuration.

python tools/configuration.py           writes them
python tools/configuration.py --check   says which are out of date, and exits 1 if one is
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.calendar import EXAMPLES
from bot.config import PATH, Config, SourceConfig
from bot.config.series import SeriesKeys

ROOT = Path(__file__).parents[1]
PAGE, SCHEMA = "docs/configuration.md", "minutes.schema.json"

EXAMPLE = """labels: [meeting-notes, minutes]
settle: 30 minutes
template: templates/minutes.md
sources: [lab, website, other-team/notes]
people:
  Ada Example: ada-example
  Bo Sample: bsample
reviewers: attendees
merge: when accepted
series:
  - name: Team meeting
    timezone: Europe/London
    schedule: every Tuesday 14:00
    skip: [2026-12-29]
  - name: Steering group
    timezone: America/New_York
    since: 2026-01-08
    schedule: every other Thursday 10:00
    extra: [2026-12-22 15:30]
    path: steering/YYYY/YYYY-MM-DD.md
"""

TEXT = """# Configuration

Nothing needs to be set. What you can set stands in `{path}` on the default branch: nearly all of it in
the archive, in a repository of notes only which archive is theirs; a repository that is both has all in one
file. A new version is in force as soon as it is on the default branch.

(Written by `tools/configuration.py` from `bot/config/keys.py`.)

| key | stands in | default | what |
| --- | --- | --- | --- |
{rows}

For example, in the archive:

<!-- example -->
```yaml
{example}```
<!-- /example -->

and in a source repository whose minutes do not go to `<owner>/meeting-minutes`:

```yaml
archive: hill-lab/records
```

## Series

Each entry of `series` has these keys; `name` and `schedule` must be there.

| key | default | what |
| --- | --- | --- |
{series}

A schedule in plain words is one of these forms, with or without a time:

{words}

Otherwise it is an RRULE of [RFC 5545](https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10) such as
`FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=14`, with `DTSTART;TZID=Europe/London:20260106T140000` before it if
you like; BYWEEKNO is not read. A series meets once a day at most.

Times are those of the clocks on the wall, summer and winter. A time that they leave out in spring is moved
on by what they leave out; of a time that they show twice in autumn the first is meant. A month without a
31st has no meeting on the 31st: `last day of the month` is what is always there. Without a time the meeting
is known by its day. An `extra` on a day of the schedule changes the time of that day's meeting; on a
skipped day it counts.

`minutes-bot series` lists the meetings, and `--propose` writes the block from the minutes that are there.

## Mistakes

All mistakes are shown at once, each on its line and column and with the nearest key or value, in the check of
the commit or pull request that made them. While there are any, the newest version without any stays in force.
What can be read and may yet not be meant is a notice there, and holds up nothing: a series that has ended or
is counted from nobody's first day, a skipped day without a meeting, two series that would write one file, a
template that is not there, a `settle` of more than seven days.

Times are written as `90 seconds`, `10 minutes`, `2 hours` or `1 day`, or with the first letter only; a bare
number is minutes. The file is YAML 1.2 in UTF-8, of at most 8 kB, without anchors, aliases and tags.

## In your editor

[{schema}](../{schema}) is a JSON Schema, made from the same keys. Editors that know YAML (Visual Studio Code
with its YAML extension, those of JetBrains, whatever speaks to `yaml-language-server`) complete and check the
file with it, if its first line says where a copy of the schema lies:

```yaml
# yaml-language-server: $schema=../{schema}
```
"""


class ForEditors(GenerateJsonSchema):
    """Generates a JSON Schema for editors: without null, and without defaults, which the texts name."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"  # the newest that all editors support

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the value, without null as an alternative."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of the value, without its default."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False: the title of a field would only repeat its key."""
        return False


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the configuration of an archive, which may be a source, too."""
    made = Config.model_json_schema(schema_generator=ForEditors)
    about = {"title": PATH, "description": "What the minutes bot can be told. Every key is optional."}
    return {"$schema": ForEditors.schema_dialect, **made, **about}


def page() -> str:
    """Return the text of docs/configuration.md."""
    rows = []
    for key, default, what in described(Config):
        where = "source" if key in SourceConfig.model_fields else "archive"
        rows.append(f"| `{key}` | {where} | {default} | {what} |")
    return TEXT.format(
        path=PATH,
        schema=SCHEMA,
        example=EXAMPLE,
        rows="\n".join(rows),
        series="\n".join(f"| `{key}` | {default} | {what} |" for key, default, what in described(SeriesKeys)),
        words="\n".join(f"- `{example}`" for example in EXAMPLES),
    )


def described(model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the default and the description of each field of a model."""
    for key, field in model.model_fields.items():
        what, _, default = (field.description or "").partition(" Default: ")
        yield key, default.removesuffix("."), what


def main() -> int:
    """Write the files, or with `--check` only compare them. Return the exit code: 1 if one is out of date."""
    made = {PAGE: page(), SCHEMA: f"{json.dumps(schema(), indent=2, ensure_ascii=False)}\n"}
    if "--check" not in sys.argv:
        for name, text in made.items():
            (ROOT / name).write_text(text, encoding="utf-8")
        return 0
    files = {name: ROOT / name for name in made}
    old = [name for name, file in files.items() if not file.exists() or file.read_text("utf-8") != made[name]]
    print(f"{' and '.join(old)} out of date: run tools/configuration.py" if old else "all up to date")
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
