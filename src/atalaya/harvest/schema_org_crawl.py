"""Pages that a sitemap or a catalogue names, asked one after the other and read for datasets of schema.org."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from atalaya.catalogue.records import Dataset, FieldUse, Problem, Reading
from atalaya.harvest.fields import IGNORED, MAPPED
from atalaya.harvest.schema_org_pages import read_page
from atalaya.harvest.visits import Refusal, Trail, Visit

PAGES_BUDGET = 600
"""Pages asked in one harvest: ten minutes of a site at the one request a second that a crawl of pages may ask of it."""
TIRED_LIMIT = 5
"""Pages in a row that give no answer or an error of the server, after which the rest of the site is left alone."""


@dataclass
class Crawl:
    """What the pages of a site gave. `answered` are the pages with a dataset, `trouble` is what keeps it from being whole."""

    readings: list[Reading] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    listed: dict[str, Dataset | None] = field(default_factory=dict)
    trouble: Refusal | None = None
    asked: int = 0
    without: int = 0
    failed: int = 0

    def worry(self, refusal: Refusal) -> None:
        """Remember the first thing that makes the harvest less than complete."""
        self.trouble = self.trouble or refusal

    def count(self) -> Reading:
        """A reading without datasets that counts the pages with and without one."""
        counts = (
            ("page with a dataset", MAPPED, len(self.answered)),
            ("page without a dataset", IGNORED, self.without),
        )
        return Reading(
            fields=tuple(FieldUse(path=path, reading=name, count=number) for path, name, number in counts if number)
        )

    def only_listed(self) -> Reading:
        """Datasets of which only a list speaks, because their own page gave none; those without a title are told."""
        left = [(page, said) for page, said in self.listed.items() if page not in self.answered]
        problems = [
            Problem(place=page, reason="named in a list of datasets; its page was not read or gave no dataset")
            for page, said in left
            if said is None
        ]
        return Reading(datasets=tuple(said for _, said in left if said is not None), problems=tuple(problems))


async def crawl(trail: Trail, pages: Iterable[str], known: Crawl | None = None) -> Crawl:
    """Ask these pages in their order, within the budget, and read each. Publishers' failures come back as problems."""
    gathered = Crawl() if known is None else known
    waiting = list(dict.fromkeys(pages))
    tired = 0
    for place, page in enumerate(waiting):
        if gathered.asked >= PAGES_BUDGET:
            gathered.worry(
                Refusal("incomplete", f"{len(waiting) - place} of {len(waiting)} pages are beyond the budget")
            )
            break
        gathered.asked += 1
        visit = await trail.ask(page)
        tired = tired + 1 if is_tired(visit) else 0
        _keep(page, visit, gathered)
        if tired >= TIRED_LIMIT and place + 1 < len(waiting):
            gathered.worry(Refusal("page_failed", f"{TIRED_LIMIT} pages in a row gave no answer; the last was {page}"))
            break
    if gathered.failed:
        gathered.worry(Refusal("page_failed", f"{gathered.failed} of {gathered.asked} pages could not be read"))
    return gathered


def is_tired(visit: Visit) -> bool:
    """Whether an answer says that the server cannot go on: none at all, too many requests, or an error of its own."""
    if visit.refusal is None:
        return False
    status = visit.refusal.status
    return visit.refusal.reason == "unreachable" or (status is not None and (status == 429 or status >= 500))


def _keep(page: str, visit: Visit, gathered: Crawl) -> None:
    outcome = visit.refusal or read_page(visit)
    if not isinstance(outcome, Refusal):
        gathered.answered.add(page)
        gathered.readings.append(outcome.reading)
        for address, said in outcome.listed.items():
            gathered.listed[address] = gathered.listed.get(address) or said
    elif visit.refusal is None and outcome.reason == "no_datasets":
        gathered.without += 1
    else:
        gathered.failed += 1
        gathered.readings.append(Reading(problems=(Problem(place=page, reason=f"{outcome.reason}: {outcome.detail}"),)))
