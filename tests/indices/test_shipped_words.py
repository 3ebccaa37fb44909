"""What people read of the indices that come with Atalaya is there in Spanish and English."""

import pytest

from atalaya.indices.language.reading import read_shipped_index, shipped_indices
from atalaya.translations import LANGUAGES


@pytest.mark.parametrize("reference", shipped_indices())
def test_every_title_and_unit_is_in_both_languages(reference: str) -> None:
    index = read_shipped_index(reference)
    lacking = [
        item.id
        for item in (*index.root.walk(), *index.not_collected)
        for texts in (item.title, item.unit or dict.fromkeys(LANGUAGES, "-"))
        if not all(texts.get(language) for language in LANGUAGES)
    ]
    assert lacking == []


def test_the_indicators_of_asem_are_said_in_spanish() -> None:
    leaves = read_shipped_index("asem/1").leaves
    assert len(leaves) == 49
    assert [leaf.id for leaf in leaves if leaf.title["es"] == leaf.title["en"]] == []
