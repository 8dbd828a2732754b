"""Derive the API descriptions with which the simulator is checked from GitHub's own, in pinned npm packages.

    python tools/derive_descriptions.py            fetch, trim, write github_simulator/descriptions/
    python tools/derive_descriptions.py --check    say which shipped file differs; exit 1 if one does

Needs npm, and the project with its `simulator` extra. `used.toml` names what is kept.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import trim_graphql
import trim_openapi

HERE = Path(__file__).parent
DESCRIPTIONS = HERE.parent / "github_simulator" / "descriptions"
FETCH_SECONDS = 300


class FetchError(Exception):
    """npm is not installed or failed; the message says what to do."""


def main() -> int:
    """Write the files, or with `--check` compare them.

    Return the exit code: 1 if a file differs, 2 if npm failed or `used.toml` has an unknown name.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    check = parser.parse_args().check
    used = tomllib.loads((HERE / "used.toml").read_text(encoding="utf-8"))
    try:
        with tempfile.TemporaryDirectory() as folder:
            openapi, graphql = (
                fetch(used["packages"][each], Path(folder)) for each in ("openapi", "graphql")
            )
            files = derive(used, openapi, graphql)
    except (FetchError, LookupError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return compare(files) if check else write(files)


def fetch(package: dict[str, str], folder: Path) -> Path:
    """Fetch an npm package and unpack it into `folder`; return the package's folder. Raises FetchError."""
    npm = shutil.which("npm")
    if npm is None:
        raise FetchError("npm is not installed; the shipped descriptions stay as they are")
    wanted = f"{package['name']}@{package['version']}"
    command = [npm, "pack", wanted, "--silent", "--pack-destination", str(folder)]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise FetchError(f"npm did not fetch {wanted} within {FETCH_SECONDS} s") from error
    if done.returncode:
        raise FetchError(f"npm could not fetch {wanted}; is its registry within reach?\n{done.stderr}")
    unpacked = folder / f"{package['name'].removeprefix('@').replace('/', '-')}-{package['version']}"
    with tarfile.open(f"{unpacked}.tgz") as archive:
        archive.extractall(unpacked, filter="data")
    return unpacked / "package"


def derive(used: dict[str, Any], openapi: Path, graphql: Path) -> dict[str, bytes]:
    """Return the content of each file to write, by its name; the same packages always give the same text.

    `openapi` and `graphql` are the folders of the packages. Raises LookupError for a name in `used` that is
    not in them.
    """
    document = json.loads((openapi / "generated" / "api.github.com.json").read_bytes())
    rest = trim_openapi.trim(document, used["operations"].split(), used["webhooks"])
    sdl = (graphql / "schema.graphql").read_text(encoding="utf-8")
    schema = trim_graphql.trim(sdl, *(used[each].split() for each in ("types", "queries", "mutations")))
    names = [package["name"] for package in used["packages"].values()]
    licences = zip(names, (openapi / "LICENSE", graphql / "LICENSE.md"), strict=True)
    return {
        "openapi.json.gz": _packed(json.dumps(rest, sort_keys=True, separators=(",", ":"))),
        "schema.graphql.gz": _packed(schema),
        "LICENSES": "\n".join(_licence(name, path) for name, path in licences).encode(),
        "VERSIONS": "".join(
            "{name} {version}\n".format(**each) for each in used["packages"].values()
        ).encode(),
    }


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _licence(name: str, path: Path) -> str:
    return f"{name}\n{'-' * len(name)}\n{path.read_text(encoding='utf-8')}"


def write(files: dict[str, bytes]) -> int:
    """Write the files into DESCRIPTIONS and print their sizes. Return the exit code 0."""
    DESCRIPTIONS.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (DESCRIPTIONS / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")
    return 0


def compare(files: dict[str, bytes]) -> int:
    """Print each file that differs from the one in DESCRIPTIONS. Return the exit code: 1 if there is one."""
    differing = [name for name, data in files.items() if not _is_shipped(DESCRIPTIONS / name, data)]
    for name in differing:
        print(f"{name} differs from what the packages give; run tools/derive_descriptions.py")
    return 1 if differing else 0


def _is_shipped(path: Path, data: bytes) -> bool:
    if not path.exists():
        return False
    shipped = path.read_bytes()
    # two builds of zlib may compress the same text differently, so the texts are compared
    return gzip.decompress(shipped) == gzip.decompress(data) if path.suffix == ".gz" else shipped == data


if __name__ == "__main__":
    sys.exit(main())
