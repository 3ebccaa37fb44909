"""Strict reading: what is counted, and how much of it is kept apart."""

from atalaya.harvest.fields import PATHS_LIMIT, Entry, Ledger


def test_each_field_counts_once_per_object() -> None:
    ledger = Ledger({"b": "reason"})
    for _ in range(2):
        entry = Entry({"a": "1", "b": 2, "c": 3}, "", ledger)
        assert entry.word("a") == "1"
        assert entry.word("a") == "1"
        entry.close()
    assert [(use.path, use.reading, use.count) for use in ledger.fields] == [
        ("a", "mapped", 2),
        ("b", "ignored", 2),
        ("c", "unread", 2),
    ]


def test_data_used_as_keys_is_gathered() -> None:
    ledger = Ledger({})
    Entry({f"key {number}": number for number in range(PATHS_LIMIT * 2)}, "", ledger).close()
    assert len(ledger.fields) == PATHS_LIMIT + 1
    assert sum(use.count for use in ledger.fields) == PATHS_LIMIT * 2


def test_the_first_field_that_says_something_is_taken() -> None:
    ledger = Ledger({})
    entry = Entry({"a": "", "b": None, "c": "x"}, "", ledger)
    assert entry.word("a", "b", "c", "d") == "x"
    assert {use.path for use in ledger.fields} == {"a", "b", "c"}
    assert ledger.problems == ()


def test_blank_values_are_no_problem_and_wrong_ones_are_one() -> None:
    ledger = Ledger({})
    entry = Entry({"size": "", "bytes": "many", "title": [[]]}, "x[]", ledger)
    assert entry.size("size") is None
    assert entry.size("bytes") is None
    assert entry.text("title") == {}
    assert [(problem.place, problem.reason) for problem in ledger.problems] == [
        ("x[].bytes", "not a number of bytes"),
        ("x[].title", "not a text"),
    ]


def test_objects_inside_are_read_under_their_path() -> None:
    ledger = Ledger({})
    entry = Entry({"one": {"a": 1}, "many": [{"a": 1}, "x"], "none": "x"}, "", ledger)
    for key in ("one", "many", "none"):
        for inner in entry.entries(key):
            inner.close()
    entry.close()
    assert {use.path: use.reading for use in ledger.fields} == {
        "many": "mapped",
        "many[].a": "unread",
        "none": "unread",
        "one": "mapped",
        "one.a": "unread",
    }


def test_a_value_that_says_nothing_is_read() -> None:
    ledger = Ledger({})
    ledger.unfilled("dataset[].description", "a template")
    ledger.unfilled("dataset[].description", "a template")
    ledger.unreadable("dataset[].keyword", "not a list of texts")
    found = [(each.place, each.reason, each.read) for each in ledger.problems]
    assert found == [
        ("dataset[].keyword", "not a list of texts", False),
        ("dataset[].description", "a template (2 times)", True),
    ]
