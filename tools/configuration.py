"""Write docs/configuration.md and minutes.schema.json from the keys: page, editors and bot agree.

python tools/configuration.py           writes them
python tools/configuration.py --check   says which are out of date, and exits 1 if one is
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.config import PATH, Config, SourceConfig

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

## Mistakes

All mistakes are shown at once, each on its line and column and with the nearest key or value, in the check of
the commit or pull request that made them. While there are any, the newest version without any stays in force.

Times are written as `90 seconds`, `10 minutes`, `2 hours` or `1 day`, or with the first letter only; a bare
number is minutes. The file is YAML 1.2 of at most 8 kB, without anchors, aliases and tags.

## In your editor

[{schema}](../{schema}) is a JSON Schema, made from the same keys. Editors that know YAML (Visual Studio Code
with its YAML extension, those of JetBrains, whatever speaks to `yaml-language-server`) complete and check the
file with it, if its first line says where a copy of the schema lies:

```yaml
# yaml-language-server: $schema=../{schema}
```
"""


class ForEditors(GenerateJsonSchema):
    """A schema of what can be written: defaults are said in words, and nobody writes a null."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"  # the newest that every editor knows whole

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Describe the value alone."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Describe the value alone."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles, which are the keys again."""
        return False


def schema() -> dict[str, Any]:
    """Make the JSON Schema of the configuration, for an archive that may be a source too."""
    made = Config.model_json_schema(schema_generator=ForEditors)
    about = {"title": PATH, "description": "What the minutes bot can be told. Every key is optional."}
    return {"$schema": ForEditors.schema_dialect, **made, **about}


def page() -> str:
    """Write the page about the configuration."""
    rows = []
    for key, field in Config.model_fields.items():
        where = "source" if key in SourceConfig.model_fields else "archive"
        what, _, default = (field.description or "").partition(" Default: ")
        rows.append(f"| `{key}` | {where} | {default.removesuffix('.')} | {what} |")
    return TEXT.format(path=PATH, schema=SCHEMA, example=EXAMPLE, rows="\n".join(rows))


def main() -> int:
    """Write or check; returns the exit code."""
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
