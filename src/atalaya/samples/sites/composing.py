"""The plan of every sample site from the seed: who has which character, and what it does about each duty of the law."""

import random
import re
from dataclasses import replace

from atalaya.duties.periods import Period
from atalaya.samples.plan import AS_OF, InstitutionPlan
from atalaya.samples.sites.characters import CHARACTERS, Character
from atalaya.samples.sites.law import LawDuty
from atalaya.samples.sites.plan import CLOSED_FORMS, OPEN_FORMS, SAMPLE_FORMS, Item, Planted, SitePlan, Style
from atalaya.samples.sites.spans import YEAR, newest_due, series_months, shifted
from atalaya.samples.sites.wording import (
    abbreviated,
    cited,
    duty_words,
    mistyped,
    site_texts,
    spelled,
    unaccented,
)

AS_OF_DAY = AS_OF[1].date()
"""The day that sites are made for; no period comes due between the two days of the sample."""

_PERIODS = ("words", "of", "short", "digits", "iso", "month")
_FILES = ("opaque", "words", "numeral")
_MONTHLY = (3, 5)
_ON_PAPER = (1, 2)
_LONGER = (2, 3)
"""Fewest and most periods of a series of months, of one of paper, which is slow to read, and of one of longer periods."""
_LAG = {1: (4, 10)}
_LONG_LAG = (2, 4)
"""Periods that a late series lacks, of months and of longer periods."""
_LETTERS = 0.3
"""Share of justifications that are letters."""
_STALE = 0.2
"""Share of things in time, without a series, that say of which year they are."""


def compose_sites(
    seed: int, institutions: tuple[InstitutionPlan, ...], law: tuple[LawDuty, ...]
) -> tuple[SitePlan, ...]:
    """The sites of a sample country under a law, in order of institution; the same seed gives equal plans."""
    rng = random.Random(f"{seed}/sites")  # noqa: S311 - a sample that must repeat, no secret
    owners = rng.sample(institutions, len(CHARACTERS))
    sites = [_Composer(seed, law, *each).site() for each in zip(owners, CHARACTERS, strict=True)]
    return tuple(sorted(sites, key=lambda site: site.institution.slug))


class _Composer:
    """Plans one site."""

    def __init__(self, seed: int, law: tuple[LawDuty, ...], institution: InstitutionPlan, character: Character) -> None:
        self._law = law
        self._rng = random.Random(f"{seed}/sites/{institution.slug}")  # noqa: S311 - no secret
        self._institution = institution
        self._character = character
        self._style = self._styled()
        self._used: set[str] = set()

    def site(self) -> SitePlan:
        """The plan of the site."""
        outages = self._character.outages
        obliged = [duty for duty in self._law if duty.obliges(self._institution)]
        return SitePlan(
            institution=self._institution,
            character=self._character.id,
            style=self._style,
            planted=tuple(self._planted(duty, obliged) for duty in obliged),
            outage=self._rng.choice(outages) if outages else None,
        )

    def _styled(self) -> Style:
        rng, texts, character = self._rng, site_texts(), self._character
        files = tuple(way for way in _FILES if way != "numeral" or not character.mislabelled)
        return Style(
            layout=rng.choice(character.layouts),
            citing=rng.choice(character.citations),
            section=rng.choice(texts["sections"]),
            article=rng.choice(texts["article"]),
            casing=rng.choice(character.casings),
            periods=rng.choice(_PERIODS),
            files=rng.choice(files),
            abbreviates=character.abbreviates,
            sitemap=character.sitemap,
        )

    def _planted(self, duty: LawDuty, obliged: list[LawDuty]) -> Planted:
        words = duty_words().get(duty.key)
        if words is None:  # a duty that the words do not know is published nowhere
            return Planted(duty=duty, manner="absent", name="", label="", path="")
        share = self._share(duty)
        name = self._rng.choice(words["names"])
        label, wrong = self._label(name, duty, obliged)
        planted = Planted(
            duty=duty, manner=share, name=name, label=label, path=self._path(duty, name), mislabelled=wrong
        )
        if share in ("open", "late", "closed"):
            return replace(planted, manner="published", items=self._items(duty, share, name))
        if share == "stated":
            return self._stated(planted)
        if share == "folder":
            host = self._rng.choice(site_texts()["shared_hosts"])
            return replace(planted, outside=host.format(key=f"1{self._rng.getrandbits(96):024x}"))
        return planted

    def _stated(self, planted: Planted) -> Planted:
        """A sentence on a page, or a letter; where all paper is scanned nobody reads letters."""
        text = self._rng.choice(site_texts()["justifications"])
        said = replace(planted, statement=text.format(name=planted.name, institution=self._institution.name))
        if self._character.scans or self._rng.random() >= _LETTERS:
            return said
        return replace(said, manner="letter", items=(self._item(planted.duty, "pdf", planted.name, None),))

    def _share(self, duty: LawDuty) -> str:
        shares = dict(self._character.shares)
        if not CLOSED_FORMS[duty.openness]:
            shares["open"] = shares.get("open", 0) + shares.pop("closed", 0)
        elif self._character.scans:  # a picture is never open where the law asks for more
            shares.pop("open")
        if duty.ahead:
            shares.pop("late", None)
        return self._rng.choices(list(shares), list(shares.values()))[0]

    def _label(self, name: str, duty: LawDuty, obliged: list[LawDuty]) -> tuple[str, bool]:
        rng, style, character = self._rng, self._style, self._character
        numeral, wrong = duty.numeral, rng.random() < character.mislabelled
        if wrong:
            others = [each.numeral for each in obliged if each.article == duty.article and each is not duty]
            numeral, wrong = (rng.choice(others), True) if others else (numeral, False)
        if rng.random() < character.mistyped:
            name = mistyped(name, rng)
        if style.abbreviates and rng.random() < 0.5:
            name = abbreviated(name)
        label = cited(name, style.citing, duty.article, numeral)
        if style.casing in ("upper", "upper_bare"):
            label = label.upper()
        return (unaccented(label) if style.casing in ("bare", "upper_bare") else label), wrong

    def _items(self, duty: LawDuty, share: str, name: str) -> tuple[Item, ...]:
        months = series_months(duty)
        form = self._form(duty, closed=share == "closed")
        if duty.ahead:
            months = None
        if months is None:
            return self._single(duty, form, name, late=share == "late")
        form = "docx" if form == "page" else form  # a page has no series
        newest = newest_due(duty, months, AS_OF_DAY)
        if share == "late":
            least, most = _LAG.get(months, _LONG_LAG)
            last = shifted(newest, months, -self._rng.randint(least, most))
        else:
            following = shifted(newest, months, 1)
            last = following if following.last < AS_OF_DAY and self._rng.random() < 0.3 else newest
        count = self._rng.randint(*(_LONGER if months > 1 else _ON_PAPER if form in ("pdf", "scan") else _MONTHLY))
        periods = [shifted(last, months, -back) for back in range(count)]
        if months == 1 and count > 2 and self._rng.random() < self._character.gaps:
            del periods[self._rng.randrange(1, count - 1)]
        return tuple(self._item(duty, form, name, period) for period in periods)

    def _single(self, duty: LawDuty, form: str, name: str, *, late: bool) -> tuple[Item, ...]:
        year = None
        if late:
            year = shifted(newest_due(duty, YEAR, AS_OF_DAY), YEAR, -self._rng.randint(2, 5))
        elif not duty.ahead and form != "page" and self._rng.random() < _STALE:
            year = newest_due(duty, YEAR, AS_OF_DAY)
        if year is not None and form == "page":
            form = "docx"
        return (self._item(duty, form, name, year),)

    def _form(self, duty: LawDuty, *, closed: bool) -> str:
        forms = CLOSED_FORMS[duty.openness] if closed else SAMPLE_FORMS[duty.openness]
        if self._character.scans:
            forms = ("scan",)
        if duty.documents and "page" not in duty.documents:
            forms = tuple(form for form in forms if form != "page")
        form = self._rng.choice(forms)
        assert closed is (form not in OPEN_FORMS[duty.openness]) or self._character.scans
        return form

    def _item(self, duty: LawDuty, form: str, name: str, period: Period | None) -> Item:
        if form == "page":
            return Item(form=form, path="", text="")
        ending = "pdf" if form == "scan" else form
        stem = {
            "opaque": f"archivos/doc{self._rng.randrange(10_000, 99_999)}",
            "words": f"descargas/{slug(name)}",
            "numeral": f"files/art{duty.article}/n{duty.numeral}",
        }[self._style.files]
        if period is not None and self._style.files != "opaque":
            stem = f"{stem}-{spelled(period, 'iso').replace(' ', '-').lower()}"
        text = self._rng.choice(site_texts()["documents"])
        if period is not None:
            text = self._dated(name, period)
        return Item(form=form, path=self._unused(stem, ending), text=text, period=period)

    def _dated(self, name: str, period: Period) -> str:
        """The text of a link to what is about a period: the period alone, or after the name."""
        way = self._style.periods
        said = spelled(period, "words" if way == "month" and self._style.layout == "frames" else way)
        return f"{name} {said}" if self._rng.random() < 0.3 else said

    def _path(self, duty: LawDuty, name: str) -> str:
        stem = {
            "opaque": f"ver-{self._rng.randrange(100, 999)}",
            "words": slug(name),
            "numeral": f"articulo-{duty.article}-numeral-{duty.numeral}",
        }[self._style.files]
        return self._unused(f"transparencia/{stem}", "html")

    def _unused(self, stem: str, ending: str) -> str:
        path, again = f"{stem}.{ending}", 1
        while path in self._used:
            again += 1
            path = f"{stem}-{again}.{ending}"
        self._used.add(path)
        return path


def slug(text: str) -> str:
    """A text as part of an address, cut at six words."""
    return "-".join(re.findall(r"[a-z0-9]+", unaccented(text).lower())[:6])
