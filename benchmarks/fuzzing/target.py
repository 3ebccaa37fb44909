"""The process in which one harness runs: its name, then the arguments of libFuzzer."""

import sys

import atheris

with atheris.instrument_imports(include=["atalaya.inspection", "atalaya.repair"]):
    from benchmarks.fuzzing.harnesses import HARNESSES


def main() -> None:
    """Hand the harness to atheris."""
    name, *arguments = sys.argv[1:]
    harness, _ = HARNESSES[name]
    atheris.Setup([sys.argv[0], *arguments], harness)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
