"""Edges of `catalogue_dates_varied`: few dates, one exception, midnight."""

from datetime import timedelta

from atalaya.checks.catalogue.catalogue_dates_varied import LEAST, rule
from atalaya.checks.example_cases import AS_OF, catalogue_case


def test_one_other_date_is_enough() -> None:
    assert rule(catalogue_case(dated=9, same_day=8, same_moment=8, common_day=AS_OF)).reason == "ok"


def test_few_dates_say_nothing() -> None:
    few = LEAST - 1
    assert rule(catalogue_case(dated=few, same_day=few, same_moment=few, common_day=AS_OF)).reason == "too_few"


def test_a_day_of_another_time_zone_is_the_same() -> None:
    case = catalogue_case(dated=9, same_day=9, same_moment=9, common_day=AS_OF - timedelta(days=1))
    assert rule(case).reason == "one_moment"
