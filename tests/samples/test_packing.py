"""The pack of the sample country leads publishers to institutions as planned."""

from pathlib import Path

import pytest

from atalaya.countries.attribution import attribute, index_attribution
from atalaya.countries.reader import read_pack
from atalaya.samples.packing import write_pack
from atalaya.samples.plan import AS_OF, CODE, DAYS
from atalaya.samples.planning import make_plan
from atalaya.samples.records import listed_records


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_publishers_lead_to_the_planned_institutions(seed: int, tmp_path: Path) -> None:
    country = make_plan(seed)
    write_pack(tmp_path, country)
    pack = read_pack(tmp_path)
    index = index_attribution(pack)
    wrong = []
    for plan in country.sources:
        source = next(source for source in pack.sources if source.id == plan.id)
        for dataset, record in zip(plan.listed(DAYS[0]), listed_records(plan, DAYS[0]), strict=True):
            found = attribute(record.dataset, source, index, {}, AS_OF[1].isoformat())
            expected = None if dataset.institution is None else f"{CODE}:{dataset.institution}"
            if found.institution_id != expected:
                wrong.append((dataset.publisher, expected, found.institution_id, found.how))
    assert wrong == []


def test_hosts_have_rates_and_sources_may_be_local(tmp_path: Path) -> None:
    country = make_plan(1)
    write_pack(tmp_path, country)
    pack = read_pack(tmp_path)
    assert all(source.local for source in pack.sources)
    for source in country.sources:
        for dataset in source.datasets:
            assert all(pack.rates[resource.host.name] >= 200 for resource in dataset.resources)
