"""What the tests of meeting day odd share."""

from dataclasses import replace
from datetime import timedelta

from bot.model import (
    FileRef,
    Snapshot,
)
from bot.trailers import blob_oid
from tests import paper
from tests.paper import MINUTES
from tests.planning.meeting_days import (
    archive_of,
)

DAY = timedelta(days=1)


def land(seen: Snapshot, *paths: str) -> Snapshot:
    """Minutes are pushed to the default branch, without the bot."""
    files = {**archive_of(seen).files, **{p: blob_oid(p) for p in paths}}
    texts = {**seen.texts, **{FileRef(blob_oid(p)): MINUTES for p in paths}}
    return paper.with_archive(replace(seen, texts=texts, asked=seen.asked | texts.keys()), files=files)
