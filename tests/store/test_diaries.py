"""Diaries give back what was written whole, whatever was cut off after it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.exceptions import StoreError
from atalaya.store.diaries import Diary, Entry

ENTRIES = st.lists(
    st.tuples(st.dictionaries(st.text(), st.integers(0, 9)), st.lists(st.binary(max_size=40))), max_size=6
)


@given(written=ENTRIES, cut=st.integers(0, 400), later=ENTRIES)
def test_what_was_written_whole_is_read_and_gone_on_from(
    tmp_path_factory: pytest.TempPathFactory,
    written: list[tuple[object, list[bytes]]],
    cut: int,
    later: list[tuple[object, list[bytes]]],
) -> None:
    path = tmp_path_factory.mktemp("diary") / "unit.diary"
    ends = [0]
    diary = Diary(path)
    for value, bodies in written:
        diary.add(value, bodies)
        ends.append(path.stat().st_size)
    diary.close()
    whole = [Entry(value, tuple(bodies)) for value, bodies in written]
    assert list(diary.entries()) == whole
    if not written:
        return
    left = max(0, ends[-1] - cut)
    with path.open("r+b") as stream:
        stream.truncate(left)
    kept = whole[: sum(end <= left for end in ends) - 1]
    assert list(diary.entries()) == kept
    for value, bodies in later:
        diary.add(value, bodies)
    diary.close()
    assert list(diary.entries()) == [*kept, *(Entry(value, tuple(bodies)) for value, bodies in later)]


def test_a_changed_byte_ends_the_diary(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "unit.diary")
    for number in range(3):
        diary.add({"number": number}, [bytes([number]) * 9])
    diary.close()
    data = bytearray(diary.path.read_bytes())
    data[len(data) // 2] ^= 1
    diary.path.write_bytes(data)
    assert [entry.value["number"] for entry in diary.entries()] == [0]


def test_no_diary_is_an_empty_one_and_a_needless_one_goes(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "far" / "unit.diary")
    assert list(diary.entries()) == []
    diary.add(1)
    diary.close(remove=True)
    assert not diary.path.exists()


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"unit\.diary cannot be written"):
        Diary(tmp_path / "file" / "unit.diary").add(1)
