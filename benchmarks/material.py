"""Where the recorded material lies."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def corpora() -> Path:
    """The folder of recorded material: `ATALAYA_CORPORA`, else beside the checkout."""
    return (ROOT / os.environ.get("ATALAYA_CORPORA", "../shared/corpora")).resolve()
