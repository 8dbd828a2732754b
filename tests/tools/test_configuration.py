"""The schema for editors accepts what the reader accepts, and refuses what it refuses."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from bot.config import Config, check, read
from tests.config.examples import ACCEPTED, REFUSED

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "minutes.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


class Texts(SafeConstructor):
    """Leaves days as they are typed, as JSON and the editors' YAML 1.2 do."""


Texts.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def parsed(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Texts
    return yaml.load(text)


@pytest.mark.parametrize("text", ACCEPTED)
def test_it_accepts_what_is_accepted(text: str) -> None:
    VALIDATOR.validate(parsed(text))


@pytest.mark.parametrize("text", [text for text, *_ in REFUSED])
def test_it_refuses_what_is_refused(text: str) -> None:
    assert not VALIDATOR.is_valid(parsed(text))


def test_the_examples_know_every_key() -> None:
    for texts in (ACCEPTED, [text for text, *_ in REFUSED]):
        assert all(any(re.search(rf"\b{key}:", text) for text in texts) for key in Config.model_fields)


# -- configurations that nobody has thought of -------------------------------------------------------------

EXAMPLES = [parsed(text) for text in (*ACCEPTED, *(text for text, *_ in REFUSED))]
WORDS = st.text(max_size=12)
# 1.5 and not 1.0, which is an integer to JSON Schema, and nothing that anybody writes
SCALARS = st.one_of(WORDS, st.booleans(), st.integers(-5, 200_000), st.none(), st.just(1.5))
ANYTHING = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(WORDS, SCALARS, max_size=2))


def shaped(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Texts that fit a pattern of the schema, or nearly: a line break may follow."""
    patterns = [each["pattern"] for each in (schema, *schema.get("anyOf", [])) if "pattern" in each]
    return st.one_of(*map(st.from_regex, patterns), WORDS)


def values_of(key: str) -> st.SearchStrategy[Any]:
    schema = SCHEMA["properties"][key]
    known = st.sampled_from([example[key] for example in EXAMPLES if key in example])
    people = st.dictionaries(WORDS, shaped(schema.get("additionalProperties", {})), max_size=2)
    return st.one_of(
        known, shaped(schema), st.lists(shaped(schema.get("items", {})), max_size=2), people, ANYTHING
    )


ENTRIES = st.sampled_from(list(Config.model_fields)).flatmap(
    lambda key: st.tuples(st.just(key), values_of(key))
)
CONFIGURATIONS = st.lists(st.one_of(*[ENTRIES] * 9, st.tuples(WORDS, ANYTHING)), max_size=3).map(dict)


def written(configuration: dict[str, Any]) -> str:
    yaml, out = YAML(typ="safe", pure=True), StringIO()
    yaml.representer.ignore_aliases = lambda *_: True  # the same list twice is no alias
    yaml.width = 10_000  # ruamel loses a blank where it folds lines
    yaml.dump(configuration, out)
    return out.getvalue()


@given(CONFIGURATIONS)
def test_schema_and_reader_agree(configuration: dict[str, Any]) -> None:
    text = written(configuration)

    mistakes = check(text)
    if all("`series." in mistake.message for mistake in mistakes):  # which days there are no schema can see
        assert VALIDATOR.is_valid(parsed(text)) or mistakes, text
    else:
        assert not VALIDATOR.is_valid(parsed(text)), text


def test_the_page_has_an_example_that_can_be_read() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    examples = re.findall("```yaml\n(.+?)```", page, re.DOTALL)

    assert len(examples) == 3
    for example in examples:
        VALIDATOR.validate(parsed(example) or {})
        assert read(example) != Config() or example.startswith("#")
