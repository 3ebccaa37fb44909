"""The states of a version, defined once: from where to where, what the step is called, and whether words go with it."""

from dataclasses import dataclass

DRAFT, REVIEW, PUBLISHED, TAKEN_DOWN, DISCARDED = "draft", "review", "published", "taken_down", "discarded"

STATES = {
    DRAFT: "in preparation",
    REVIEW: "in review",
    PUBLISHED: "published here",
    TAKEN_DOWN: "taken down",
    DISCARDED: "discarded",
}
"""State → what people read."""

STANDING = (PUBLISHED, TAKEN_DOWN)
"""States of what was published once: it has a number and stays as it is."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: its name, from where to where, its permission, what a button calls it, and what words it asks for."""

    id: str
    before: tuple[str, ...]
    after: str
    permission: str
    title: str
    words: str = ""


MOVES = (
    Move("submit", (DRAFT,), REVIEW, "publishing.write", "Send to review"),
    Move("accept", (REVIEW,), PUBLISHED, "publishing.review", "Publish"),
    Move("return", (REVIEW,), DRAFT, "publishing.review", "Give back", "What has to be changed"),
    Move("discard", (DRAFT, REVIEW), DISCARDED, "publishing.write", "Discard"),
    Move("take_down", (PUBLISHED,), TAKEN_DOWN, "publishing.take_down", "Take down", "Why it is taken down"),
)


def move_of(name: str) -> Move | None:
    """The step of a name.

    >>> move_of("accept").after, move_of("none")
    ('published', None)
    """
    return next((each for each in MOVES if each.id == name), None)
