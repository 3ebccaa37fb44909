"""The address guard: literals, spellings, DNS answers, ports, credentials."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.fetch.answers import Failure
from atalaya.fetch.guard import Refusal, forbidden, judge, literal, vet
from atalaya.fetch.urls import parse

NEVER = [
    "http://0.0.0.0/",
    "http://0/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://2852039166/",  # 169.254.169.254 as one number
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fd20:ce::254]/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[ff02::1]/",
    "http://[2001:0:7f00:1::]/",  # Teredo, which hides two IPv4 addresses
]
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.255.255.254:8080/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://017700000001/",
    "http://0177.0.0.01/",
    "http://127.0.0.1./",
    "http://127%2e0%2e0%2e1/",
    "http://%31%32%37.0.0.1/",
    "http://１２７.0.0.1/",
    "http://127\u30020\u30020\u30021/",
    "http://①②⑦.0.0.1/",
    "http://10.0.0.8/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://192.0.2.1/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fec0::1]/",
    "http://[2001:db8::1]/",
    "http://localhost/",
    "http://LOCALHOST:8080/",
    "http://a.localhost/",
    "http://localhost./",
]
PUBLIC = [
    "http://1.1.1.1/",
    "http://190.56.1.2/",
    "http://172.32.0.1/",
    "http://100.128.0.1/",
    "http://[2606:4700:4700::1111]/",
    "http://[::ffff:1.1.1.1]/",
    "http://[64:ff9b::1.1.1.1]/",
    "https://datos.example/",
    "http://datos.example:8080/",
]


@pytest.mark.parametrize("url", NEVER)
@pytest.mark.parametrize("local", [False, True])
def test_metadata_link_local_and_multicast_are_refused_always(url: str, local: bool) -> None:
    refusal = judge(parse(url), local)
    assert refusal is not None
    assert refusal.failure is Failure.ADDRESS


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_need_a_local_source(url: str) -> None:
    refusal = judge(parse(url), local=False)
    assert refusal is not None
    assert refusal.failure is Failure.ADDRESS
    assert judge(parse(url), local=True) is None


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_pass(url: str) -> None:
    assert judge(parse(url), local=False) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://datos.example@127.0.0.1/",
        "http://user:secret@datos.example/",
        "http://127.0.0.1:80@datos.example/",
        "http://datos.example%40@127.0.0.1/",
        "http://@datos.example@x.example/",
    ],
)
def test_credentials_are_refused(url: str) -> None:
    refusal = judge(parse(url), local=True)
    assert refusal is not None
    assert refusal.failure is Failure.ADDRESS


def test_a_backslash_ends_the_host_as_in_browsers() -> None:
    assert parse("http://datos.example\\@127.0.0.1/").host == "datos.example"


@pytest.mark.parametrize("port", [21, 22, 25, 110, 143, 465, 587, 6000, 6667])
def test_ports_of_other_services_are_refused(port: int) -> None:
    refusal = judge(parse(f"http://datos.example:{port}/"), local=True)
    assert refusal is not None
    assert refusal.detail == f"port {port} is not one of the web"


@pytest.mark.parametrize("url", ["http://[1:2:3]/", "http://[::1::2]/", "http://[12345::]/"])
def test_a_literal_that_cannot_be_is_no_address(url: str) -> None:
    refusal = judge(parse(url), local=True)
    assert refusal is not None
    assert refusal.failure is Failure.URL


async def vetted(answers: list[str] | OSError, local: bool = False) -> tuple[str, ...] | Refusal:
    async def lookup(_host: str, _port: int) -> list[str]:
        if isinstance(answers, OSError):
            raise answers
        return answers

    return await vet(parse("https://datos.example/"), local, lookup)


async def test_the_connection_goes_to_the_judged_addresses() -> None:
    assert await vetted(["1.1.1.1", "1.1.1.1", "2606:4700:4700::1111"]) == ("1.1.1.1", "2606:4700:4700::1111")


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["1.1.1.1", "::1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"]]
)
async def test_one_forbidden_answer_of_dns_condemns_all(answers: list[str]) -> None:
    refusal = await vetted(answers)
    assert isinstance(refusal, Refusal)
    assert refusal.failure is Failure.ADDRESS
    assert "10.0.0.1" not in refusal.detail


async def test_a_local_source_may_resolve_to_a_private_address_but_not_to_metadata() -> None:
    assert await vetted(["10.0.0.1"], local=True) == ("10.0.0.1",)
    assert isinstance(await vetted(["169.254.169.254"], local=True), Refusal)


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), False),
        (socket.gaierror(socket.EAI_AGAIN, "later"), True),
        (OSError("no resolver"), True),
    ],
)
async def test_names_that_do_not_resolve(error: OSError, transient: bool) -> None:
    refusal = await vetted(error)
    assert refusal == Refusal(Failure.DNS, "the name does not resolve", transient)


async def test_an_empty_answer_of_dns_is_none() -> None:
    assert await vetted([]) == Refusal(Failure.DNS, "the name does not resolve")


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_every_spelling_of_a_private_address_is_refused(ip: object) -> None:
    a, b, c, d = (int(part) for part in str(ip).split("."))
    number = (a << 24) + (b << 16) + (c << 8) + d
    spellings = (
        str(number), hex(number), f"0{number:o}", f"{a}.{(b << 16) + (c << 8) + d}", f"{a}.{b}.{(c << 8) + d}",
        f"0{a:o}.0x{b:x}.{c}.{d}", f"[::ffff:{ip}]",
    )  # fmt: skip
    assert all(judge(parse(f"http://{host}/"), local=False) is not None for host in spellings)


@given(st.ip_addresses())
def test_local_never_permits_less(ip: object) -> None:
    address = literal(str(ip))
    assert address is not None
    assert forbidden(address, local=False) or not forbidden(address, local=True)
