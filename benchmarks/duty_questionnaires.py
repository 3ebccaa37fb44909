"""How well the questions of whole questionnaires are tied to the duties of a law.

    python -m benchmarks.duty_questionnaires [--confusions]

**The instrument of 2017** (recorded material): 428 questions in the order of its file, with what hangs from what; digits are
taken out of the texts, so that no numeral is told. Each question counts by the very numeral that it is asked of; a distinct text
is right only where it is right each time that it is asked. `any numeral of the text` is the easier figure: the numeral is one of
those that the same text is asked of somewhere. `its own words` are the words of a question alone, without its place.

**Labels** (`labels/duty-questions/`): questionnaires in other orders and words, by people who had not read the matcher; the
README there says which were looked at while the chances of `duties.courses` were set.
"""

import argparse
import csv
import json
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.matching import Matcher, compile_matcher, ranked
from atalaya.duties.question_files import read_questions
from atalaya.duties.questionnaires import Asked, Asking, asked_of
from benchmarks.duty_matching import NONE, mention
from benchmarks.material import corpora

LABELS = Path(__file__).with_name("labels") / "duty-questions"
HELD = frozenset({"ministry.csv", "municipal.csv", "supervision.csv"})
"""Files whose rows nobody looks at: they are measured, and their confusions are not listed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, the duty that is right (`none` for none), and what was found for it in its place."""

    question: Asking
    expected: str
    asked: Asked

    @property
    def found(self) -> str:
        """The duty that was found, or `none`."""
        return self.asked.duty_id or NONE

    @property
    def right(self) -> bool:
        """Whether that is the right one."""
        return self.found == self.expected


def answered_instrument(path: Path, matcher: Matcher, law: str) -> list[Answered]:
    """The questions of an instrument without digits, each with the very numeral that it is asked of."""
    read = read_questions(path)
    bare = [Asking(each.id, re.sub(r"\d+", "", each.text), each.above) for each in read.questions]
    known = {duty.id for duty in matcher.duties}
    numerals = {id_: f"{law}-{article}-{numeral}" for id_, (article, numeral) in read.stated.items()}
    expected = {each.id: numerals[each.id] if numerals.get(each.id) in known else NONE for each in bare}
    return answered(bare, expected, matcher)


def answered_labels(path: Path, matcher: Matcher) -> list[Answered]:
    """The questions of a labelled file."""
    with path.open(encoding="utf-8", newline="") as stream:
        expected = {row["id"]: row["duty"] for row in csv.DictReader(stream)}
    return answered(read_questions(path).questions, expected, matcher)


def answered(questions: Sequence[Asking], expected: Mapping[str, str], matcher: Matcher) -> list[Answered]:
    """Questions in their order, with what is right and what was found."""
    found = asked_of(questions, matcher)
    return [Answered(each, expected[each.id], asked) for each, asked in zip(questions, found, strict=True)]


def by_words(each: Answered, matcher: Matcher) -> bool:
    """Whether the words of a question alone find what is right, whatever their score."""
    found = ranked(mention(each.question.text), matcher)
    return (found[0].duty_id if found else NONE) == each.expected


def _share(right: int, total: int) -> str:
    return f"{right / total:.3f} ({right} of {total})" if total else "none"


def _row(name: str, judged: Sequence[Answered], matcher: Matcher) -> list[str]:
    about = [each for each in judged if each.expected != NONE]
    none = [each for each in judged if each.expected == NONE]
    sure = [each for each in judged if each.asked.sure]
    return [
        name,
        _share(sum(each.right for each in about), len(about)),
        _share(sum(by_words(each, matcher) for each in about), len(about)),
        _share(sum(each.right for each in none), len(none)),
        _share(sum(each.right for each in sure), len(sure)),
        f"{len(judged) - len(sure)} of {len(judged)}",
    ]


def _show_texts(console: Console, judged: Sequence[Answered]) -> None:
    """The figures of the instrument by distinct texts."""
    numerals: defaultdict[str, set[str]] = defaultdict(set)
    texts: defaultdict[str, list[Answered]] = defaultdict(list)
    for each in judged:
        if each.expected != NONE:
            numerals[each.question.text].add(each.expected)
            texts[each.question.text].append(each)
    whole = sum(all(each.right for each in found) for found in texts.values())
    loose = sum(all(each.found in numerals[text] for each in found) for text, found in texts.items())
    console.print(f"distinct texts, right each time they are asked: {_share(whole, len(texts))}")
    console.print(f"distinct texts, any numeral of the text each time: {_share(loose, len(texts))}")


def _show_confusions(console: Console, name: str, judged: Sequence[Answered]) -> None:
    table = Table("id", "right", "found", "by", "text", title=f"Confusions: {name}")
    for each in judged:
        if not each.right:
            asked = each.asked
            table.add_row(each.question.id, each.expected, each.found, asked.ground, each.question.text)
    console.print(table, markup=False)


def main() -> None:
    """Print the figures of all questionnaires at hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--confusions", action="store_true", help="list what is tied to a wrong duty, but for held files"
    )
    options = parser.parse_args()
    console = Console(width=160)
    matcher = compile_matcher(read_pack(find_pack("gt")))
    started = time.process_time()
    found: dict[str, list[Answered]] = {}
    instrument = corpora() / "laip_monitor" / "instrumento_laip.json"
    if instrument.is_file():
        count = len(json.loads(instrument.read_text(encoding="utf-8"))["indicators"])
        found[f"instrument of 2017, {count} questions"] = answered_instrument(instrument, matcher, "laip")
    found |= {path.name: answered_labels(path, matcher) for path in sorted(LABELS.glob("*.csv"))}
    spent = time.process_time() - started
    table = Table("", "in its place", "its own words", "about no duty", "of the sure ones", "left to people")
    for name, judged in found.items():
        table.add_row(*_row(name, judged, matcher))
    console.print(table)
    for name, judged in found.items():
        if name.startswith("instrument"):
            _show_texts(console, judged)
        if options.confusions and name not in HELD:
            _show_confusions(console, name, judged)
    console.print(f"{sum(map(len, found.values()))} questions in {spent:.1f} s of CPU")


if __name__ == "__main__":
    main()
