"""Generated tables and the changes planted in them, with what must be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from atalaya.inspection.frame import Frame
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.tables import profile_rows

PLACES = ("norte", "sur", "este", "oeste", "centro", "costa", "valle", "sierra")
NAMES = ("codigo", "lugar", "año", "monto", "casos", "nota")


def frame(rows: Sequence[Sequence[str]], name: str = "t") -> Frame:
    """A table whose first row is the header."""
    profile = profile_rows([list(row) for row in rows], name, DEFAULT)
    assert profile is not None
    return profile.frame


@dataclass
class Planted:
    """Two versions as rows (the header first), and what was changed: numbers of rows as a person sees them."""

    old: list[list[str]]
    new: list[list[str]]
    added: set[int]
    removed: set[int]
    changed: dict[tuple[int, int], tuple[str, str]]


@st.composite
def tables(draw: st.DrawFn, *, keyed: bool = True, least: int = 25) -> list[list[str]]:
    """Rows under `NAMES`: a code for each row, a place, a year, an amount, a count and a remark; without `keyed` codes repeat."""
    number = draw(st.integers(least, 60))
    codes = draw(st.lists(st.integers(1_000, 99_999), min_size=number, max_size=number, unique=True))
    if not keyed:
        codes = [codes[0] if at % 2 else codes[1] for at in range(number)]
    chance = draw(st.randoms(use_true_random=False))
    rows = [
        [
            str(codes[at]),
            chance.choice(PLACES),
            str(2015 + chance.randrange(6)),
            f"{chance.randrange(100, 9_999_999) / 100:.2f}",
            str(chance.randrange(10_000)),
            chance.choice(("sí", "no", "", "por revisar")),
        ]
        for at in range(number)
    ]
    return [list(NAMES), *rows]


@st.composite
def planted(draw: st.DrawFn) -> Planted:
    """A table and its next version: some rows removed, added and changed, and all of them in another order."""
    old = draw(tables())
    number = len(old) - 1
    chance = draw(st.randoms(use_true_random=False))
    places = list(range(1, number + 1))
    gone = set(chance.sample(places, draw(st.integers(0, number // 4))))
    kept = [at for at in places if at not in gone]
    body = [(at, list(old[at])) for at in kept]
    came = range(draw(st.integers(0, 8)))
    body += [(0, [str(100_000 + at), "nuevo", "2021", f"{at}.25", str(at), "sí"]) for at in came]
    if draw(st.booleans()):
        chance.shuffle(body)
    changed: dict[tuple[int, int], tuple[str, str]] = {}
    for row, (at, cells) in enumerate(body, 2):
        if at and chance.random() < 0.1:
            column = chance.choice((2, 4, 5))
            value = {
                2: "otro lugar",
                4: f"{chance.randrange(10**9, 10**10) / 100:.2f}",
                5: str(chance.randrange(10**6, 10**7)),
            }
            changed[row, column] = (cells[column - 1], value[column])
            cells[column - 1] = value[column]
    return Planted(
        old=old,
        new=[old[0], *(cells for _, cells in body)],
        added={row for row, (at, _) in enumerate(body, 2) if not at},
        removed={at + 1 for at in gone},
        changed=changed,
    )
