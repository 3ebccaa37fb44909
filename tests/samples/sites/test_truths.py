"""Truths worked by hand, one case for each rule, as of 5 and 7 January 2026."""

from datetime import date

import pytest

from atalaya.duties.periods import Period
from atalaya.samples.plan import InstitutionPlan
from atalaya.samples.sites.law import LawDuty
from atalaya.samples.sites.plan import Item, Planted, SitePlan, Style
from atalaya.samples.sites.truths import Truth, site_truths

ONE = InstitutionPlan(
    slug="one", name="One", kind="ministry", branch="executive", acronym="O", sector="s", role="r", domain="one.example"
)
STYLE = Style(layout="headings", citing="none", section="Section", article="Art. {article}")
ONCE = LawDuty(id="law-1-1", article="1", numeral="1", everyone=True, openness="text", days=30)
MONTHLY = LawDuty(id="law-1-2", article="1", numeral="2", everyone=True, openness="table", every=1)
PAYROLL = LawDuty(id="law-1-3", article="1", numeral="3", everyone=True, openness="table", months=1, days=30)
YEARLY = LawDuty(id="law-1-4", article="1", numeral="4", everyone=True, openness="any", every=12)


def month(year: int, number: int) -> Period:
    end = date(year + number // 12, number % 12 + 1, 1)
    return Period(date(year, number, 1), date.fromordinal(end.toordinal() - 1))


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def item(form: str, period: Period | None = None) -> Item:
    return Item(form=form, path=f"files/{period}.{form}", text="Get it", period=period)


def truths(duty: LawDuty, manner: str = "published", *items: Item, day: int = 2, **site: object) -> list[Truth]:
    planted = Planted(duty=duty, manner=manner, name="Name", label="Label", path="own.html", items=items)
    layout = str(site.pop("layout", "headings"))
    style = Style(layout=layout, citing="none", section="Section", article="Art. {article}")
    plan = SitePlan(institution=ONE, character="ordinary", style=style, planted=(planted,), **site)  # type: ignore[arg-type]
    return [each for each in site_truths((plan,)) if each.day == day]


def whole(found: list[Truth]) -> tuple[str, int | None]:
    (one,) = [each for each in found if each.period is None]
    return one.standing, one.days_late


@pytest.mark.parametrize(
    ("manner", "standing"),
    [
        ("absent", "missing"),
        ("bare", "heading_only"),
        ("anchor", "heading_only"),
        ("hollow", "heading_only"),
        ("stated", "justified"),
        ("letter", "justified"),
        ("folder", "unknown"),
    ],
)
def test_what_is_not_published(manner: str, standing: str) -> None:
    assert whole(truths(ONCE, manner)) == (standing, None)
    assert len(truths(MONTHLY, manner)) == 1, "nothing is said of the periods of what is not there"


@pytest.mark.parametrize(("form", "standing"), [("pdf", "current"), ("page", "current"), ("scan", "not_open")])
def test_the_form_of_what_has_no_periods(form: str, standing: str) -> None:
    assert whole(truths(ONCE, "published", item(form))) == (standing, None)


def test_a_year_that_was_followed_by_another_is_late_since_that_one_was_due() -> None:
    # 2024 followed 2023 and was due 30 days after its end, on 30 January 2025: 342 days before 7 January 2026.
    assert whole(truths(ONCE, "published", item("pdf", year(2023)))) == ("late", 342)
    # 2025 follows 2024 and is due on 30 January 2026.
    assert whole(truths(ONCE, "published", item("pdf", year(2024)))) == ("current", None)


def test_a_monthly_term_ends_with_the_month() -> None:
    served = [item("csv", month(2025, number)) for number in (10, 11, 12)]
    assert whole(truths(MONTHLY, "published", *served)) == ("current", None)
    # November was due on its last day, 38 days before 7 January.
    assert whole(truths(MONTHLY, "published", item("csv", month(2025, 10)))) == ("late", 38)
    assert whole(truths(MONTHLY, "published", item("csv", month(2025, 10)), day=1)) == ("late", 36)


def test_a_series_by_its_evidence_has_thirty_days_more() -> None:
    # November was due on 30 December; December is due on 30 January.
    assert whole(truths(PAYROLL, "published", item("xlsx", month(2025, 11)))) == ("current", None)
    assert whole(truths(PAYROLL, "published", item("xlsx", month(2025, 10)))) == ("late", 8)


def test_every_period_from_the_first_to_the_last_that_is_due_or_there() -> None:
    found = truths(PAYROLL, "published", *(item("csv", month(2025, number)) for number in (6, 7, 9)))
    periods = [(each.period, each.standing, each.days_late) for each in found if each.period]
    assert periods == [
        ("2025-06", "current", None),
        ("2025-07", "current", None),
        ("2025-08", "missing", 99),  # due on 30 September
        ("2025-09", "current", None),
        ("2025-10", "missing", 38),  # due on 30 November
        ("2025-11", "missing", 8),
    ]
    assert next(each.gaps for each in found if each.period is None) == ("2025-08",)
    assert whole(found) == ("late", 38)


def test_late_goes_before_not_open() -> None:
    assert whole(truths(PAYROLL, "published", item("scan", month(2025, 11)))) == ("not_open", None)
    assert whole(truths(PAYROLL, "published", item("scan", month(2025, 9))))[0] == "late"


def test_a_yearly_term_ends_with_the_year() -> None:
    assert whole(truths(YEARLY, "published", item("scan", year(2025)))) == ("current", None)
    assert whole(truths(YEARLY, "published", item("scan", year(2024)))) == ("late", 7)


def test_a_dead_site_says_nothing_and_a_scripted_one_only_to_a_browser() -> None:
    (dead,) = truths(MONTHLY, "published", item("csv", month(2025, 1)), outage="refused")
    assert (dead.standing, dead.without_browser, dead.days_late, dead.gaps) == ("unknown", "unknown", None, ())
    scripted = truths(MONTHLY, "published", item("csv", month(2025, 12)), layout="scripted")
    assert {each.standing for each in scripted} == {"current"}
    assert {each.without_browser for each in scripted} == {"unknown"}


def test_the_address_of_the_evidence() -> None:
    (one,) = truths(ONCE, "published", item("pdf"))
    assert one.url == "https://www.one.example/files/None.pdf"
    assert truths(ONCE, "absent")[0].url == "https://www.one.example/"
    assert truths(ONCE, "hollow")[0].url == "https://www.one.example/own.html"
