"""Rulings of people: how long they hold, what they change, and what they say of the machine."""

from dataclasses import replace

from atalaya.countries.pack import Duty, DutyEvidence, Law
from atalaya.duties.accuracy import accuracy_of
from atalaya.duties.claiming import claims_on
from atalaya.duties.matching import build_matcher
from atalaya.duties.mentions import DocumentContent, Mention, MentionKind
from atalaya.duties.rulings import evidence_key, read_rulings, ruling_of, subject_of
from atalaya.duties.wording import load_wording


def duty(numeral, name):
    evidence = DutyEvidence(names=(name,))
    return Duty(
        id=f"open-1-{numeral}",
        law="open",
        article="1",
        numeral=numeral,
        name={"en": name},
        obliged=(),
        update="x",
        evidence=evidence,
    )


DUTIES = (duty("1", "trust funds"), duty("2", "travel expenses"), duty("3", "audit reports"))
OBLIGED = frozenset(each.id for each in DUTIES)
MATCHER = build_matcher((Law(id="open", title={"en": "Openness Act"}),), DUTIES, load_wording(("en",)))


def mention(text="Travel expenses", kind=MentionKind.DOCUMENT, name="a", **changes):
    facts = {"source_id": "zz:s", "url": f"https://o.example/{name}", "page_url": "https://o.example/", "path": ()}
    return Mention(id=name, kind=kind, text=text, **{**facts, **changes})


def claims(*mentions, rulings=()):
    known = read_rulings((f"d{n}", subject_of("zz:o", *key), ruling) for n, (key, ruling) in enumerate(rulings))
    return [claim for claim, _ in claims_on(mentions, MATCHER, OBLIGED, known.get("zz:o", {}))]


def ruled(it, fulfils, duty_id="open-1-2"):
    row = {"evidence_key": evidence_key(it), "score": 0.9, "sure": True, "text": it.text, "url": it.url}
    return ((it.id, duty_id), ruling_of(row, fulfils=fulfils))


def test_a_ruling_holds_while_what_was_looked_at_stands():
    here = mention(content=DocumentContent(sha256="aa"))
    no = ruled(here, False)
    assert [claim.ruling for claim in claims(here, rulings=[no])] == [False]
    assert [claim.ruling for claim in claims(replace(here, text="TRAVEL  EXPENSES"), rulings=[no])] == [False]
    for other in (replace(here, content=DocumentContent(sha256="bb")), replace(here, text="Travel expenses 2024")):
        assert [claim.ruling for claim in claims(other, rulings=[no])] == [None]
    page = replace(here, kind=MentionKind.PAGE)
    changed = replace(page, content=DocumentContent(sha256="bb"))
    assert [claim.ruling for claim in claims(changed, rulings=[ruled(page, False)])] == [False]


def test_the_last_ruling_holds():
    here = mention()
    assert [claim.ruling for claim in claims(here, rulings=[ruled(here, False), ruled(here, True)])] == [True]


def test_a_person_may_name_a_duty_that_the_machine_did_not_think_of():
    here = mention("Papers")
    found = claims(here, rulings=[ruled(here, True, "open-1-3")])
    assert [(claim.match.duty_id, claim.accepted) for claim in found] == [("open-1-3", True)]
    assert claims(here, rulings=[ruled(here, True, "open-9-9")]) == []


def test_what_stands_under_a_heading_that_is_surely_of_a_duty_is_so_too():
    heading = mention("Audit reports", MentionKind.HEADING, "h", url="https://o.example/")
    below = mention("Audit reports of travel expenses", name="b", headings=("Audit reports",))
    alone = [claim for claim in claims(below) if claim.match.duty_id == "open-1-3"]
    both = [claim for claim in claims(heading, below) if claim.mention.id == "b" and claim.match.duty_id == "open-1-3"]
    assert [claim.accepted for claim in alone] == [False]
    assert [claim.accepted for claim in both] == [True]


def test_a_short_text_that_says_that_it_does_not_apply_justifies_and_a_long_one_does_not():
    below = DocumentContent(opening="This numeral does not apply to the office.", words=8)
    heading = mention("Trust funds", MentionKind.HEADING, content=below)
    assert [claim.justification for claim in claims(heading)] == ["This numeral does not apply to the office."]
    filler = "The funds of the office are kept by the bank and their movements are in the table of each year. " * 3
    long = DocumentContent(opening=f"{filler}This does not apply to the office.", words=90)
    assert [claim.justification for claim in claims(replace(heading, content=long))] == [""]
    table = DocumentContent(opening="This numeral does not apply.", words=4, rows=3)
    assert [claim.justification for claim in claims(replace(heading, content=table))] == [""]


def test_the_accuracy_of_the_machine_by_hand():
    def said(name, duty_id, fulfils, sure, score):
        return subject_of("zz:o", name, duty_id), {"fulfils": fulfils, "sure": sure, "score": f"{score:.4f}"}

    found = accuracy_of([
        said("a", "d1", False, True, 0.95),
        said("a", "d1", True, True, 0.95),  # the same match again: the last ruling is the label
        said("b", "d1", False, True, 0.85),
        said("c", "d2", True, True, 1.0),
        said("d", "d2", True, False, 0.6),
        said("e", "d2", False, False, 0.55),
        said("f", "d2", True, False, 0.0),  # named by a person alone
    ])  # fmt: skip
    assert (found.sure.rulings, found.sure.agreeing) == (3, 2)
    assert (found.asked.rulings, found.asked.agreeing) == (3, 1)
    assert [(low, each.rulings, each.agreeing) for low, each in found.bands] == [
        (0.0, 1, 1), (0.5, 2, 1), (0.65, 0, 0), (0.8, 1, 0), (0.9, 2, 2),
    ]  # fmt: skip
    assert [(id_, each.share) for id_, each in found.duties] == [("d1", 0.5), ("d2", 1.0)]
    assert accuracy_of([]).sure.share is None
