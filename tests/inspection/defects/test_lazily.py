"""What is found once and kept."""

from atalaya.inspection.defects.lazily import lazily


class Thing:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    @lazily
    def answer(self) -> int:
        """What everybody asks for."""
        self.asked += 1
        return 42 + self.asked


def test_a_thing_is_asked_once() -> None:
    thing, other = Thing(), Thing()
    assert (thing.answer, thing.answer, thing.asked) == (43, 43, 1)
    assert other.asked == 0
    assert Thing.answer.__doc__ == "What everybody asks for."
