"""Topics of a pack, and files of third parties: what is read, and what is told with its place."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.checks.registry import CHECKS
from atalaya.countries.reader import examine_pack, find_pack, known_packs, read_pack
from atalaya.countries.topics import read_topic

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"
TOPIC = yaml.safe_load((ZZ / "topics" / "loko.yml").read_text(encoding="utf-8"))


def problems(folder: Path, value: Any) -> list[str]:
    """What is told of a topic file with this value."""
    file = folder / "mia.yml"
    file.write_text(value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    topic, told = read_topic(file, read_pack(ZZ))
    assert (topic is None) == any(problem.severity == "error" for problem in told)
    return [str(problem) for problem in told]


def test_a_topic_is_read(tmp_path: Path) -> None:
    (topic,) = read_pack(ZZ).topics
    assert (topic.id, topic.wanted[1].institutions, topic.criteria[0].share) == ("loko", ("zz:arkivo",), 0.5)
    assert problems(tmp_path, TOPIC) == []


def with_(where: str, number: int, **changes: Any) -> dict[str, Any]:
    """The topic with one thing wanted or one criterion changed; None takes a key away."""
    items = [dict(each) for each in TOPIC[where]]
    items[number] = {key: value for key, value in {**items[number], **changes}.items() if value is not None}
    return {**TOPIC, where: items}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({**TOPIC, "question": None}, "question: null is not a mapping"),
        ({**TOPIC, "wanted": []}, "wanted: is empty"),
        ({**TOPIC, "extra": 1}, "unknown key 'extra'"),
        (with_("wanted", 0, words=[[]]), "is empty"),
        (with_("wanted", 0, words=[["--"]]), "has not the right form"),
        (with_("wanted", 0, institutions=["neniu"]), "no institution has the slug 'neniu'"),
        (with_("wanted", 1, id="nombro"), "the id 'nombro' stands twice"),
        (with_("wanted", 0, every="yearly"), "has not the right form"),
        (with_("criteria", 1, of=["neniu"]), "nothing wanted has the id 'neniu'"),
        (with_("criteria", 2, years=None), "lacks `years`"),
        (with_("criteria", 3, checks=None), "lacks `checks`"),
        (with_("criteria", 0, years=3), "`years` says nothing in a criterion of the kind 'published'"),
        (with_("criteria", 0, share=0), "too small"),
        (with_("criteria", 0, share=1.5), "too large"),
        (with_("criteria", 0, kind="wished"), "none of published, columns, years, checks"),
        (with_("criteria", 0, title={"en": "x"}), "the title has no text in 'eo'"),
        ("title: [", "is not YAML"),
        ("", "is empty"),
        ("\x00", "is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, value: Any, words: str) -> None:
    told = problems(tmp_path, value)
    assert [problem for problem in told if words in problem and problem.startswith("mia.yml")], told


def test_two_packs_do_not_share_ids(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(ZZ, tmp_path / "zz"))
    (pack / "topics" / "alia.yml").write_text(
        (ZZ / "topics" / "loko.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    found = examine_pack(pack).pack
    assert found is not None
    assert [topic.id for topic in found.topics] == ["alia", "loko"]


@pytest.mark.parametrize("code", known_packs())
def test_packaged_topics_name_checks_that_exist_and_speak_both_languages(code: str) -> None:
    known = {check.id for check in CHECKS}
    for topic in read_pack(find_pack(code)).topics:
        assert {name for criterion in topic.criteria for name in criterion.checks} <= known
        texts = [
            topic.title,
            topic.question,
            *topic.basis,
            *(w.title for w in topic.wanted),
            *(c.title for c in topic.criteria),
        ]
        assert all({"es", "en"} <= set(text) for text in texts), topic.id


def test_the_national_topics_are_there() -> None:
    assert len(read_pack(find_pack("gt")).topics) == 7
