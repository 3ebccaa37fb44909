"""Where the pages stand: the few sections of every header, the rest in every footer, and all of them on the map of the site.

A new page gets one line in `PAGES`, beside those of its group, and the Spanish of its two texts in `portal.po`. The map shows
it at once. A page of one thing among many, an institution or a dataset, has no line: its list has.
"""

from dataclasses import dataclass
from itertools import groupby

FIGURES, DATA, DUTIES, METHOD, MACHINES, PEOPLE = (
    "Figures",
    "Data and documents",
    "What the law says",
    "How it is done",
    "For machines",
    "Take part",
)
PLANS = "What was promised"
GROUPS = (FIGURES, DATA, DUTIES, PLANS, PEOPLE, METHOD, MACHINES)
"""The groups of the map, in the order in which they stand on it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the map: the name of its address, its group, its title, and in one line what is found there."""

    name: str
    group: str
    title: str
    line: str


PAGES = (
    Place("home", FIGURES, "Home", "The national figure, what changed, and where to begin."),
    Place("ranking", FIGURES, "Index", "Who stands where in each group, with the interval of every figure."),
    Place(
        "institutions", FIGURES, "Institutions", "Every body of the register: its score, why, and what to mend first."
    ),
    Place(
        "municipality",
        FIGURES,
        "My municipality",
        "Chosen by its department: its figure, its duties, and who is like it.",
    ),
    Place("comparison", FIGURES, "Compare institutions", "Up to four side by side, with what cannot be told apart."),
    Place("moves", FIGURES, "Compare editions", "What moved from one edition to the next, and why."),
    Place(
        "weights",
        FIGURES,
        "Other weights",
        "The ranking if other things counted more, and how sure it is as it stands.",
    ),
    Place("charts", FIGURES, "Charts and map", "The figures as drawings, each with its table and its files."),
    Place("changes", FIGURES, "Changes", "Datasets that are new, changed or gone since the edition before."),
    Place(
        "international", FIGURES, "International", "What indices of others say of the country, each with its source."
    ),
    Place("search", DATA, "Search", "Everything at once: institutions, data, files, duties, checks and pages."),
    Place("datasets", DATA, "Data", "Every dataset that institutions publish, by words and filters."),
    Place(
        "topics", DATA, "Topics", "Thematic observatories: what a question needs, what there is, and what is missing."
    ),
    Place(
        "topic_guide",
        DATA,
        "A topic of your own",
        "How to observe a topic that matters to you, with a file and a command.",
    ),
    Place("findings", DATA, "Findings", "Every fault that was found, with its proof and how to mend it."),
    Place("replies", DATA, "Answers", "What institutions answered to findings and duties, and how it was ruled."),
    Place("communiques", PLANS, "Communiqués", "What institutions announce, what it is about, and what was corrected."),
    Place("plans", PLANS, "Plans", "What was promised, what changed since, and who says how it stands."),
    Place("plans_compared", PLANS, "Plans compared", "From the first plan to the last, in one table."),
    Place("plan_search", PLANS, "Search commitments", "Commitments of all plans by their words."),
    Place(
        "follow_up",
        PLANS,
        "Follow-up",
        "What is next, late and silent: table, committees and commitments in one place.",
    ),
    Place("bodies", PLANS, "Bodies", "Technical table and committees: what each is for, and who sits in it."),
    Place("meetings", PLANS, "Sessions", "What was called, who was there, what was reported and what was not."),
    Place("agreements", PLANS, "Agreements", "What sessions agreed, who is to do it, and what is overdue."),
    Place(
        "standards", PLANS, "Agreed standards", "Schemas and templates that institutions and civil society agree on."
    ),
    Place("compliance", PLANS, "Duties of membership", "What the partnership asks for, last fulfilled and next due."),
    Place("vanished", DATA, "Vanished", "What was published once and is there no more, with the last good copy."),
    Place("sources", DATA, "Sources", "Every catalogue and site that was read, and how that ended."),
    Place("duties", DUTIES, "Duties", "What the law obliges to publish, article by article, and who complies."),
    Place("letter", DUTIES, "Request letters", "A request for information under the law, filled in for you."),
    Place(
        "calendar",
        DUTIES,
        "What falls due",
        "Terms of the law and promised renewals of the next days, to subscribe to.",
    ),
    Place(
        "index_computation",
        METHOD,
        "How it is computed",
        "The tree of the index with its weights, formulas and measures.",
    ),
    Place("languages", METHOD, "Languages", "Names in further languages, and what awaits a translator."),
    Place("method", METHOD, "Method", "How every figure is made, with each check and its remedy."),
    Place("site_map", METHOD, "All pages", "This page: everything that there is here, in one list."),
    Place(
        "downloads",
        MACHINES,
        "Downloads",
        "Everything of each observation in open formats, signed, to check and compute again.",
    ),
    Place(
        "sparql", MACHINES, "Questions in SPARQL", "Ask the catalogue of all datasets in the language of linked data."
    ),
    Place("open_data", MACHINES, "For machines", "APIs, linked data, feeds and badges for programs."),
)
"""All pages that have an address of their own. ONE LINE A PAGE, beside those of its group."""

HEADER = ("institutions", "ranking", "datasets", "duties", "plans")
"""The sections of every header: few enough for one glance and two lines of a phone."""

FOOTER = ("method", "sources", "changes", "findings", "downloads", "open_data", "site_map")
"""What every footer leads to besides."""

_BY_NAME = {place.name: place for place in PAGES}


def header() -> tuple[Place, ...]:
    """The pages of the header, in their order."""
    return tuple(_BY_NAME[name] for name in HEADER)


def footer() -> tuple[Place, ...]:
    """The pages of the footer, in their order."""
    return tuple(_BY_NAME[name] for name in FOOTER)


def site() -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """Every group that has pages, with them, in the order of the map."""
    placed = sorted(PAGES, key=lambda place: GROUPS.index(place.group))
    return tuple((group, tuple(members)) for group, members in groupby(placed, key=lambda place: place.group))
