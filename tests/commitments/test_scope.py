"""What a promise held and no longer holds: the flags of a real commitment, and the reading of texts."""

from dataclasses import replace

import pytest

from atalaya.commitments.plan import Kind, Milestone, Plan, Promise, Version
from atalaya.commitments.scope import named, read_promises, scope_lost

LOST = {
    "5 foros virtuales",
    "consulta ciudadana en línea",
    "5 capacitaciones",
    "colaboración con OSC en los índices y el portal",
    "contenidos enumerados del portal",
}
"""What the facts say that commitment 2 of the fifth plan no longer promises."""


def version(text: str, *promises: Promise) -> Version:
    return Version(id="v", milestones=(Milestone(number="1", text=text, promises=promises),))


def lost(before: str, after: str, language: str = "es") -> list[str]:
    return [named(loss.promise) for loss in scope_lost(version(before), version(after), language)]


def test_exactly_what_the_facts_name_is_lost(plans: dict[int, Plan]) -> None:
    earlier, later = plans[5].commitments[1].versions
    found = scope_lost(earlier, later)
    assert {named(loss.promise) for loss in found} == LOST
    assert len(found) == len(LOST)
    assert [loss.milestone for loss in found] == ["1", "1", "1", "2", "2"]
    assert scope_lost(earlier, earlier) == scope_lost(later, later) == ()


@pytest.mark.parametrize(
    ("text", "language", "promises"),
    [
        ("realizar al menos cinco foros virtuales", "es", ["quantity: 5 foros virtuales"]),
        ("publicar 25 conjuntos de datos prioritarios en 2024", "es", ["quantity: 25 conjuntos de datos prioritarios"]),
        ("capacitar a 1,500 funcionarios", "es", ["quantity: 1500 funcionarios"]),
        ("el 80 % de las unidades responde", "es", ["quantity: 80 % de las unidades responde"]),
        ("una consulta ciudadana en línea; informe", "es", ["mechanism: una consulta ciudadana en línea"]),
        ("en colaboración con Red Ciudadana para abrirlo", "es", ["collaboration: Red Ciudadana"]),
        ("un portal que incluya datos, guías y normas", "es", ["contents: datos, guías, normas"]),
        ("hito 3 del plan 5, artículo 10, Decreto 57-2008, del 30 de junio de 2023 a 2024", "es", []),
        ("enero 2022 a marzo 2023", "es", []),
        ("hold five public hearings", "en", ["quantity: 5 public hearings"]),
        ("publish datasets in partnership with Open Group", "en", ["collaboration: Open Group"]),
        ("a portal including data, guides, and rules", "en", ["contents: data, guides, rules"]),
        ("by 30 June 2023 under article 10", "en", []),
    ],
)
def test_promises_are_read_in_a_text(text: str, language: str, promises: list[str]) -> None:
    assert [f"{promise.kind.value}: {named(promise)}" for promise in read_promises(text, language)] == promises


def test_a_promise_in_other_words_of_the_same_stems_stands() -> None:
    assert lost("5 capacitaciones", "cinco capacitación a docentes") == []
    assert lost("5 capacitaciones a docentes", "se harán 6 capacitaciones") == []
    assert lost("en colaboración con Red Ciudadana", "con Red Ciudadana y otras") == []


def test_a_smaller_number_is_lost_in_part_and_another_thing_whole() -> None:
    found = scope_lost(version("5 foros virtuales"), version("3 foros virtuales"))
    assert [(named(loss.promise), loss.left) for loss in found] == [("5 foros virtuales", 3.0)]
    assert lost("5 foros virtuales", "5 talleres virtuales") == ["5 foros virtuales"]


def test_contents_are_lost_where_any_of_them_is() -> None:
    before = "un portal que incluya datos, guías y normas"
    assert lost(before, "un portal con datos y guías") == ["datos, guías, normas"]
    assert lost(before, "un portal con normas, datos y guías") == []


def test_what_a_later_version_says_anywhere_stands() -> None:
    later = replace(version("se hará"), additional_information="una consulta ciudadana en línea")
    assert scope_lost(version("consulta ciudadana en línea"), later) == ()


def test_nothing_is_said_to_be_lost_where_the_later_text_is_not_known() -> None:
    assert scope_lost(version("5 foros virtuales"), Version(id="later")) == ()


def test_what_is_declared_is_not_read_a_second_time() -> None:
    declared = Promise(kind=Kind.QUANTITY, text="foros virtuales", quantity=5)
    found = scope_lost(version("al menos 5 foros virtuales", declared), version("nada de eso"))
    assert [loss.promise for loss in found] == [declared]


def test_steps_are_read_and_audiences_are_no_scope() -> None:
    step = Promise(kind=Kind.STAGE, text="consulta nacional con al menos 5 foros")
    audience = Promise(kind=Kind.AUDIENCE, text="participación", items=("academia",))
    found = scope_lost(version("texto", step, audience), version("otro texto"))
    assert [named(loss.promise) for loss in found] == ["5 foros"]
