"""Likeness of names, worked by hand."""

import math

import pytest

from atalaya.countries.resemblance import build_corpus, resembling

CORPUS = build_corpus([("a", ("ministry", "health")), ("b", ("ministry", "finance")), ("c", ("harbour",))])


def test_likeness_by_hand() -> None:
    # `health` stands in one of three names: log(1 + 3) = 1.386; `ministry` in two: log(1 + 1.5) = 0.916.
    rare, common = math.log(4), math.log(2.5)
    assert dict(resembling(("health",), CORPUS))["a"] == pytest.approx(2 * rare / (rare + rare + common))


def test_a_word_of_most_names_finds_nobody_alone() -> None:
    assert resembling(("ministry",), CORPUS) == ()


def test_a_near_spelling_counts_in_part() -> None:
    exact = dict(resembling(("finance", "ministry"), CORPUS))["b"]
    near = dict(resembling(("finanse", "ministry"), CORPUS))["b"]
    assert exact == pytest.approx(1.0)
    assert 0.8 < near < exact


def test_short_words_must_be_equal() -> None:
    corpus = build_corpus([("a", ("tax",)), ("b", ("law",))])
    assert resembling(("tay",), corpus) == ()


def test_an_empty_corpus_finds_nobody() -> None:
    assert resembling(("x",), build_corpus([])) == ()
