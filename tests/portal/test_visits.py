"""A visitor who only follows links comes to every type of page, in both languages."""

from atalaya.portal.visits import OF_PEOPLE, page_types, visit_all


def test_links_lead_to_every_type_of_page(site: str) -> None:
    visits = list(visit_all(f"{site}/"))
    never = page_types() - {visit.type for visit in visits}
    assert {kind for kind in never if kind.partition(":")[2] not in OF_PEOPLE} == set()
    assert {visit.status for visit in visits} == {200}
    assert len(visits) == len(page_types()) - len(never)
