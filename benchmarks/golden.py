"""Published truths that must come out the same: where the recorded material lies, and the command that runs them all.

    python -m benchmarks.golden

What published monitors of harvests counted (`harvest_delta`), the scores that data.norge.no made of an assessment of metadata
(`mqa_scoring`), published indices computed again from their cells (`golden_indices`), the faults of real tables whose figures are
known (`golden_tables`), and the uncertainty, sensitivity and diagnostics of a published index (`golden_uncertainty`). Ends with
status 1 where a figure differs, with status 2 where the recorded material is absent.
"""

import subprocess
import sys

TRUTHS = (
    "benchmarks.harvest_delta",
    "benchmarks.mqa_scoring",
    "benchmarks.golden_indices",
    "benchmarks.golden_tables",
    "benchmarks.golden_uncertainty",
)
"""The commands that compare what others published with what is computed here; each prints its table."""


def main() -> None:
    """Run every comparison; end with the worst of their statuses."""
    sys.exit(max(subprocess.run([sys.executable, "-m", name], check=False).returncode for name in TRUTHS))


if __name__ == "__main__":
    main()
