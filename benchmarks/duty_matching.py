"""How well texts are matched to the duties of a law: on a monitor's questionnaire, and on texts labelled by others; and how fast.

    python -m benchmarks.duty_matching [--confusions] [--seed N]

**Questionnaire** (recorded material): the 428 questions of the monitoring of 2017, 191 distinct texts, each asked of one numeral
or of several; digits are taken out of the texts. Every question has a numeral, so the best duty counts, whatever its score; a
text asked of several numerals is right if it is one of them. Questions of good practice (its numeral 56) are about no duty: they
are left out of the shares, and told apart with whether the matcher asks people or stays silent. The words of the law were written
while looking at the texts of the half `tuned` (the first byte of the SHA-256 of the text is even) and at a first quarter of the
others (`seen`); `held` were never looked at. `alone` is the text by itself; `under its question` has the question above it in
the questionnaire as its heading. `first numeral` is the stricter figure: numerals 24 and 25 repeat the questions of others, so
only the first of the numerals that a text is asked of counts. `or the numeral repeated` is the figure as to content: what is
asked of numerals 24 and 25 only is right, too, where the numeral is found whose question they repeat
(`benchmarks.questionnaire`).

**Labels** (`labels/duty-mentions/mentions.csv` and `periods.csv`): texts of links and headings, and the periods of texts, by
somebody who had not read the matcher; `none` is right where nothing reaches the score from which people are asked.

**Speed**: 100,000 mentions of made-up sites, CPU seconds of this process.
"""

import argparse
import calendar
import csv
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from atalaya.countries.reader import examine_pack, find_pack
from atalaya.duties.matching import ASK, Matcher, compile_matcher, match, ranked
from atalaya.duties.mentions import Mention, MentionKind
from atalaya.duties.periods import periods_in
from benchmarks.material import corpora
from benchmarks.questionnaire import REPEATING, Question, read_questions

LABELS = Path(__file__).with_name("labels") / "duty-mentions"
NONE = "none"
PARTS = ("tuned", "seen", "held")


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, what is right, what the matcher said, and how many times it counts."""

    text: str
    expected: tuple[str, ...]
    found: str
    part: str = ""
    weight: int = 1

    @property
    def right(self) -> bool:
        """Whether the duty found is one of those that are right."""
        return self.found in self.expected


def mention(text: str, kind: MentionKind = MentionKind.HEADING, **more: Any) -> Mention:
    """A mention of a neutral site with this text."""
    return Mention(
        id=text, source_id="xx:site", kind=kind, url="https://www.example.org/", page_url="", text=text, **more
    )


def judged_questions(
    questions: Iterable[Question], matcher: Matcher, *, above: bool, repeated: bool = False
) -> list[Judged]:
    """Distinct questions, with the one above where asked for, each with how many times it is asked; `repeated` counts as right
    for a question of numerals that repeat others also the numeral that it repeats."""
    counted = Counter(
        (each.text, each.above if above else "", (*each.duties, *(each.repeats if repeated else ())), each.part)
        for each in questions
    )
    judged = []
    for (text, heading, duties, part), times in counted.items():
        found = ranked(mention(text, headings=(heading,) if heading else ()), matcher)
        judged.append(Judged(text, duties, found[0].duty_id if found else NONE, part, times))
    return judged


def read_labels(path: Path) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    """The labelled texts of a file and what is right for each. Raises KeyError for a column that is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = row["kind"].strip().lower()
            known = MentionKind(kind) if kind in set(MentionKind) else MentionKind.PAGE
            steps = tuple(step.strip() for step in row["path"].split(">") if step.strip())
            yield (
                mention(row["text"], known, path=steps, page_title=row["page_title"]),
                tuple(each.strip() for each in row["expected"].split("|")),
            )


def judged_labels(path: Path, matcher: Matcher) -> list[Judged]:
    """Every label of a file with the best match, or `none`."""
    judged = []
    for each, expected in read_labels(path):
        found = match(each, matcher)
        judged.append(Judged(each.text, expected, found[0].duty_id if found else NONE))
    return judged


def judged_periods(path: Path, matcher: Matcher) -> list[Judged]:
    """Every labelled text with the periods that are read in it: days joined by a slash, periods by a semicolon."""
    judged = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected = row["expected"].strip()
            days = NONE if expected == NONE else ";".join(sorted(days_of(each) for each in expected.split(";")))
            found = ";".join(sorted(f"{each.first}/{each.last}" for each in periods_in(row["text"], matcher.wording)))
            judged.append(Judged(row["text"], (days,), found or NONE))
    return judged


def days_of(period: str) -> str:
    """The first and the last day of a period as labels write it.

    >>> days_of("2024-Q1"), days_of("2024"), days_of("2024-02-01/2024-02-15")
    ('2024-01-01/2024-03-31', '2024-01-01/2024-12-31', '2024-02-01/2024-02-15')
    """
    if "/" in period:
        return period.strip()
    year, _, rest = period.strip().partition("-")
    if len(rest) == len("01-15"):
        return f"{period.strip()}/{period.strip()}"
    length = {"": 12, "S": 6, "Q": 3}.get(rest[:1], 1)
    number = int(rest.lstrip("SQ") or 1)
    first, last = (number - 1) * length + 1, number * length
    return f"{year}-{first:02d}-01/{year}-{last:02d}-{calendar.monthrange(int(year), last)[1]}"


def share(judged: Sequence[Judged], *, weighted: bool = False, first: bool = False) -> str:
    """The share that is right, with its counts."""
    total = sum(each.weight if weighted else 1 for each in judged)
    right = sum(
        each.weight if weighted else 1 for each in judged if (each.found == each.expected[0] if first else each.right)
    )
    return f"{right / total:.3f} ({right} of {total})" if total else "none"


def show_questions(console: Console, questions: list[Question], matcher: Matcher) -> list[Judged]:
    """Print the figures of the questionnaire; the judgements of texts alone."""
    about = [each for each in questions if each.duties]
    table = Table(title="Questions to their numeral, top-1")
    for name in ("", "distinct texts", "all questions", "first numeral, distinct texts", "or the numeral repeated"):
        table.add_column(name)
    alone: list[Judged] = []
    for title, above in (("alone", False), ("under its question", True)):
        judged = judged_questions(about, matcher, above=above)
        content = judged_questions(about, matcher, above=above, repeated=True)
        alone = alone or judged
        for name, part in ((f"{title}: all", PARTS), *((f"{title}: {part}", (part,)) for part in PARTS)):
            chosen = [each for each in judged if each.part in part]
            shares = (share(chosen), share(chosen, weighted=True), share(chosen, first=True))
            table.add_row(name, *shares, share([each for each in content if each.part in part]))
    console.print(table)
    repeating = " or ".join(sorted(REPEATING))
    for title, above in (("alone", False), ("under its question", True)):
        judged = judged_questions(about, matcher, above=above)
        told = [each for each in judged if not set(each.expected) <= REPEATING]
        held = [each for each in told if each.part == "held"]
        left = len(judged) - len(told)
        console.print(f"{title}, without {left} asked of {repeating} only: {share(told)}; of these held: {share(held)}")
    for each in dict.fromkeys(each.text for each in questions if not each.duties):
        found = match(mention(each), matcher)
        said = f"{found[0].duty_id} ({found[0].score:.2f})" if found else "no duty, as is right"
        console.print(f"good practice, no duty: {each} -> {said}", markup=False)
    return alone


def show_confusions(console: Console, judged: Iterable[Judged], title: str) -> None:
    """Print what was matched wrongly, by what was right."""
    table = Table(title=f"Confusions: {title}")
    for name in ("right", "found", "text"):
        table.add_column(name)
    for each in sorted((each for each in judged if not each.right), key=lambda each: (each.expected, each.found)):
        table.add_row(" | ".join(each.expected), each.found, each.text)
    console.print(table, markup=False)


def made_up_mentions(texts: Sequence[str], seed: int, sites: int = 500) -> list[Mention]:
    """200 mentions a site, of 40 pages, two fifths of them in the section of the law: links with names of duties and with dates,
    documents with names of their own, headings, and texts about nothing; every address once, as a crawl hands them over."""
    chance = random.Random(seed)
    months = ("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Octubre", "Noviembre")
    words = ("apoyo", "bosque", "escuela", "familia", "foro", "mesa", "municipio", "niñez", "proyecto", "red", "salud")
    mentions = []
    for site in range(sites):
        for number in range(200):
            page = number // 5
            place = (
                texts[(site + page) % len(texts)]
                if page % 5 < 2
                else f"{words[page % len(words)]} {words[site % len(words)]}"
            )
            kind = chance.choice((MentionKind.DOCUMENT, MentionKind.DOCUMENT, MentionKind.PAGE, MentionKind.HEADING))
            drawn = chance.random()
            if drawn < 0.3:
                text = chance.choice(texts)
            elif drawn < 0.65:
                text = f"{chance.choice(months)} {chance.randint(2015, 2026)}"
            else:
                text = " ".join(chance.choices(words, k=chance.randint(2, 8))).capitalize()
            name = f"{text.replace(' ', '-').lower()[:40]}-{chance.randint(1, 99)}.pdf" if kind == "document" else ""
            mentions.append(
                Mention(
                    id=f"{site}-{number}",
                    source_id=f"xx:site-{site}",
                    kind=kind,
                    url=f"https://site-{site}.example.org/archivos/{page}/{name}",
                    page_url=f"https://site-{site}.example.org/{page}",
                    text=text,
                    path=("Inicio", place),
                    headings=(place,) if page % 3 else (),
                    page_title=f"{place} - Site {site}",
                )
            )
    return mentions


def show_speed(console: Console, matcher: Matcher, seed: int) -> None:
    """Print the CPU time of 100,000 mentions. A crawl takes 10 ms of CPU for a page of some 30 links."""
    names = [name for duty in matcher.duties for name in (*duty.name.values(), *duty.evidence.names)]
    mentions = made_up_mentions(names, seed)
    began = time.process_time()
    matched = sum(bool(match(each, matcher)) for each in mentions)
    spent = time.process_time() - began
    console.print(
        f"{len(mentions):,} mentions: {spent:.1f} s of CPU, {spent / len(mentions) * 1e6:.0f} µs each, {matched:,} matched"
    )


def main() -> None:
    """Print every figure that the material and the labels at hand allow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--confusions", action="store_true", help="list what is matched wrongly in the held part, too")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    console = Console(width=160)
    pack = examine_pack(find_pack("gt")).pack
    if pack is None:
        raise SystemExit("the country pack gt cannot be read; run `atalaya country check gt`")
    matcher = compile_matcher(pack)
    instrument = corpora() / "laip_monitor" / "instrumento_laip.json"
    if instrument.is_file():
        alone = show_questions(console, read_questions(instrument, "laip"), matcher)
        shown = [each for each in alone if options.confusions or each.part != "held"]
        show_confusions(console, shown, "questions alone")
    if (mentions := LABELS / "mentions.csv").is_file():
        judged = judged_labels(mentions, matcher)
        told = [each for each in judged if NONE not in each.expected]
        silent = [each for each in judged if NONE in each.expected]
        console.print(f"{mentions.name}: top-1 {share(judged)}; about a duty {share(told)}, about none {share(silent)}")
        console.print(f"people are asked from a score of {ASK}")
        show_confusions(console, judged, mentions.name)
    if (periods := LABELS / "periods.csv").is_file():
        judged = judged_periods(periods, matcher)
        console.print(f"{periods.name}: {share(judged)} read as labelled")
        show_confusions(console, judged, periods.name)
    show_speed(console, matcher, options.seed)


if __name__ == "__main__":
    main()
