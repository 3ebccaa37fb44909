"""Faults of a questionnaire: what hangs wrong, stands twice, scores nothing or is switched off."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from atalaya.indices.imports.instrument import ANSWERS, Instrument, InstrumentFault, Question


def faults_of(instrument: Instrument) -> tuple[InstrumentFault, ...]:
    """Every fault, in the order of the file within each kind.

    Kinds: repeated, unplaced, orphan, unrouted, misplaced, under_disabled, cycle, idle_parent, scoring_parent, duplicate, empty,
    disabled.
    """
    return (
        *_repeated(instrument),
        *_unplaced(instrument),
        *_links(instrument),
        *_cycles(instrument),
        *_roles(instrument),
        *_duplicates(instrument),
        *_empty(instrument),
        *_disabled(instrument),
    )


def _repeated(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Ids that stand twice."""
    for name, listed in (
        ("article", instrument.sections),
        ("numeral", instrument.duties),
        ("question", instrument.questions),
    ):
        twice = [id_ for id_, count in Counter(each.id for each in listed).items() if count > 1]
        for id_ in twice:
            yield InstrumentFault(
                "repeated", (id_,), f"two of the {name}s have the id {id_}; the first counts: rename one"
            )


def _unplaced(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Numerals of no article and questions of no numeral."""
    sections, duties = {each.id for each in instrument.sections}, {each.id for each in instrument.duties}
    for duty in instrument.duties:
        if duty.section not in sections:
            yield InstrumentFault(
                "unplaced", (duty.id,), f"numeral {duty.id} names article {duty.section}, which is not there"
            )
    for each in instrument.questions:
        if each.duty not in duties:
            yield InstrumentFault(
                "unplaced", (each.id,), f"question {each.id} names numeral {each.duty}, which is not there"
            )


def _links(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Links to questions that are not there, are of another numeral, are switched off, or that lack an end."""
    for each in instrument.questions:
        if not each.enabled or (each.parent is None and each.answer is None):
            continue
        parent = instrument.by_id.get(each.parent or "")
        if each.parent is None:
            told = f"question {each.id} applies under the answer {each.answer} to no question"
            yield InstrumentFault("unrouted", (each.id,), told + _advice(instrument, each))
        elif parent is None:
            told = f"question {each.id} hangs from {each.parent}, which is not there"
            yield InstrumentFault("orphan", (each.id,), told + _advice(instrument, each))
        elif each.answer not in ANSWERS:
            told = f"question {each.id} hangs from {each.parent} under {each.answer or 'no answer'}"
            yield InstrumentFault("unrouted", (each.id,), f"{told}: write one of {', '.join(ANSWERS)}")
        elif parent.duty != each.duty:
            told = (
                f"question {each.id} of numeral {each.duty} hangs from {each.parent}, which is of numeral {parent.duty}"
            )
            yield InstrumentFault("misplaced", (each.id,), told + _advice(instrument, each))
        elif not parent.enabled:
            told = f"question {each.id} hangs from {each.parent}, which is disabled: disable it too, or hang it from another"
            yield InstrumentFault("under_disabled", (each.id,), told)


def _advice(instrument: Instrument, question: Question) -> str:
    """The last routing question before it in its numeral from which nothing hangs, where there is one."""
    near = None
    parents = {each.parent for each in instrument.questions}
    for each in instrument.questions:
        if each.id == question.id:
            break
        if each.duty == question.duty and each.enabled and not each.scores and each.id not in parents:
            near = each.id
    return f": hang it from {near}?" if near else ": correct the link"


def _cycles(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Questions that hang, by way of others, from themselves; each circle once."""
    told: set[str] = set()
    for each in instrument.questions:
        way: list[str] = []
        here: Question | None = each
        while here is not None and here.id not in way and here.id not in told:
            way.append(here.id)
            here = instrument.by_id.get(here.parent or "")
        if here is not None and here.id in way:
            circle = tuple(way[way.index(here.id) :])
            yield InstrumentFault("cycle", circle, f"{' → '.join((*circle, circle[0]))}: take one of these links out")
        told.update(way)


def _roles(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Routing questions from which nothing hangs, and scoring ones from which something does."""
    below = {each.parent for each in instrument.questions if each.enabled}
    for each in instrument.questions:
        if each.enabled and not each.scores and each.id not in below:
            yield InstrumentFault(
                "idle_parent", (each.id,), f"question {each.id} only routes, and nothing hangs from it"
            )
        if each.enabled and each.scores and each.id in below:
            told = f"question {each.id} scores, and others hang from it: say that it routes, or hang them from another"
            yield InstrumentFault("scoring_parent", (each.id,), told)


def _duplicates(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Questions that ask the same of the same numeral in the same place."""
    same: dict[tuple[str, str | None, str | None, str], list[str]] = defaultdict(list)
    for each in instrument.questions:
        if each.enabled and each.text and instrument.by_id[each.id] is each:
            same[each.duty, each.parent, each.answer, _plain(each.text)].append(each.id)
    for ids in same.values():
        if len(ids) > 1:
            yield InstrumentFault("duplicate", tuple(ids), f"questions {', '.join(ids)} ask the same: keep one")


def _plain(text: str) -> str:
    """A question without signs, spaces and capitals."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _empty(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Numerals for which no enabled question scores."""
    for duty in instrument.duties:
        if not instrument.scoring(duty.id):
            yield InstrumentFault(
                "empty", (duty.id,), f"no question scores for numeral {duty.id}: it can have no figure"
            )


def _disabled(instrument: Instrument) -> Iterator[InstrumentFault]:
    """Questions that are switched off; they neither score nor route."""
    off = tuple(each.id for each in instrument.questions if not each.enabled)
    if off:
        yield InstrumentFault("disabled", off, f"{len(off)} questions are disabled and count for nothing")
