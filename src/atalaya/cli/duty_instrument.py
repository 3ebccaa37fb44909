"""`atalaya duties instrument`: a monitor's questionnaire, filled where the machine can, and scored."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import click

from atalaya.cli.index_text import print_ranking
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json, visible
from atalaya.duties.answering import Answered, answers_of, applicable
from atalaya.exceptions import MethodologyError
from atalaya.history.duties import duty_rules
from atalaya.history.read import Sealed, open_sealed
from atalaya.indices.engine import compute
from atalaya.indices.imports.instrument import Instrument, read_instrument, wide_rows
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_index, read_shipped_index
from atalaya.indices.table import read_table
from atalaya.publish.indices.files import csv_of
from atalaya.settings import read_settings
from atalaya.store.observations import find

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("instrument")
@click.argument("instrument", type=_FILE)
@click.argument("methodology")
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Write the answers into this CSV file."
)
@click.option(
    "--people",
    type=_FILE,
    help="Answers of people, a CSV laid out as the file written; theirs count before the machine's.",
)
@click.option("--observation", default="latest", show_default=True, help="An id, its beginning, or latest.")
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    instrument: Path,
    methodology: str,
    to: Path,
    people: Path | None,
    observation: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """Answer the questionnaire INSTRUMENT from the verdicts of an observation, and score it by METHODOLOGY.

    METHODOLOGY is a YAML file or one that is shipped. What the machine cannot answer stays empty, and unknown in the score.
    """
    sealed = open_sealed(find(read_settings(os.environ, home).home, observation))
    index, questions = _index(methodology), read_instrument(instrument)
    subjects, answered = _filled(sealed, questions, index)
    said = _people(people, index, questions) if people is not None else {}
    given = {**{(subject, each.question): each.answer for subject, each in answered}, **said}
    rows = wide_rows(
        questions, subjects, [(subject, question, answer) for (subject, question), answer in given.items()]
    )
    to.write_text(csv_of([{index.unit_column: row.pop("id"), **row} for row in rows]), encoding="utf-8")
    computed = compute(index, read_table(to, index))
    counts = {
        "institutions": len(subjects),
        "questions": len(questions.questions),
        "machine": len(answered),
        "people": len(said),
        "overruled": sum(
            (subject, each.question) in said and said[subject, each.question] != each.answer
            for subject, each in answered
        ),
    }
    if as_json:
        print_json({"observation": sealed.manifest.observation, "file": str(to), **counts})
        return
    out = console()
    out.print(", ".join(f"{count} {name}" for name, count in counts.items()))
    print_ranking(computed, "en", None)
    out.print(visible(to), markup=False)


def _index(methodology: str) -> Index:
    path = Path(methodology)
    return read_index(path) if path.is_file() else read_shipped_index(methodology)


def _filled(
    sealed: Sealed, questions: Instrument, index: Index
) -> tuple[list[dict[str, object]], list[tuple[str, Answered]]]:
    """The institutions with the numerals that apply to each, and the answers of the machine, each with its institution."""
    duties = {_pair(rule): id_ for id_, rule in duty_rules(sealed).items()}
    standings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in sealed.rows("duty_verdicts", "period = ''", columns=("institution_id", "duty_id", "standing")):
        standings[str(row["institution_id"])][str(row["duty_id"])] = str(row["standing"])
    listing = _listing_columns(index)
    subjects, answered = [], []
    for body in sealed.rows("institutions"):
        institution_id = str(body["institution_id"])
        bound = standings.get(institution_id)
        if bound is None:
            continue
        groups = body["groups"]
        subject: dict[str, object] = {"id": institution_id}
        if index.name_column is not None:
            subject[index.name_column] = body["name"]
        subject |= dict.fromkeys(index.groups, groups[0] if isinstance(groups, list) and groups else "")
        subject |= dict.fromkeys(listing, " ".join(applicable(questions, duties, bound)))
        subjects.append(subject)
        answered += [(institution_id, each) for each in answers_of(questions, duties, bound)]
    return subjects, answered


def _pair(rule: Mapping[str, object]) -> tuple[str, str]:
    """Article and numeral of a duty."""
    terms = cast("Mapping[str, Mapping[str, str]]", rule["terms"])
    said = next(iter(terms.values()))
    return said["article"], said["numeral"]


def _listing_columns(index: Index) -> list[str]:
    """The columns in which a methodology wants the numerals listed that apply to a unit."""
    conditions = (each for item in index.items.values() for each in item.applies_when or ())
    return sorted({each.column for each in conditions if each.kind == "has"})


def _people(path: Path, index: Index, questions: Instrument) -> dict[tuple[str, str], str]:
    """The answers in a CSV laid out as the one that is written. Raises MethodologyError where it has no column of units."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if rows and index.unit_column not in rows[0]:
        raise MethodologyError(
            f"{path}: there is no column {index.unit_column!r}; take the file that this command wrote"
        )
    return dict(_answers(rows, index.unit_column, [each.id for each in questions.questions]))


def _answers(
    rows: Iterable[Mapping[str, str]], unit: str, questions: Iterable[str]
) -> Iterable[tuple[tuple[str, str], str]]:
    asked = list(questions)
    for row in rows:
        for question in asked:
            if row.get(question, "").strip():
                yield (row[unit], question), row[question].strip()
