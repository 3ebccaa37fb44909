"""How much of a hostile or huge file is read before an inspection says so and stops, and whose identity numbers are known."""

from collections.abc import Callable
from dataclasses import dataclass

from atalaya.inspection.semantic.knowledge import NOTHING_KNOWN, Knowledge

IsIdentity = Callable[[str], bool]
"""Whether a text is a valid number, check digit included, by which a country identifies a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, counts, and levels of nesting; `ratio` is unpacked over packed size, judged above
    `ratio_from` bytes. `held` is the largest delimited text that is held in memory as a whole. `unpacked` is what one container
    may unpack to, `unpacked_inside` all containers in one file together.

    `directory` are the entries that the directory of a ZIP file may list before it is opened at all, `members` those that
    are looked at; `cells` are those of one sheet, `column_cells` those of a columnar file; `memory` and `seconds` are what
    one file may take in the process in which a native reader opens it; `frame_bytes` is what the cells of one table may
    take that are kept: of a larger one all are counted, and the first ones kept; `cells_kept` asks for them
    (`Table.frame`), `described` for what columns mean and how they are spread; `warm` keeps a process with a native reader ready
    for the next file (`inspection.warm`), which pays for many small ones. `identities` tell the numbers that identify
    persons in the country at hand, by which columns of them are recognised; `knowledge` is what else is known of it.
    """

    whole: int = 512 * 1024 * 1024
    held: int = 8 * 1024 * 1024
    unpacked: int = 256 * 1024 * 1024
    unpacked_inside: int = 1024 * 1024 * 1024
    ratio: int = 250
    ratio_from: int = 32 * 1024 * 1024
    directory: int = 100_000
    members: int = 5_000
    inspected_members: int = 200
    nesting: int = 3
    json: int = 96 * 1024 * 1024
    columns: int = 20_000
    cells: int = 12_000_000
    column_cells: int = 400_000_000
    memory: int = 3 * 1024 * 1024 * 1024
    seconds: int = 120
    distinct: int = 10_000
    frame_bytes: int = 192 * 1024 * 1024
    cells_kept: bool = False
    described: bool = True
    warm: bool = False
    knowledge: Knowledge = NOTHING_KNOWN
    identities: tuple[IsIdentity, ...] = ()


DEFAULT = Limits()
