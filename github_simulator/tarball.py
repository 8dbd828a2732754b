"""The files of a commit as a tarball, at the address to which REST redirects for it.

https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
"""

import gzip
import hashlib
import io
import secrets
import tarfile
from datetime import datetime, timedelta
from urllib.parse import quote

from github_simulator.errors import not_found
from github_simulator.git import TreeEntry, commit_time
from github_simulator.state import Repository
from github_simulator.world import World

LIFETIME = timedelta(minutes=5)
"""How long a link to the tarball of a private repository lives, as the page above says."""
ROUTE = "/_codeload/{owner}/{repo}/legacy.tar.gz/{ref:.+}"
"""The path on a GitHub Enterprise Server; github.com has a host of its own, codeload.github.com."""
_KEY = secrets.token_bytes()
_LINK = 0o12
_PROGRAM = 0o100755


def link(world: World, repository: Repository, ref: str) -> str:
    """Return the address of the tarball of `ref`; that of a private repository has a token in it."""
    path = f"/_codeload/{repository.full_name}/legacy.tar.gz/{quote(ref)}"
    if not repository.private:
        return world.url + path
    until = str(int((world.now() + LIFETIME).timestamp()))
    return f"{world.url}{path}?token={until}-{_signature(repository, ref, until)}"


def download(world: World, repository: Repository, ref: str, token: str) -> bytes:
    """Return the tarball of a commit, given as a branch or oid, for the token of its link.

    Raises ApiError 404 for a wrong or old token, an unknown commit and an empty repository.
    """
    until, _, signature = token.partition("-")
    right = signature == _signature(repository, ref, until)
    if repository.private and not (right and world.now().timestamp() <= int(until)):
        raise not_found()
    oid = repository.git.resolve(ref.removeprefix("refs/heads/"), repository.default_branch)
    if oid is None or repository.git.commit_at(oid) is None:
        raise not_found()
    return _packed(repository, oid)


def _signature(repository: Repository, ref: str, until: str) -> str:
    signed = f"{repository.id} {ref} {until}".encode()
    return hashlib.blake2b(signed, key=_KEY, digest_size=16).hexdigest()


def _packed(repository: Repository, oid: str) -> bytes:
    """Return what `git archive` makes of a commit: all below one folder, the oid as a comment."""
    commit = repository.git.commit_at(oid)
    when = commit_time(commit) if commit else datetime.min
    top = f"{repository.full_name.replace('/', '-')}-{oid[:7]}/"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", pax_headers={"comment": oid}) as tar:
        for path, entry in repository.git.files(oid).items():
            data = repository.git.blob(entry.oid) or b""
            info = _described(entry, f"{top}{path}", data)
            info.mtime = int(when.timestamp())
            tar.addfile(info, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)


def _described(entry: TreeEntry, name: str, data: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.mode = 0o775 if entry.mode == _PROGRAM else 0o664
    if entry.mode >> 12 == _LINK:
        info.type, info.linkname = tarfile.SYMTYPE, data.decode()
    else:
        info.size = len(data)
    return info
