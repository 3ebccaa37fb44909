"""Sites as sources: derived from the register, beside those that a pack declares, and what is read of each."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from atalaya.countries.pack import SITE, CountryPack, Institution
from atalaya.exceptions import SettingsError
from atalaya.rounds.mentions import best_links
from atalaya.rounds.site_sources import with_sites
from tests.rounds.crawling_round import DAY, pack_of, round_over


def bodies(*sites: str | None) -> CountryPack:
    found = tuple(
        Institution(id=f"zz:b{n}", name=f"Cuerpo {n}", kind="ministry", site=site) for n, site in enumerate(sites)
    )
    return replace(pack_of("https://declarado.example/"), institutions=(*pack_of("x").institutions, *found))


def test_every_site_of_the_register_becomes_a_source_and_declared_ones_stay() -> None:
    pack = bodies("https://a.example/", None, "no address", "http://b.example")
    pack = replace(
        pack, institutions=(replace(pack.institutions[0], site="https://otro.example"), *pack.institutions[1:])
    )
    sources = {source.id: source for source in with_sites(pack).sources}
    assert {id_: source.url for id_, source in sources.items()} == {
        "zz:site-uno": "https://declarado.example/",
        "zz:site-b0": "https://a.example/",
        "zz:site-b3": "http://b.example",
    }
    assert {source.protocol for source in sources.values()} == {SITE}
    assert sources["zz:site-b0"].title == {"es": "Cuerpo 0"}


def test_a_browser_that_is_not_there_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"ATALAYA_BROWSER is '/no/such/browser'"):
        round_over("http://127.0.0.1:9/", tmp_path, browser="/no/such/browser")


def test_a_dead_site_is_failed_and_ends_no_round(tmp_path: Path) -> None:
    sealed = round_over("http://127.0.0.1:9/", tmp_path, moment=DAY + timedelta(days=1))
    (site,) = sealed.rows("sites")
    assert (site["state"], site["reason"], site["pages_read"]) == ("failed", "address", 0)
    (history,) = sealed.rows("histories", "level = 'page'")
    assert history["hidden_since"] is not None


def test_of_several_links_the_one_of_the_section_with_the_longest_text_speaks() -> None:
    def link(text: str, section: bool, chrome: bool = False) -> dict[str, object]:
        return {"text": text, "section": section, "chrome": chrome, "path": [], "link_id": text, "mention_id": "m"}

    found = best_links(
        [
            link("Una larga noticia sobre otra cosa que no importa", section=False),
            link("Ver", section=True),
            link("Numeral 8", section=True),
            link("Menú del sitio con numeral 8", section=True, chrome=True),
        ]
    )
    assert [(mention, row["text"]) for mention, row in found.items()] == [("m", "Numeral 8")]
