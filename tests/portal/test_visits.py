"""A visitor who only follows links comes to every type of page, in both languages."""

from atalaya.portal.visits import page_types, visit_all


def test_links_lead_to_every_type_of_page(site: str) -> None:
    visits = list(visit_all(f"{site}/"))
    assert {visit.type for visit in visits} == page_types()
    assert {visit.status for visit in visits} == {200}
    assert len(visits) == len(page_types())
