"""The end of a round: its parts become sealed tables under a signed manifest, chained to the observation before."""

import platform
import shutil
from importlib.metadata import version

from atalaya.rounds.context import LOOKUPS, Round
from atalaya.store.manifest import FORMAT, Manifest, manifest_sha256, sign, signing_key, write_manifest
from atalaya.store.seal import seal_tables
from atalaya.version import __version__

STAGE = "seal"
LIBRARIES = ("aiohttp", "duckdb", "pyarrow", "pyoxigraph", "python-calamine")
"""Libraries whose version may change what is read; they are named in the manifest."""


def seal(round_: Round) -> Manifest:
    """Seal the observation; from the manifest on it is never changed. Parts go when the manifest is on disk."""
    round_.progress(STAGE, 0, 1)
    tables = seal_tables(round_.folder)
    opening, previous = round_.opening, round_.previous
    manifest = Manifest(
        format=FORMAT,
        kind=opening.kind,
        country=opening.country,
        observation=opening.observation,
        as_of=opening.as_of,
        cut_off=None,
        parent=opening.parent,
        seed=opening.seed,
        versions={
            "atalaya": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
        pack_sha256=opening.pack_sha256,
        methodologies=opening.methodologies,
        settings=opening.settings,
        tables=tables,
        previous=None
        if previous is None
        else {
            "observation": previous.manifest.observation,
            "manifest_sha256": manifest_sha256(previous.folder),
        },
    )
    signed = sign(manifest, signing_key(round_.home))
    write_manifest(round_.folder, signed)
    round_.histories.close()
    for name in ("parts", LOOKUPS):
        shutil.rmtree(round_.folder / name, ignore_errors=name == LOOKUPS)
    round_.progress(STAGE, 1, 1)
    return signed
