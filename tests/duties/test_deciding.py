"""Verdicts: every standing worked by hand, and what must hold whatever a site shows."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.countries.pack import Duty, DutyEvidence, UpdateRule
from atalaya.duties.claims import Claim
from atalaya.duties.deciding import judge
from atalaya.duties.judging import Before, Question
from atalaya.duties.matches import Match
from atalaya.duties.mentions import DocumentContent, Mention, MentionKind
from atalaya.duties.periods import Period
from atalaya.duties.sentences import REASONS
from atalaya.duties.site_reading import SiteReading
from atalaya.duties.verdicts import Evidence, Standing

AS_OF = date(2026, 3, 31)
SITE = "https://office.example/"
BY_CHANGE = UpdateRule(id="change", law="open", title={}, within_days=30)
MONTHLY = UpdateRule(id="monthly", law="open", title={}, every="P1M", within_days=30)
YEARLY = UpdateRule(id="yearly", law="open", title={}, every="P1Y")
BEFORE = UpdateRule(id="before", law="open", title={}, hours_before=24)


def month(year, number):
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def year(number):
    return Period(date(number, 1, 1), date(number, 12, 31))


def content(format_="csv", **changes):
    facts = {
        "status": 200,
        "sha256": "ab",
        "size": 900,
        "format": format_,
        "words": 80,
        "tables": (("a", "b"),),
        "rows": 9,
    }
    if format_ not in ("csv", "xlsx"):
        facts |= {"tables": (), "rows": 0}
    return DocumentContent(**{**facts, **changes})


def claim(name="file", *periods, kind=MentionKind.DOCUMENT, of=None, sure=True, score=None, **changes):
    mention = Mention(
        id=name,
        source_id="zz:office",
        kind=kind,
        url=SITE + name,
        page_url=SITE + "law",
        text=name,
        path=("Law",),
        clicks=2,
        content=content() if of is None and kind is MentionKind.DOCUMENT else of,
    )
    score = (0.95 if sure else 0.6) if score is None else score
    match = Match(mention_id=name, duty_id="open-1-1", score=score, sure=sure, periods=periods)
    return Claim(mention=mention, match=match, **changes)


def site(read=True, whole=True):
    looked_at = (Evidence(url=SITE + "law", text="Law"),)
    return SiteReading(source_id="zz:office", url=SITE, read=read, whole=whole, looked_at=looked_at)


def asked(*claims, rule=BY_CHANGE, openness="table", period=None, reading=None, before=None, as_of=AS_OF):
    duty = Duty(
        id="open-1-1",
        law="open",
        article="1",
        numeral="1",
        name={"en": "Purchases"},
        obliged=("all",),
        update=rule.id,
        openness=openness,
        evidence=DutyEvidence(period=period),
    )
    return Question(
        institution_id="zz:office",
        duty=duty,
        rule=rule,
        site=reading or site(),
        as_of=as_of,
        claims=claims,
        before=before or {},
    )


def whole(*claims, **changes):
    return judge(asked(*claims, **changes))[0]


def told(verdict):
    return verdict.standing.value, verdict.reason, verdict.days_late


def by_period(*claims, **changes):
    return {str(verdict.period): told(verdict) for verdict in judge(asked(*claims, **changes))[1:]}


GONE = content(status=404, sha256=None, format=None)
DOWN = content(status=503, sha256=None, format=None)
SCAN = content("pdf", scanned=True, words=0)
PDF = content("pdf", words=400)


# Duties without periods: openness `table` unless a row says otherwise.
@pytest.mark.parametrize(
    ("claims", "changes", "expected"),
    [
        ([claim()], {}, ("current", "published", None)),
        ([claim(of=PDF)], {}, ("not_open", "no_table", None)),
        ([claim(of=SCAN)], {}, ("not_open", "scan", None)),
        ([claim(of=SCAN)], {"openness": "text"}, ("not_open", "scan", None)),
        ([claim(of=SCAN)], {"openness": "any"}, ("current", "published", None)),
        ([claim(of=PDF)], {"openness": "text"}, ("current", "published", None)),
        ([claim(of=content("pdf", words=0))], {"openness": "text"}, ("not_open", "no_text", None)),
        ([claim(of=content(None))], {}, ("not_open", "unreadable", None)),
        ([claim(of=PDF), claim("table")], {}, ("current", "published", None)),
        ([claim(of=GONE)], {}, ("heading_only", "broken_link", None)),
        ([claim(of=content(size=0))], {}, ("heading_only", "empty_file", None)),
        ([claim(of=content(rows=0))], {}, ("heading_only", "empty_file", None)),
        ([claim(kind=MentionKind.HEADING)], {}, ("heading_only", "heading", None)),
        ([claim(kind=MentionKind.PAGE, of=content("html", words=3))], {}, ("heading_only", "empty_page", None)),
        ([claim(kind=MentionKind.PAGE, of=content("html"))], {"openness": "text"}, ("current", "published", None)),
        ([claim(kind=MentionKind.PAGE, of=content("html"))], {}, ("not_open", "page_only", None)),
        ([claim(kind=MentionKind.FORM)], {}, ("not_open", "form", None)),
        ([claim(kind=MentionKind.VIEWER, of=content("html"))], {}, ("not_open", "viewer", None)),
        ([claim(kind=MentionKind.VIEWER)], {}, ("unknown", "viewer_not_read", None)),
        ([claim(kind=MentionKind.SHARED_FOLDER)], {}, ("unknown", "folder_not_read", None)),
        ([claim(kind=MentionKind.SHARED_FOLDER, of=content("html"))], {}, ("not_open", "shared_folder", None)),
        ([claim(kind=MentionKind.SHARED_FOLDER, of=GONE)], {}, ("heading_only", "broken_link", None)),
        ([claim(of=DOWN)], {}, ("unknown", "no_answer", None)),
        ([claim(of=DocumentContent())], {}, ("unknown", "no_answer", None)),
        ([claim(of=SCAN), claim("table", of=DOWN)], {}, ("unknown", "no_answer", None)),
        ([], {}, ("missing", "not_found", None)),
        ([], {"reading": site(whole=False)}, ("unknown", "read_in_part", None)),
        ([claim(kind=MentionKind.HEADING)], {"reading": site(whole=False)}, ("unknown", "read_in_part", None)),
        ([claim()], {"reading": site(whole=False)}, ("current", "published", None)),
        ([claim()], {"reading": site(read=False)}, ("unknown", "site_unreadable", None)),
        ([claim(sure=False)], {}, ("unknown", "waits_for_person", None)),
        ([claim(sure=False, score=0.4)], {}, ("missing", "not_found", None)),
        ([claim(sure=False, of=GONE)], {}, ("missing", "not_found", None)),
        ([claim(sure=False, ruling=True)], {}, ("current", "published", None)),
        ([claim(sure=False, ruling=False)], {}, ("missing", "not_found", None)),
        ([claim(ruling=False)], {}, ("missing", "not_found", None)),
        ([claim(of=SCAN), claim("b", sure=False)], {}, ("unknown", "waits_for_person", None)),
        ([claim(justification="It does not apply.")], {}, ("justified", "justified", None)),
        ([claim(justification="It does not apply."), claim("b")], {}, ("current", "published", None)),
        ([claim(nothing="No purchases.", of=SCAN)], {}, ("current", "nothing_to_report", None)),
    ],
)
def test_a_duty_without_periods(claims, changes, expected):
    assert told(whole(*claims, **changes)) == expected


# What says of itself that it is of 2023 wants its next by 31 December 2024 and 30 days: 30 January 2025, 425 days before AS_OF.
@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim("a", year(2023))], ("late", "older", 425)),
        ([claim("a", year(2025))], ("current", "published", None)),
        ([claim("a", year(2024))], ("late", "older", 60)),
        ([claim("a", year(2023)), claim("b", year(2025))], ("current", "published", None)),
        ([claim("a", year(2023)), claim("b")], ("current", "published", None)),
        ([claim("a", year(2023), of=SCAN)], ("late", "older", 425)),
        # January 2026 wants February, due on 28 February and 30 days: 30 March, one day before.
        ([claim("a", month(2026, 1))], ("late", "older", 1)),
        ([claim("a", month(2026, 2))], ("current", "published", None)),
        # A day is taken for its year, and what spans several years says nothing of the next.
        ([claim("a", Period(date(2025, 5, 9), date(2025, 5, 9)))], ("current", "published", None)),
        ([claim("a", Period(date(2016, 1, 1), date(2020, 12, 31)))], ("current", "published", None)),
        ([claim("a", year(2023)), claim("b", year(2025), sure=False)], ("unknown", "waits_for_person", None)),
    ],
)
def test_what_is_older_than_the_term_allows_is_late(claims, expected):
    assert told(whole(*claims)) == expected


def test_a_late_scan_is_late_and_not_open():
    verdict = whole(claim("a", year(2023), of=SCAN))
    assert (verdict.standing, verdict.open) == (Standing.LATE, False)


# Monthly with 30 days: on 31 March 2026 February is due on 30 March and January on 2 March; March is not due.
def test_a_series_of_months_that_is_whole():
    claims = [claim(f"m{n}", month(2025, n)) for n in (11, 12)] + [claim(f"n{n}", month(2026, n)) for n in (1, 2)]
    verdict = whole(*claims, rule=MONTHLY)
    assert (told(verdict), verdict.gaps, verdict.period) == (("current", "published", None), (), None)
    assert by_period(*claims, rule=MONTHLY) == dict.fromkeys(
        ("2025-11", "2025-12", "2026-01", "2026-02"), ("current", "published", None)
    )


def test_gaps_and_the_months_after_the_last_that_is_there():
    claims = [claim("a", month(2025, 10)), claim("b", month(2025, 12), of=PDF)]
    verdict = whole(*claims, rule=MONTHLY)
    # January was due on 2 March, 29 days before.
    assert told(verdict) == ("late", "older", 29)
    assert [str(gap) for gap in verdict.gaps] == ["2025-11"]
    assert verdict.open is False
    assert by_period(*claims, rule=MONTHLY) == {
        "2025-10": ("current", "published", None),
        "2025-11": ("missing", "not_found", 91),
        "2025-12": ("not_open", "no_table", None),
        "2026-01": ("missing", "not_found", 29),
        "2026-02": ("missing", "not_found", 1),
    }


def test_a_quarter_covers_its_months_and_a_year_that_goes_on_those_over_when_it_changed():
    quarter = Period(date(2025, 10, 1), date(2025, 12, 31))
    going_on = claim("b", year(2026), of=content(first_seen=date(2026, 1, 5), changed=date(2026, 2, 3)))
    assert by_period(claim("a", quarter), going_on, rule=MONTHLY) == {
        **{f"2025-{n}": ("current", "published", None) for n in (10, 11, 12)},
        "2026-01": ("current", "published", None),
        "2026-02": ("missing", "not_found", 1),
    }


def test_nothing_to_report_is_current_for_its_period_alone():
    claims = [claim("a", month(2026, 1)), claim("b", month(2026, 2), nothing="There were no purchases.")]
    assert by_period(*claims, rule=MONTHLY)["2026-02"] == ("current", "nothing_to_report", None)
    assert told(whole(claims[1], rule=MONTHLY)) == ("current", "nothing_to_report", None)
    assert told(whole(claims[0], rule=MONTHLY)) == ("late", "older", 1)


def test_a_period_that_waits_leaves_the_whole_open():
    claims = [claim("a", month(2026, 1)), claim("b", month(2026, 2), sure=False)]
    assert by_period(*claims, rule=MONTHLY)["2026-02"] == ("unknown", "waits_for_person", None)
    assert told(whole(*claims, rule=MONTHLY)) == ("unknown", "waits_for_person", None)


def test_what_could_not_be_looked_at_and_says_no_period_may_be_any_that_is_missing():
    claims = [claim("a", month(2026, 1)), claim("b", of=DOWN)]
    assert told(whole(*claims, rule=MONTHLY)) == ("unknown", "no_answer", None)


def test_a_series_on_a_site_read_in_part_is_late_for_nobody():
    verdict = whole(claim("a", month(2025, 12)), rule=MONTHLY, reading=site(whole=False))
    assert told(verdict) == ("unknown", "read_in_part", None)


def test_a_year_is_due_at_its_end_where_the_rule_gives_no_days():
    assert told(whole(claim("a", year(2025)), rule=YEARLY)) == ("current", "published", None)
    # 2025 was due on 31 December 2025.
    assert told(whole(claim("a", year(2024)), rule=YEARLY)) == ("late", "older", 90)
    assert told(whole(claim("a", month(2025, 3)), rule=YEARLY)) == ("current", "published", None)


def test_what_says_no_period_is_unknown_until_observations_tell():
    new = claim("a", of=content(first_seen=AS_OF, changed=AS_OF))
    assert told(whole(new, rule=MONTHLY)) == ("unknown", "period_not_stated", None)
    renewed = claim("a", of=content(first_seen=date(2025, 6, 1), changed=date(2026, 2, 10)))
    assert told(whole(renewed, rule=MONTHLY)) == ("current", "published", None)
    # Seen on 20 November and the same since: December was due on 30 January, 60 days before.
    same = claim("a", of=content(first_seen=date(2025, 11, 20), changed=date(2025, 11, 20)))
    assert told(whole(same, rule=MONTHLY)) == ("late", "unchanged", 60)
    assert told(whole(claim("a", of=SCAN), rule=MONTHLY)) == ("not_open", "scan", None)
    assert told(whole(claim("a"), period="P1M")) == ("current", "published", None)


def earlier(standing, period=None, days_late=None, as_of=date(2026, 3, 20), **changes):
    evidence = (Evidence(url=SITE + "old", last_seen=as_of),)
    return {period: Before(as_of=as_of, standing=standing, days_late=days_late, evidence=evidence, **changes)}


def test_lateness_needs_nobodys_word():
    january = claim("a", month(2026, 1))
    # January was due on 2 March, and on 20 March it was not there.
    was_missing = earlier(Standing.MISSING, month(2026, 1))
    assert by_period(january, rule=MONTHLY, before=was_missing)["2026-01"] == ("late", "came_late", 18)
    was_late = earlier(Standing.LATE, month(2026, 1), 18)
    assert by_period(january, rule=MONTHLY, before=was_late)["2026-01"] == ("late", "came_late", 18)
    in_time = earlier(Standing.MISSING, month(2026, 1), as_of=date(2026, 3, 2))
    assert by_period(january, rule=MONTHLY, before=in_time)["2026-01"] == ("current", "published", None)
    could_not = earlier(Standing.UNKNOWN, month(2026, 1))
    assert by_period(january, rule=MONTHLY, before=could_not)["2026-01"] == ("current", "published", None)


def test_the_whole_stands_where_it_should_although_its_newest_period_came_late():
    february = claim("a", month(2026, 2))
    verdict = whole(
        february, rule=MONTHLY, before=earlier(Standing.MISSING, month(2026, 2), as_of=AS_OF - timedelta(0))
    )
    assert told(verdict) == ("current", "published", None)


def test_what_is_gone_cites_what_was_there():
    verdict = whole(before=earlier(Standing.CURRENT))
    assert verdict.standing is Standing.MISSING
    assert [each.url for each in verdict.evidence] == [SITE + "old", SITE + "law"]
    assert verdict.evidence[0].last_seen == date(2026, 3, 20)


def test_an_event_is_late_where_the_site_was_read_after_it_was_due_and_did_not_have_it():
    meeting = Period(date(2026, 3, 20), date(2026, 3, 20))
    agenda = claim("a", meeting)
    # It was due on 19 March; the site was read on the 20th and had something else.
    read = earlier(Standing.CURRENT)
    assert by_period(agenda, rule=BEFORE, before=read) == {"2026-03-20": ("late", "came_late", 1)}
    assert told(whole(agenda, rule=BEFORE, before=read)) == ("late", "came_late", 1)
    in_part = earlier(Standing.CURRENT, whole=False)
    assert told(whole(agenda, rule=BEFORE, before=in_part)) == ("current", "published", None)
    assert told(whole(agenda, rule=BEFORE)) == ("current", "published", None)
    known = {**read, **earlier(Standing.CURRENT, meeting)}
    assert told(whole(agenda, rule=BEFORE, before=known)) == ("current", "published", None)


def test_a_page_counts_as_the_documents_that_it_leads_to():
    page = claim("law", kind=MentionKind.PAGE, of=content("html", words=90, links=3))
    assert told(whole(page, openness="text")) == ("current", "published", None)
    assert told(whole(page, claim("scan", of=SCAN), openness="text")) == ("not_open", "scan", None)


def test_evidence_is_the_best_of_what_there_is_and_says_how_far_it_lies():
    verdict = whole(claim("scan", of=SCAN), claim("table"))
    assert [each.url for each in verdict.evidence] == [SITE + "table"]
    assert (verdict.evidence[0].sha256, verdict.evidence[0].path, verdict.clicks) == ("ab", ("Law",), 2)


STATES = st.sampled_from([None, PDF, SCAN, GONE, DOWN, content(size=0), DocumentContent()])
PERIODS = st.sampled_from([(), (month(2026, 2),), (month(2025, 12),), (year(2024),), (month(2026, 3), month(2026, 1))])
CLAIMS = st.builds(
    lambda name, periods, kind, of, sure, ruling, nothing, justification: claim(
        name, *periods, kind=kind, of=of, sure=sure, ruling=ruling, nothing=nothing, justification=justification
    ),
    st.text("abc", min_size=1, max_size=3),
    PERIODS,
    st.sampled_from(MentionKind),
    STATES,
    st.booleans(),
    st.sampled_from([None, True, False]),
    st.sampled_from(["", "nothing"]),
    st.sampled_from(["", "", "no"]),
)
ASKED = {
    "rule": st.sampled_from([BY_CHANGE, MONTHLY, YEARLY, BEFORE]),
    "openness": st.sampled_from(["table", "text", "any"]),
    "period": st.sampled_from([None, "P1M", "P1Y"]),
    "reading": st.builds(site, st.booleans(), st.booleans()),
}


@settings(deadline=None, max_examples=300)
@given(st.lists(CLAIMS, max_size=5), st.fixed_dictionaries(ASKED))
def test_whatever_a_site_shows(claims, changes):
    verdicts = judge(asked(*claims, **changes))
    assert verdicts[0].period is None
    assert all(verdict.period is not None for verdict in verdicts[1:])
    assert len({verdict.period for verdict in verdicts}) == len(verdicts)
    for verdict in verdicts:
        assert verdict.evidence
        assert all(each.url for each in verdict.evidence)
        assert verdict.reason in REASONS
        assert (verdict.days_late or 1) > 0
        if verdict.standing is Standing.LATE:
            assert verdict.days_late is not None
        if verdict.standing in (Standing.MISSING, Standing.HEADING_ONLY):
            assert changes["reading"].whole
        assert changes["reading"].read or verdict.standing is Standing.UNKNOWN
    assert judge(asked(*reversed(claims), **changes)) == verdicts or len({c.mention.id for c in claims}) < len(claims)


@settings(deadline=None, max_examples=200)
@given(st.lists(CLAIMS, max_size=4), st.fixed_dictionaries(ASKED))
def test_an_open_document_of_the_newest_period_makes_any_duty_current(claims, changes):
    changes = {**changes, "reading": site()}
    claims = [each for each in claims if not each.mention.content or not each.mention.content.scanned]
    best = claim("best", month(2026, 2), month(2026, 3), year(2025), year(2026), ruling=True)
    assert judge(asked(best, *claims, **changes))[0].standing is Standing.CURRENT
