"""Every change and loss is a sentence in both languages, and nothing of the catalogue is left over."""

import ast
from pathlib import Path

import pytest
from babel import Locale

import atalaya
from atalaya.commitments.changes import changes
from atalaya.commitments.plan import ABSENT, Listing, Milestone, Plan, Version
from atalaya.commitments.scope import scope_lost
from atalaya.commitments.template import COMMITMENT, MILESTONE
from atalaya.commitments.wording import DOMAIN, loss_sentence, sentence, texts
from atalaya.translations import LANGUAGES, missing


def test_every_text_is_translated_and_nothing_else() -> None:
    assert missing(texts(), "es", DOMAIN) == ()
    catalogue = Path(atalaya.__file__).parent / "data" / "locale" / "es" / "LC_MESSAGES" / f"{DOMAIN}.po"
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    assert {ast.literal_eval(line[6:]) for line in lines if line.startswith("msgid ")} - {""} == set(texts())


def test_the_published_notes_as_sentences(plans: dict[int, Plan]) -> None:
    versions = plans[5].commitments[1].versions
    said = [sentence(change, "es", Locale("es")) for change in changes(*versions)]
    assert said[1] == "Se modificó «Fecha de término»: decía 30 de junio de 2023 y ahora dice 31 de mayo de 2023."
    assert said[2] == "Se agregó «Cargo de la persona responsable»: Subdirector Ejecutivo."
    assert said[3] == "Se eliminó a GAE de «Otros actores involucrados»."
    assert said[9] == "Hito 1: se modificó «Fecha de término»: decía junio de 2023 y ahora dice mayo de 2023."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_changed_in_every_way_is_said(language: str) -> None:
    def sides(kind: str) -> list[tuple[object, object]]:
        from atalaya.commitments.partial_dates import read_range  # noqa: PLC0415

        values = {"date": (read_range("2023"), read_range("2024")), "names": (Listing(("A",)), Listing(("B",)))}
        old, new = values.get(kind, ("uno", "dos"))
        return [(old, new), (ABSENT, new), (old, ABSENT)]

    for field in COMMITMENT:
        for old, new in sides(field.kind):
            found = changes(Version(id="a", **{field.name: old}), Version(id="b", **{field.name: new}))  # type: ignore[arg-type]
            assert found
            assert all("{" not in sentence(change, language, Locale(language)) for change in found)
    for field in MILESTONE:
        for old, new in sides(field.kind):
            before, after = (
                Version(id="v", milestones=(Milestone(number="1", **{"text": "mismo texto", field.name: value}),))  # type: ignore[arg-type]
                for value in (old, new)
            )
            for change in changes(before, after):
                said = sentence(change, language, Locale(language))
                assert said.startswith(("Hito", "Milestone", "Se "))
                assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_loss_is_said(plans: dict[int, Plan], language: str) -> None:
    for loss in scope_lost(*plans[5].commitments[1].versions):
        said = loss_sentence(loss, language)
        assert loss.promise.text in said
        assert "{" not in said
