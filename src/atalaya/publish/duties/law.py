"""Rows of the duties of a pack themselves, and of what falls due."""

from collections.abc import Iterable, Mapping
from datetime import date

from atalaya.countries.pack import CountryPack, Duty
from atalaya.duties.calendar import Due
from atalaya.duties.sentences import label

Row = dict[str, object]


def law_rows(pack: CountryPack, duties: Iterable[Duty], language: str) -> list[Row]:
    """One row for each duty, in the order given."""
    laws = {law.id: law.title for law in pack.laws}
    updates = {(rule.law, rule.id): rule.title for rule in pack.update_rules}
    classes = {(named.law, named.id): named.title for named in pack.obliged_classes}
    return [
        {
            "id": duty.id,
            label("law", language): said(laws[duty.law], language),
            label("article", language): duty.article,
            label("numeral", language): duty.numeral,
            label("duty", language): said(duty.name, language),
            label("text", language): said(duty.paraphrase, language),
            label("update", language): said(updates[duty.law, duty.update], language),
            label("who complies", language): ", ".join(said(classes[duty.law, id_], language) for id_ in duty.obliged),
        }
        for duty in duties
    ]


def due_rows(pack: CountryPack, dues: Iterable[Due], today: date, language: str) -> list[Row]:
    """One row for each thing that falls due, in the order given."""
    names = {body.id: body.name for body in pack.institutions}
    duties = {duty.id: duty for duty in pack.duties}
    return [
        {
            label("due", language): each.day.isoformat(),
            label("days left", language): (each.day - today).days,
            label("institution", language): names[each.institution_id],
            label("article", language): duties[each.duty_id].article,
            label("numeral", language): duties[each.duty_id].numeral,
            label("duty", language): said(duties[each.duty_id].name, language),
            label("period", language): str(each.period),
        }
        for each in dues
    ]


def said(title: Mapping[str, str], language: str) -> str:
    """A text in a language, else in the first that it has; empty where it has none."""
    return title.get(language) or next(iter(title.values()), "")
