"""Strict reading for XML: paths, what counts, and what is left unread."""

from xml.etree.ElementTree import fromstring

from atalaya.harvest.elements import Tree
from atalaya.harvest.fields import Ledger


def uses(xml: str, ignored: dict[str, str], *taken: tuple[str, ...], **more: object) -> dict[str, str]:
    """What became of every path of a document of which these texts are taken."""
    ledger = Ledger({})
    root = fromstring(xml)
    tree = Tree(ledger, ignored, **more)  # type: ignore[arg-type]
    for path in taken:
        tree.node(root).words(*path)
    tree.close(root)
    return {use.path: f"{use.reading} {use.count}" for use in ledger.fields}


def test_every_text_is_mapped_ignored_or_unread() -> None:
    xml = "<r><a>1</a><a>2</a><b><c>3</c><d/></b><e f='4' xsi='x'/></r>"
    assert uses(xml, {"b.c": "why", "@xsi": "why"}, ("a",)) == {
        "a": "mapped 2",
        "b.c": "ignored 1",
        "b.d": "unread 1",
        "e@f": "unread 1",
        "e@xsi": "ignored 1",
    }


def test_what_lies_below_an_ignored_end_of_a_path_is_ignored_unless_taken() -> None:
    xml = "<r><x><p><n>1</n><m>2</m></p></x><p2><n>3</n></p2></r>"
    assert uses(xml, {"p": "why"}, ("x", "p", "m")) == {"x.p.n": "ignored 1", "x.p.m": "mapped 1", "p2.n": "unread 1"}


def test_classes_stay_out_of_striped_paths_and_blank_values_say_nothing() -> None:
    xml = "<MD><title><CharacterString>T</CharacterString></title><abstract/><date><CI_Date><date> </date></CI_Date></date></MD>"
    assert uses(xml, {}, striped=True) == {"title": "unread 1"}


def test_nested_elements_show_once() -> None:
    xml = "<r><Layer><Name>a</Name><Layer><Layer><Name>b</Name></Layer></Layer></Layer></r>"
    assert uses(xml, {}, nested=("Layer",)) == {"Layer.Name": "unread 2"}


def test_namespaces_do_not_matter() -> None:
    assert uses("<r xmlns:x='urn:1' xmlns:y='urn:2'><x:a>1</x:a><y:a>2</y:a></r>", {}, ("a",)) == {"a": "mapped 2"}


def test_deep_documents_are_walked() -> None:
    xml = "<r>" + "<a>" * 5_000 + "1" + "</a>" * 5_000 + "</r>"
    assert sum(reading.startswith("unread") for reading in uses(xml, {}, nested=("a",)).values()) == 1
