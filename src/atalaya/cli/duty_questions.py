"""`atalaya duties questions`: of what duty each question of a questionnaire is asked."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from atalaya.cli.duties import COUNTRY_OPTION, FORMAT_OPTION, LANGUAGE_OPTION, TO_OPTION, check_output, hand_over
from atalaya.cli.output import console, plain
from atalaya.countries.pack import CountryPack, Duty
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.matching import compile_matcher
from atalaya.duties.question_files import read_questions
from atalaya.duties.questionnaires import Asked, Asking, asked_of
from atalaya.duties.sentences import GROUNDS, label
from atalaya.publish.duties.law import said
from atalaya.translations import translate

Row = dict[str, object]


@click.command("questions")
@click.argument("questionnaire", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@COUNTRY_OPTION
@LANGUAGE_OPTION
@FORMAT_OPTION
@TO_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    questionnaire: Path, country: str, language: str, format_: str, to: Path | None
) -> None:
    """Say of what duty each question of QUESTIONNAIRE is asked, why, and how sure that is.

    QUESTIONNAIRE is a monitor's instrument (JSON), or a CSV with the column `question` and, where there are, `id` and `above`
    (the question that one hangs from). The order of the questions counts. Where the file states numerals, they are compared.
    """
    check_output(format_, to)
    if to is not None and to.resolve() == questionnaire.resolve():
        raise click.UsageError(f"--to names {questionnaire} itself, which would be lost; name another file")
    pack = read_pack(find_pack(country))
    read = read_questions(questionnaire)
    questions, stated = read.questions, read.stated
    asked = asked_of(questions, compile_matcher(pack))
    duties = {duty.id: duty for duty in pack.duties}
    rows = [
        _row(duties, question, each, stated.get(question.id), language)
        for question, each in zip(questions, asked, strict=True)
    ]
    compared = _compared(pack, asked, stated)
    if format_ == "text":
        _print(rows, asked, compared)
        return
    told = {
        "country": pack.code,
        "questions": [
            _told(question, each, stated.get(question.id)) for question, each in zip(questions, asked, strict=True)
        ],
        "counts": {"questions": len(asked), "unsure": sum(not each.sure for each in asked), **compared},
    }
    hand_over({label("question", language): rows}, told, format_, to)


def _row(
    duties: Mapping[str, Duty], question: Asking, asked: Asked, stated: tuple[str, str] | None, language: str
) -> Row:
    duty = duties.get(asked.duty_id or "")
    repeated = duties.get(asked.repeats or "")
    return {
        "id": question.id,
        label("question", language): question.text,
        label("article", language): duty.article if duty else "",
        label("numeral", language): duty.numeral if duty else "",
        label("duty", language): said(duty.name, language) if duty else "",
        label("repeats", language): said(repeated.name, language) if repeated else "",
        label("why", language): translate(GROUNDS[asked.ground], language, "duties"),
        label("lead", language): asked.lead,
        label("sure", language): label("yes" if asked.sure else "no", language),
        label("stated", language): ".".join(stated) if stated else "",
    }


def _told(question: Asking, asked: Asked, stated: tuple[str, str] | None) -> Row:
    return {
        "id": question.id,
        "question": question.text,
        "duty_id": asked.duty_id,
        "repeats": asked.repeats,
        "ground": str(asked.ground),
        "lead": asked.lead,
        "sure": asked.sure,
        "stated": None if stated is None else {"article": stated[0], "numeral": stated[1]},
        "reasons": [{"rule": each.rule, "said": each.said, "points": each.points} for each in asked.reasons],
    }


def _compared(pack: CountryPack, asked: Sequence[Asked], stated: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """How many questions state a numeral that is a duty of the pack, and of how many it is the one that was found."""
    pairs = {duty.id: (duty.article, duty.numeral) for duty in pack.duties}
    known = set(pairs.values())
    told = [(pairs.get(each.duty_id or ""), stated[each.id]) for each in asked if stated.get(each.id) in known]
    return {"stated": len(told), "agreeing": sum(found == named for found, named in told)}


def _lines(row: Row) -> Iterator[str]:
    id_, question, article, numeral, duty, repeats, why, lead, _, stated = map(plain, row.values())
    place = f"{article}.{numeral}" if article else "—"
    yield f"{place:>6}  {question} [dim]({id_})[/]"
    told = [each for each in (duty, repeats and f"({repeats})", f"{why}, {float(str(lead)):+.1f}") if each]
    other = f"  [yellow]≠ {stated}[/]" if stated not in ("", place) else ""
    yield f"        [dim]{'  '.join(told)}[/]{other}"


def _print(rows: Sequence[Row], asked: Sequence[Asked], compared: Mapping[str, int]) -> None:
    out = console()
    for row, each in zip(rows, asked, strict=True):
        for number, line in enumerate(_lines(row)):
            out.print(" " if each.sure or number else "[yellow]?[/]", line)
    unsure = sum(not each.sure for each in asked)
    out.print(f"{len(rows)} questions, {unsure} that a person should look at (?).")
    if compared["stated"]:
        out.print(f"{compared['agreeing']} of {compared['stated']} stated numerals are the one that was found.")
