"""What a host hands over for one resource on one day, before and after a defect has been planted in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from atalaya.checks.outcomes import Verdict
from atalaya.samples.tables import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One answer: status, headers and body, the fault of the wire, and what the catalogue declares of it.

    `delay` is the seconds before it; `robots` is the robots.txt of its host (None: there is none). `host_state` is `up`, `no_dns`
    (the name does not resolve) or `refused` (the host refuses connections).
    """

    table: Rows
    body: bytes
    format: str | None
    media_type: str | None
    served_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: str = "none"
    delay: float = 0.0
    robots: str | None = None
    host_state: str = "up"
    sound_size: int = 0
    """Bytes of the sound file: what the catalogue declares."""
    checksum: str | None = None
    """The checksum that the catalogue declares, after the name of its algorithm: SHA-1, all that DCAT-AP 2.1.1 allows."""


Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something wrong with one resource, and what it means for each check that it touches.

    `plant` makes the faulty answer from the sound one. `first` are the verdicts at the first look, `lasting` those when the
    same defect is met again on the second day (None: the same). Checks not named keep the verdict of the sound file.
    `kinds` are the kinds of file that it can befall; `quota` is how many are planted; `stars` is what remains of the
    five-star scale (None: as before), `bytes_seen` whether the answer gives bytes to judge: a defect that shows none can appear
    on the second day or be mended by then, the others last, and so do `steady` ones, which readers remember for longer than
    the days are apart. `own_host` names a host made for that resource alone, `header_lost` says that the table has no meaningful
    header, `table_kept` that the planned table is still there to read, `table_shown` that it is there under another format.
    """

    code: str
    note: str
    plant: Callable[[Delivery], Delivery]
    first: Verdicts
    lasting: Verdicts | None = None
    kinds: frozenset[str]
    quota: int
    stars: int | None = None
    bytes_seen: bool = True
    header_lost: bool = False
    table_kept: bool = False
    table_shown: bool = False
    own_host: str | None = None
    steady: bool = False

    def verdicts(self, look: int) -> Verdicts:
        """The verdicts at the given look: 1 is the first, 2 a later day with the same defect."""
        return self.lasting if look > 1 and self.lasting is not None else self.first
