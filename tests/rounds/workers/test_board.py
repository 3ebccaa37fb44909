"""The board: a share is one worker's at a time, is lost with its lease, and goes on after what was finished."""

import time
from collections.abc import Iterator

import pytest

from atalaya.exceptions import StoreError
from atalaya.rounds.workers.board import Board, Share

ROUND = "zz-20260105T120000Z"


@pytest.fixture
def board(engine: str) -> Iterator[Board]:
    board = Board(engine)
    board.close_round(ROUND)
    board.post(ROUND, "zz", {"opening": {}}, [["a-1", "a-2"], ["b-1"]])
    yield board
    board.close()


def test_a_share_is_taken_once(board: Board, engine: str) -> None:
    other = Board(engine)
    assert board.take(ROUND, "one") == Share(0, ("a-1", "a-2"), 1)
    assert other.take(ROUND, "two") == Share(1, ("b-1",), 1)
    assert other.take(ROUND, "two") is None
    other.close()


def test_a_share_goes_on_after_what_was_finished(board: Board) -> None:
    share = board.take(ROUND, "one")
    assert share is not None
    assert board.finish(ROUND, share.number, "a-1", "one")
    board.release(ROUND, share.number, "one")
    board.take(ROUND, "two")  # the one that nobody had
    assert board.take(ROUND, "two") == Share(0, ("a-2",), 2)


def test_a_worker_without_a_sign_of_life_loses_its_share(board: Board) -> None:
    board.take(ROUND, "keeps")
    board.take(ROUND, "dies", lease=0.2)
    time.sleep(0.3)
    board.renew("keeps")
    assert board.take(ROUND, "takes over") == Share(1, ("b-1",), 2)
    assert not board.finish(ROUND, 1, "b-1", "dies")
    assert board.finish(ROUND, 1, "b-1", "takes over")
    assert not board.finish(ROUND, 1, "b-1", "takes over")
    assert board.finished(ROUND) == (frozenset({"b-1"}), 3)


def test_posting_again_keeps_what_was_done(board: Board) -> None:
    board.take(ROUND, "one")
    board.finish(ROUND, 0, "a-1", "one")
    board.post(ROUND, "zz", {"opening": {"again": True}}, board.shares(ROUND))
    assert board.finished(ROUND)[0] == {"a-1"}
    assert [posted.facts for posted in board.wanted("zz")] == [{"opening": {"again": True}}]
    assert board.wanted("other") == ()
    board.close_round(ROUND)
    assert board.wanted("zz") == ()
    assert board.take(ROUND, "one") is None


def test_what_is_given_back_is_free(board: Board) -> None:
    board.take(ROUND, "one")
    board.take(ROUND, "one")
    board.release_all("one")
    assert board.take(ROUND, "two") is not None


def test_a_database_that_is_gone_is_told() -> None:
    with pytest.raises(StoreError, match="ATALAYA_ENGINE"):
        Board("postgresql://nobody@127.0.0.1:9/none").wanted("zz")
