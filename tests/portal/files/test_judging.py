"""What is taken of what strangers send, and what is refused and why; whatever the bytes, nothing else happens."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from atalaya.portal.files.judging import judge
from atalaya.portal.files.names import cleaned
from atalaya.portal.files.pictures import SIZES, draw
from atalaya.portal.files.purposes import PURPOSES
from atalaya.portal.files.refusals import REFUSALS, Refusal
from atalaya.portal.files.worker import examine
from atalaya.translations import missing
from tests.portal.files.hostile import CSV, REFUSED, TAKEN, picture, workbook, zipped


def judged(folder: Path, name: str, data: bytes, purpose: str) -> dict[str, object]:
    path = folder / "bytes"
    path.write_bytes(data)
    return examine(path, name, purpose, folder)


@pytest.mark.parametrize(("what", "name", "data", "purpose", "codes"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_may_harm_is_refused(
    tmp_path: Path, what: str, name: str, data: bytes, purpose: str, codes: set[str]
) -> None:
    del what
    assert judged(tmp_path, name, data, purpose).get("refused") in codes


@pytest.mark.parametrize(("name", "data", "purpose", "kind"), TAKEN, ids=[each[0] for each in TAKEN])
def test_what_people_send_is_taken(tmp_path: Path, name: str, data: bytes, purpose: str, kind: str) -> None:
    told = judged(tmp_path, name, data, purpose)
    assert (told.get("refused"), told.get("kind")) == (None, kind)


def test_refusals_are_sentences_in_both_languages() -> None:
    assert missing(tuple(REFUSALS.values()), "es", "files") == ()


def test_a_file_larger_than_its_purpose_takes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(CSV)
    os.truncate(path, PURPOSES["attachment"].largest + 1)
    with pytest.raises(Refusal) as refused:
        judge(path, "datos.csv", PURPOSES["attachment"])
    assert refused.value.code == "too_large"


def test_pictures_are_drawn_upright_and_say_nothing_of_who_took_them(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Cámara Inventada"
    path = tmp_path / "bytes"
    path.write_bytes(picture("JPEG", (3000, 2000), exif=exif, comment=b"secreto"))
    drawn = draw(path, "jpeg", tmp_path)
    assert (drawn["large"].width, drawn["large"].height) == (1067, 1600)
    assert max(drawn["small"].width, drawn["small"].height) == SIZES["small"]
    for each in drawn.values():
        data = each.path.read_bytes()
        assert b"Inventada" not in data
        assert b"secreto" not in data
        with Image.open(each.path) as image:
            assert not image.getexif()


SEEDS = [(name, data, purpose) for name, data, purpose, _ in TAKEN]
SEEDS += [(name, data, purpose) for _, name, data, purpose, _ in REFUSED if 0 < len(data) < 20_000]


@st.composite
def spoiled(draw_: st.DrawFn) -> tuple[str, bytes, str]:
    """A file of the tables above, with bytes changed, cut, put in, or another file behind it, under some name."""
    name, data, purpose = draw_(st.sampled_from(SEEDS))
    spoilt = bytearray(data)
    for _ in range(draw_(st.integers(0, 6))):
        place = draw_(st.integers(0, len(spoilt)))
        how = draw_(st.sampled_from(("put", "cut", "set")))
        if how == "put":
            spoilt[place:place] = draw_(st.binary(max_size=40))
        elif how == "cut":
            del spoilt[place : place + draw_(st.integers(1, 400))]
        elif spoilt:
            spoilt[min(place, len(spoilt) - 1)] = draw_(st.integers(0, 255))
    if draw_(st.booleans()):
        spoilt += draw_(st.sampled_from(SEEDS))[1]
    other = draw_(st.one_of(st.just(name), st.sampled_from(SEEDS).map(lambda each: each[0])))
    return other, bytes(spoilt), purpose


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(spoiled())
def test_whatever_is_sent_is_taken_as_what_it_is_or_refused(
    tmp_path_factory: pytest.TempPathFactory, sent: tuple[str, bytes, str]
) -> None:
    name, data, purpose = sent
    told = judged(tmp_path_factory.mktemp("sent", numbered=True), name, data, purpose)
    if "refused" in told:
        assert told["refused"] in REFUSALS
        REFUSALS[str(told["refused"])].format(**told["values"])  # type: ignore[arg-type]
        return
    assert told["kind"] in PURPOSES[purpose].formats | {"jsonld", "topojson", "statistics", "fixed_width"}
    assert not data.startswith((b"MZ", b"\x7fELF", b"#!", b"<svg", b"<!DOCTYPE html"))
    assert b"vbaProject.bin" not in data
    if told["kind"] not in ("zip", "xlsx", "docx", "jpeg", "png", "webp"):
        assert b"PK\5\6" not in data[-1000:]


@given(st.text(max_size=200))
def test_a_cleaned_name_is_plain(name: str) -> None:
    try:
        found = cleaned(name)
    except Refusal:
        return
    assert 3 <= len(found) <= 120
    assert found.isprintable()
    assert not set(found) & set("/\\:\"'<>|*?\n\r\0")
    assert cleaned(found) == found


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_second_kind_is_seen_wherever_it_is(tmp_path: Path, ending: str) -> None:
    data = {"csv": CSV, "xlsx": workbook()}[ending]
    for spoilt in (data + zipped({"a.csv": CSV}), zipped({"a.csv": CSV}) + data, b"%PDF-1.4\n" + data):
        assert "refused" in judged(tmp_path, f"datos.{ending}", spoilt, "data")
