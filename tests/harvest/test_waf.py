"""Web-accessible folders: listings of every make, folders in folders, records that cannot be read."""

from typing import Any

import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import waf
from atalaya.harvest.protocol import Harvest
from atalaya.harvest.visits import Refusal, Visit
from atalaya.harvest.waf_listings import is_listing, read_listing
from tests.harvest.exemplars.exemplar import Item
from tests.harvest.exemplars.iso_record import record

URL = "https://datos.example/waf/"
APACHE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN"><html><head><title>Index of /waf</title></head><body>
<h1>Index of /waf</h1><table><tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th></tr>
<tr><td><a href="/">Parent Directory</a></td></tr><tr><td><a href="a.xml"><img src="/i.gif"></a></td><td><a href="a.xml">a.xml</a>
</td></tr><tr><td><a href="b%20c.XML">b c.XML</a></td></tr><tr><td><a href="sub/">sub/</a></td></tr>
<tr><td><a href="readme.txt">readme.txt</a></td></tr></table></body></html>"""
NGINX = """<html>\r\n<head><title>Index of /waf/</title></head>\r\n<body>\r\n<h1>Index of /waf/</h1><hr><pre><a href="../">../</a>
<a href="sub/">sub/</a>    05-Jan-2026 12:00   -\r\n<a href="a.xml">a.xml</a>  05-Jan-2026 12:00  1K
<a href="b%20c.XML">b c.XML</a>\r\n<a href="readme.txt">readme.txt</a></pre><hr></body>\r\n</html>"""
IIS = """<html><head><title>datos.example - /waf/</title></head><body><H1>datos.example - /waf/</H1><hr>

<pre><A HREF="/">[To Parent Directory]</A><br><br> 1/5/2026 12:00 PM   &lt;dir&gt; <A HREF="/WAF/sub/">sub</A><br>
 1/5/2026 12:00 PM  123 <A HREF="/WAF/a.xml">a.xml</A><br> <A HREF="/WAF/b%20c.XML">b c.XML</A><br>
 <A HREF="/WAF/readme.txt">readme.txt</A></pre><hr></body></html>"""
LIGHTTPD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Index of /waf/</title></head><body><h2>Index of /waf/</h2><table>
<tr><td><a href="../">Parent Directory</a>/</td></tr><tr><td><a href="sub/">sub</a>/</td></tr>
<tr><td><a href="a.xml">a.xml</a></td></tr><tr><td><a href="b%20c.XML">b c.XML</a></td></tr>
<tr><td><a href="readme.txt">readme.txt</a></td></tr></table></body></html>"""
PYTHON = """<!DOCTYPE HTML><html lang="en"><head><meta charset="utf-8"><title>Directory listing for /waf/</title></head><body>
<h1>Directory listing for /waf/</h1><hr><ul><li><a href="a.xml">a.xml</a></li><li><a href="b%20c.XML">b c.XML</a></li>
<li><a href="sub/">sub/</a></li><li><a href="readme.txt">readme.txt</a></li></ul><hr></body></html>"""

JETTY = """<!DOCTYPE html><html lang="en"><head><title>Directory: /waf/</title></head><body>
<h1 class="title">Directory: /waf/</h1>
<table class="listing"><tbody><tr><td class="name"><a href="a.xml">a.xml&nbsp;</a></td></tr>
<tr><td class="name"><a href="b%20c.XML">b c.XML&nbsp;</a></td></tr><tr><td class="name"><a href="sub/">sub/&nbsp;</a></td></tr>
<tr><td class="name"><a href="readme.txt">readme.txt</a></td></tr></tbody></table></body></html>"""
CADDY = """<!DOCTYPE html><html><head><title>waf</title></head><body>
<header><h1><a href="/">/</a><a href="./">waf</a></h1></header>
<table><tr><td><a href="./sub/"><span class="name">sub/</span></a></td></tr><tr><td><a href="./a.xml">a.xml</a></td></tr>
<tr><td><a href="./b%20c.XML">b c.XML</a></td></tr>
<tr><td><a href="./readme.txt">readme.txt</a></td></tr></table></body></html>"""


def visit(body: str | bytes, url: str = URL) -> Visit:
    content = body.encode() if isinstance(body, str) else body
    return Visit(url, Answer(requested_url=url, final_url=url, status=200), content, None)


def listing(*hrefs: str, title: str = "Index of /waf") -> str:
    links = "".join(f'<a href="{href}">{href}</a>\n' for href in hrefs)
    return f"<html><head><title>{title}</title></head><body>{links}</body></html>"


def names(harvested: Harvest) -> list[str | None]:
    return [dataset.native_id for dataset in harvested.datasets]


async def read(web: Any, source: Any, pages: Any, url: str = URL) -> tuple[Harvest, list[str]]:
    site = web(pages)
    return await waf.harvest(source(url, "waf"), site), site.asked


@pytest.mark.parametrize(
    ("body", "folder"),
    [
        (APACHE, "waf"),
        (NGINX, "waf"),
        (IIS, "WAF"),
        (LIGHTTPD, "waf"),
        (PYTHON, "waf"),
        (JETTY, "waf"),
        (CADDY, "waf"),
    ],
    ids=["apache", "nginx", "iis", "lighttpd", "python", "jetty", "caddy"],
)
def test_listings_of_every_make(body: str, folder: str) -> None:
    root = f"https://datos.example/{folder}/"
    found = read_listing(visit(body))
    assert is_listing(visit(body))
    assert found.records == (f"{root}a.xml", f"{root}b%20c.XML")
    assert found.folders == (f"{root}sub/",)
    assert found.others >= 1
    assert found.ends


@pytest.mark.parametrize(
    "href",
    [
        "https://other.example/waf/a.xml",
        "//other.example/waf/a.xml",
        "http://datos.example:8080/waf/a.xml",
        "../other/a.xml",
        "/other/a.xml",
        "?C=N;O=D",
        "/waf/",
        "./",
        "mailto:ana@a.example",
        "javascript:void(0)",
        "ftp://datos.example/waf/a.xml",
        "%2e%2e/a.xml",
        "http://[broken/a.xml",
    ],
)
def test_links_that_lead_out_are_not_followed(href: str) -> None:
    found = read_listing(visit(listing(href)))
    assert (found.records, found.folders) == ((), ())


def test_queries_of_records_and_a_base_are_kept() -> None:
    assert read_listing(visit(listing("a.xml?v=2"))).records == (f"{URL}a.xml?v=2",)
    based = '<html><head><base href="/waf/x/"><title>Index of</title></head><body><a href="a.xml">a</a></body></html>'
    assert read_listing(visit(based)).records == (f"{URL}x/a.xml",)


@pytest.mark.parametrize("body", ["<html><![bogus[x]]><a href='a.xml'>", "<html>&#" + "9" * 5000 + ";<a href='a.xml'>"])
def test_pages_that_the_parser_cannot_stand_break_off(body: str) -> None:
    assert not read_listing(visit(body)).ends


async def test_folders_are_followed_downwards(web: Any, source: Any) -> None:
    pages = {
        URL: listing("a.xml", "sub/", "../", "/"),
        f"{URL}a.xml": record(Item(id="a")),
        f"{URL}sub/": listing("b.xml", "deep/", "../", "/waf/"),
        f"{URL}sub/b.xml": record(Item(id="b")),
        f"{URL}sub/deep/": listing("c.xml"),
        f"{URL}sub/deep/c.xml": record(Item(id="c")),
    }
    found, asked = await read(web, source, pages)
    assert (found.state, found.reason, names(found)) == ("complete", None, ["a", "b", "c"])
    assert len(asked) == len(set(asked)) == 6
    assert {use.path: use.count for use in found.fields}["listing.link[record]"] == 3


@pytest.mark.parametrize("title", ["waf", "waf/", "/waf/", "/waf"])
def test_a_title_that_is_the_name_or_the_path_of_the_folder_says_listing(title: str) -> None:
    assert is_listing(visit(listing("a.xml", title=title)))
    assert not is_listing(visit(listing("a.xml", title=title), "https://datos.example/metadatos/"))
    assert not is_listing(visit(listing("a.xml", title=title), "https://datos.example/waf"))


@pytest.mark.parametrize("title", ["sub/", "Archivos", "", "S3 Browser"])
async def test_a_folder_below_is_read_whatever_wrote_its_page(title: str, web: Any, source: Any) -> None:
    pages = {
        URL: listing("./m.xml", "./sub/", title="waf/"),
        f"{URL}m.xml": record(Item(id="m")),
        f"{URL}sub/": listing("./n.xml", title=title),
        f"{URL}sub/n.xml": record(Item(id="n")),
    }
    found, _ = await read(web, source, pages)
    assert (found.state, names(found)) == ("complete", ["m", "n"])


@pytest.mark.parametrize(
    ("below", "state", "reason"),
    [
        (listing("https://other.example/n.xml", title="Welcome"), "partial", "page_failed"),
        ("<html><body><div id=app></div></body></html>", "partial", "page_failed"),
        ("<ListBucketResult/>", "partial", "page_failed"),
        (listing(title="Index of /waf/sub"), "complete", None),
    ],
    ids=["page", "script", "bucket", "empty listing"],
)
async def test_a_folder_below_of_which_nothing_can_be_read_leaves_it_partial(
    below: str, state: str, reason: str | None, web: Any, source: Any
) -> None:
    pages = {URL: listing("m.xml", "sub/"), f"{URL}m.xml": record(Item(id="m")), f"{URL}sub/": below}
    found, _ = await read(web, source, pages)
    assert (found.state, found.reason, names(found)) == (state, reason, ["m"])
    assert (f"{URL}sub/" in (found.detail or "")) is (state == "partial")


async def test_folders_that_never_end_are_bounded(web: Any, source: Any) -> None:
    class Deep(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return record(Item(id=url)) if url.endswith(".xml") else listing("a.xml", "x/")

    site = Deep()
    found = await waf.harvest(source(URL, "waf"), site)
    assert (found.state, found.reason) == ("partial", "incomplete")
    assert len(found.datasets) == waf.DEPTH_LIMIT + 1


async def test_records_are_bounded(web: Any, source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waf, "RECORDS_LIMIT", 1)
    pages = {URL: listing("a.xml", "b.xml"), f"{URL}a.xml": record(Item(id="a")), f"{URL}b.xml": record(Item(id="b"))}
    found, _ = await read(web, source, pages)
    assert (found.state, found.reason, names(found)) == ("partial", "incomplete", ["a"])


@pytest.mark.parametrize(
    ("body", "state", "reason"),
    [
        (b"<gmd:MD_Metadata", "partial", "page_failed"),
        (b"", "partial", "page_failed"),
        ((404, b"no"), "partial", "page_failed"),
        (b"<html><body>Login</body></html>", "partial", "page_failed"),
        (b"<root/>", "complete", None),
        (record(Item(id="b")).replace('codeListValue="dataset"', 'codeListValue="service"').encode(), "complete", None),
    ],
    ids=["cut", "empty", "404", "html", "no record", "service"],
)
async def test_a_record_that_cannot_be_read_is_a_problem_and_the_others_stand(
    body: Any, state: str, reason: str | None, web: Any, source: Any
) -> None:
    pages = {URL: listing("a.xml", "b.xml"), f"{URL}a.xml": record(Item(id="a")), f"{URL}b.xml": body}
    found, _ = await read(web, source, pages)
    assert (found.state, found.reason, names(found)) == (state, reason, ["a"])
    assert len(found.problems) == 1
    assert f"{URL}b.xml" in found.problems[0].place


async def test_a_host_that_falls_silent_is_left_alone(web: Any, source: Any) -> None:
    hrefs = [f"{number}.xml" for number in range(100)]
    pages: dict[str, Any] = {URL: listing(*hrefs), f"{URL}0.xml": record(Item(id="a"))}
    pages |= {f"{URL}{href}": Failure.TIMEOUT for href in hrefs[1:]}
    found, asked = await read(web, source, pages)
    assert (found.state, found.reason) == ("partial", "page_failed")
    assert len(asked) == 2 + waf.SILENCES_LIMIT
    assert "99 of 100" in (found.detail or "")


async def test_a_listing_that_breaks_off_is_partial(web: Any, source: Any) -> None:
    pages = {URL: listing("a.xml", "b.xml").partition('<a href="b')[0], f"{URL}a.xml": record(Item(id="a"))}
    found, _ = await read(web, source, pages)
    assert (found.state, found.reason, names(found)) == ("partial", "incomplete", ["a"])


async def test_a_listing_of_nothing(web: Any, source: Any) -> None:
    found, _ = await read(web, source, {URL: listing("readme.txt")})
    assert (found.state, found.reason) == ("failed", "no_datasets")
    found, _ = await read(web, source, {URL: listing("readme.txt", title="Welcome")})
    assert (found.state, found.reason) == ("failed", "html")


async def test_one_record_is_a_source(web: Any, source: Any) -> None:
    url = f"{URL}a.xml"
    found, _ = await read(web, source, {url: record(Item(id="a"))}, url)
    assert (found.state, names(found)) == ("complete", ["a"])


async def test_a_record_without_an_identifier_is_identified_by_its_address(web: Any, source: Any) -> None:
    fgdc = "<metadata><idinfo><citation><citeinfo><title>T</title></citeinfo></citation></idinfo></metadata>"
    pages = {URL: listing("a.xml", "b.xml"), f"{URL}a.xml": fgdc, f"{URL}b.xml": fgdc}
    found, _ = await read(web, source, pages)
    assert names(found) == [f"{URL}a.xml", f"{URL}b.xml"]


@pytest.mark.parametrize(
    ("body", "claimed"),
    [
        (listing("a.xml"), True),
        (listing("a.xml", title="datos.example - /waf/"), True),
        (listing("readme.txt"), False),
        (listing("a.xml", title="Welcome"), False),
        (record(Item(id="a")), True),
        ("<metadata><idinfo/></metadata>", True),
        ("<metadata><title/></metadata>", False),
        ("<rss/>", False),
        (f"<GetRecordsResponse><SearchResults>{record(Item(id='a'))}</SearchResults></GetRecordsResponse>", False),
        (f"<OAI-PMH><ListRecords>{record(Item(id='a'))}</ListRecords></OAI-PMH>", False),
        ("{}", False),
    ],
)
def test_claims(body: str, claimed: bool) -> None:
    assert (waf.claims(visit(body)) is None) == claimed


def test_a_refusal_says_why() -> None:
    refusal = waf.claims(visit(b'<?xml version="1.0" encoding="UTF-8"?><root>\xe9</root>'))
    assert isinstance(refusal, Refusal)
    assert "Windows-1252" in refusal.detail
