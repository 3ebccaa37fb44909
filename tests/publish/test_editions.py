"""Editions are frozen; an upheld dispute gives a further one that tells each figure; whatever was altered is found."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atalaya.checks.outcomes import Verdict
from atalaya.cli import atalaya
from atalaya.exceptions import IntegrityError, MethodologyError, StoreError
from atalaya.history.amending import amended_table
from atalaya.history.improvement import improvement_plan
from atalaya.history.read import Sealed
from atalaya.indices.engine import compute
from atalaya.indices.language.reading import file_of, read_shipped_index
from atalaya.indices.locks import broken_locks, locked
from atalaya.publish.editions.edition import editions_folder, lock_of, published, read_edition
from atalaya.publish.editions.publishing import publish_edition
from atalaya.publish.editions.verifying import verify_editions
from atalaya.store.decisions import decisions

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    def command(*words: str) -> Result:
        moment = () if words[0] == "verify" else ("--as-of", "2026-02-01")
        return CliRunner().invoke(atalaya, ["index", *words, "--home", str(home), *moment, "--json"])

    return command


def test_an_edition_and_its_errata(small_observation: Sealed, home: Path, run: Run) -> None:
    sealed, index = small_observation, read_shipped_index("open-data-national/1")
    first = json.loads(run("publish", "latest", "--draws", "16").stdout)
    assert (first["kind"], first["draws"], first["parent"]) == ("edition", 16, None)
    folder = editions_folder(home) / first["id"]
    frozen = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"edition.json", "methodology.yml", "scores.csv", "index.es.html", "uncertainty.csv"} <= set(frozen)
    again = run("publish", "latest", "--draws", "16")
    assert isinstance(again.exception, StoreError)
    assert "published already" in str(again.exception)

    institution = str(next(sealed.rows("institutions"))["institution_id"])
    one, two = improvement_plan(sealed, index, institution, 2).steps
    erratum = json.loads(
        run("erratum", first["id"], "--finding", f"{one.finding_id}=pass", "--why", "It was there.").stdout
    )
    assert (erratum["id"], erratum["kind"], erratum["parent"]) == (f"{first['id']}-e1", "erratum", first["id"])
    assert erratum["parent_sha256"] == hashlib.sha256(frozen["edition.json"]).hexdigest()
    assert erratum["reason"] == "It was there."
    assert erratum["rulings"][0]["verdict"] == "pass"
    # The edition stays as it was, and the erratum tells each figure, the score by what the plan promised.
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == frozen
    changes = {(row["unit"], row["node"], row["figure"]): row for row in erratum["changes"]}
    score = changes[institution, "index", "value"]
    assert float(score["after"]) - float(score["before"]) == pytest.approx(one.points)
    assert len(changes) == erratum["changed"]
    assert {unit for unit, node, figure in changes if figure == "value"} == {institution}
    told = changed_by_hand(sealed, (one.check_id, one.subject.id))
    assert {(unit, node) for unit, node, figure in changes if figure == "value"} == told

    # A dispute that the portal recorded is applied without being named, on top of the first.
    second = run("erratum", first["id"], "--finding", f"{two.finding_id}=pass", "--why", "Late.")
    assert f"was corrected by {erratum['id']}" in str(second.exception)
    assert len(decisions(home, sealed.manifest.country, "dispute")) == 1
    nothing = run("erratum", erratum["id"])
    assert "no upheld dispute concerns" in str(nothing.exception)
    last = json.loads(
        run(
            "erratum", erratum["id"], "--finding", f"{two.finding_id}=not_applicable", "--why", "Does not apply."
        ).stdout
    )
    assert last["id"] == f"{first['id']}-e2"
    assert [each["finding"] for each in last["rulings"]] == [one.finding_id, two.finding_id]
    assert published(home) == (first["id"], erratum["id"], last["id"])
    verified = run("verify")
    assert verified.exit_code == 0, verified.stdout
    assert {each["what"] for each in json.loads(verified.stdout)["editions"]} == {"lock", "files", "parent", "figures"}
    refused(sealed, home, run, last["id"], one.finding_id)
    altered(home, first["id"], last["id"], run)


def changed_by_hand(sealed: Sealed, key: tuple[str, str]) -> set[tuple[str, str]]:
    """The units and nodes of which the value moves with one verdict, from two computations."""
    index = read_shipped_index("open-data-national/1")
    before, after = (compute(index, amended_table(sealed, each)) for each in ({}, {key: Verdict.PASS}))
    return {
        (unit, node)
        for node in before.nodes
        for place, unit in enumerate(before.table.units)
        if repr(before.nodes[node].values[place]) != repr(after.nodes[node].values[place])
    }


def refused(sealed: Sealed, home: Path, run: Run, last: str, ruled: str) -> None:
    """What cannot be corrected is refused, and nothing is recorded."""
    kept = len(decisions(home, sealed.manifest.country, "dispute"))
    for words, told in (
        ((last, "--finding", "nothing=pass", "--why", "x"), "has no finding 'nothing'"),
        ((last, "--finding", f"{ruled}=pass", "--why", "x"), "was ruled in"),
        (("never", "--finding", f"{ruled}=pass", "--why", "x"), "has no published edition 'never'"),
    ):
        assert told in str(run("erratum", *words).exception)
    assert run("erratum", last, "--finding", f"{ruled}=fail", "--why", "x").exit_code == 2
    assert run("erratum", last, "--finding", f"{ruled}=pass").exit_code == 2
    assert len(decisions(home, sealed.manifest.country, "dispute")) == kept
    changed = home / "changed.yml"
    text = file_of("open-data-national/1").read_text(encoding="utf-8")
    changed.write_text(text.replace("floor: 0.6", "floor: 0.5"), encoding="utf-8")
    manifest = replace(sealed.manifest, observation="another")
    with pytest.raises(MethodologyError, match="write the change as a new version"):
        publish_edition(home, Sealed(sealed.folder, manifest), changed, "2026-02-01T00:00:00Z", 0)


def altered(home: Path, first: str, last: str, run: Run) -> None:
    """Whatever is altered afterwards is found: a file, an edition, the lock, and figures under hashes written anew."""
    folder = editions_folder(home)

    def faults(only: str | None = None, *, figures: bool = False) -> dict[tuple[str, str], str]:
        found = verify_editions(home, only, figures=figures)
        return {(each.edition, each.what): each.detail for each in found if not each.holds}

    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)

    def restored() -> None:
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)

    with (folder / last / "changes.csv").open("a", encoding="utf-8") as stream:
        stream.write("x\n")
    (folder / first / "note.txt").write_text("added", encoding="utf-8")
    (folder / "never").mkdir()
    assert faults().keys() == {(last, "files"), (first, "files"), ("never", "lock")}
    assert run("verify", "--hashes-only").exit_code == 1
    restored()
    text = (folder / first / "edition.json").read_text(encoding="utf-8")
    (folder / first / "edition.json").write_text(
        text.replace('"kind": "edition"', '"kind": "edited"'), encoding="utf-8"
    )
    assert ("", "lock") in faults()
    assert (f"{first}-e1", "parent") in faults()
    with pytest.raises(IntegrityError, match="is not what was published"):
        read_edition(home, first)
    restored()
    # Who alters a figure and writes all hashes anew is found by computing the figures again.
    scores = folder / last / "scores.csv"
    with scores.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    place = rows[0].index("value")
    rows[1][place] = str(float(rows[1][place]) + 1)
    with scores.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    path = folder / last / "edition.json"
    edition = json.loads(path.read_text(encoding="utf-8"))
    edition["files"]["scores.csv"] = hashlib.sha256(scores.read_bytes()).hexdigest()
    path.write_text(json.dumps(edition), encoding="utf-8")
    lock = lock_of(home)
    old = locked(lock)[f"{last}/edition.json"]
    lock.write_text(lock.read_text().replace(old, hashlib.sha256(path.read_bytes()).hexdigest()))
    assert faults() == {}
    found = faults(last, figures=True)
    assert found.keys() == {(last, "figures")}
    assert "index value: published" in found[last, "figures"]


def test_a_lock_is_held_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.yml").write_bytes(b"one")
    right = hashlib.sha256(b"one").hexdigest()
    lock = tmp_path / "published.lock"
    lock.write_text(f"# editions\n{right}  a/1.yml\n{'0' * 64}  a/2.yml\n{'0' * 64}  a/1.yml\n")
    gone, twice = broken_locks(lock)
    assert "line 3: a/2.yml was published and is gone" in gone
    assert "line 4: a/1.yml stands twice" in twice
    (tmp_path / "a" / "1.yml").write_bytes(b"two")
    assert f"line 2: a/1.yml was published as {right[:12]}…" in broken_locks(lock)[0]
    lock.write_text("nonsense\n")
    with pytest.raises(MethodologyError, match="line 1: 'nonsense' is not a hash and a path"):
        broken_locks(lock)
    assert broken_locks(tmp_path / "absent.lock") == ()
