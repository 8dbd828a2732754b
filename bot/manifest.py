"""app.yml: what the bot asks GitHub for. The one list of its permissions and events."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

BESIDE_THE_PACKAGE = Path(__file__).parents[1] / "app.yml"


@cache
def load() -> Mapping[str, Any]:
    """Read the manifest; a wheel carries it inside the package, a checkout beside it.

    https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
    """
    inside = files("bot") / "app.yml"
    text = inside.read_text() if inside.is_file() else BESIDE_THE_PACKAGE.read_text()
    manifest: Mapping[str, Any] = YAML(typ="safe").load(text)
    return manifest
