"""What one client may ask in a while, who a client is, and how one that asks too much is answered."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client, RequestFactory

from atalaya.portal.accounts.allowances import Allowance, forget, wait
from atalaya.portal.core import limits
from atalaya.portal.core.clients import client_address, secret_name
from atalaya.portal.core.limits import Buckets, kind_of


class Watch:
    """A clock that stands until it is told."""

    moment = 0.0

    def __call__(self) -> float:
        return self.moment


def test_a_bucket_gives_its_ten_seconds_at_once_and_then_its_rate() -> None:
    watch = Watch()
    buckets = Buckets(now=watch)
    assert [buckets.wait("pages", "a", 2.0) for _ in range(21)] == [0.0] * 20 + [0.5]
    assert buckets.wait("pages", "b", 2.0) == 0.0
    assert buckets.wait("api", "a", 2.0) == 0.0
    watch.moment = 0.5
    assert [buckets.wait("pages", "a", 2.0) for _ in range(2)] == [0.0, 0.5]
    watch.moment = 1e6
    assert [buckets.wait("pages", "a", 2.0) for _ in range(21)] == [0.0] * 20 + [0.5]


def test_fifty_requests_a_second_from_one_address_are_never_refused_by_default() -> None:
    watch, kinds = Watch(), ("pages", "pages", "api", "search", "downloads")
    buckets = Buckets(now=watch)
    for number in range(6000):
        watch.moment = number / 50
        kind = kinds[number % 5]
        assert buckets.wait(kind, "one", 100 * limits.SHARES[kind]) == 0.0


def test_clients_that_are_remembered_are_bounded() -> None:
    buckets = Buckets(clients=3, now=Watch())
    for number in range(10):
        buckets.wait("pages", str(number), 1.0)
    assert len(buckets._held) == 3


def test_threads_do_not_get_more_together() -> None:
    buckets, given = Buckets(now=Watch()), []
    threads = [
        threading.Thread(target=lambda: given.extend(buckets.wait("pages", "a", 10.0) == 0 for _ in range(100)))
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(given) == 100


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/", "pages"),
        ("/datos/?q=agua", "search"),
        ("/datos/?q=agua&formato=csv", "downloads"),
        ("/api/v1/datasets?q=agua", "api"),
        ("/api/3/action/package_search?q=agua", "api"),
        ("/apiario/", "pages"),
    ],
)
def test_what_kind_of_reading_a_request_is(place: str, kind: str) -> None:
    assert kind_of(RequestFactory().get(place)) == kind


FORWARDED = [
    (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),
    (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
    (1, "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
    (2, "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
    (2, "10.0.0.1", "10.0.0.2", "10.0.0.1"),
    (1, "10.0.0.1", "", "10.0.0.1"),
    (1, "10.0.0.1", "nonsense", "10.0.0.1"),
    (1, "10.0.0.1", "6.6.6.6, <script>", "10.0.0.1"),
    (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
    (1, "10.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
    (0, "::ffff:203.0.113.9", "", "203.0.113.9"),
    (0, "", "", ""),
]


@pytest.mark.parametrize(("proxies", "remote", "forwarded", "address"), FORWARDED)
def test_who_asks_is_told_by_declared_proxies_only(
    monkeypatch: pytest.MonkeyPatch, proxies: int, remote: str, forwarded: str, address: str
) -> None:
    monkeypatch.setattr(settings, "PROXIES", proxies)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == address


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One page a second, and buckets that nobody used yet."""
    monkeypatch.setattr(settings, "CLIENT_RATE", 1.0)
    monkeypatch.setattr(limits, "BUCKETS", Buckets(now=Watch()))


def test_too_much_is_answered_in_the_form_of_what_was_asked(slow: None, new_client: Callable[..., Client]) -> None:
    client = new_client()
    for place in ("/", "/en/", "/api/v1/editions", "/datos/?formato=csv"):
        answers = [client.get(place) for _ in range(11)]
        last = answers[-1]
        assert answers[0].status_code == (429 if place == "/en/" else 200), place
        assert last.status_code == 429
        assert int(last.headers["Retry-After"]) >= 1
        assert "no-store" in last.headers["Cache-Control"]
        if place.startswith("/api"):
            assert last.json() == {"status": 429, "detail": limits.TOO_MUCH.format(seconds=last.headers["Retry-After"])}
            assert last.headers["Access-Control-Allow-Origin"] == "*"
        else:
            title = "Too many requests" if place == "/en/" else "Demasiadas solicitudes"
            assert f"<h1>{title}</h1>" in last.content.decode()
    assert new_client().get("/").status_code == 200, "others are not held up"


THREE = Allowance("three", 3, 60)


def test_an_allowance_is_counted_by_all_processes_together(published_portal: str) -> None:
    def one(_: int) -> float:
        try:
            return wait(THREE, "a", 1)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(one, range(8)))
    assert waits.count(0.0) == 3
    assert all(0 < each <= 20.5 for each in waits if each)
    assert wait(THREE, "b") == 0.0
    forget(THREE, "a", 1)
    assert [wait(THREE, "a", 1) == 0.0 for _ in range(4)] == [True, True, True, False]


def test_an_allowance_comes_back_with_time(published_portal: str) -> None:
    for _ in range(3):
        wait(THREE, "later")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_allowance SET used_until = used_until - interval '20 seconds' WHERE name = %s",
            (secret_name("three", "later"),),
        )
    assert [wait(THREE, "later") == 0.0 for _ in range(2)] == [True, False]


def test_what_is_counted_names_nobody(new_client: Callable[..., Client], published_portal: str) -> None:
    client = new_client()
    client.post("/cuenta/entrar/", {"login": "contada@inventada.example", "password": "x"})
    with connection.cursor() as cursor:
        for table in ("accounts_allowance", "accounts_cache"):
            cursor.execute(f"SELECT to_jsonb(row)::text FROM {table} AS row")
            kept = " ".join(each[0] for each in cursor.fetchall())
            assert "contada" not in kept
            assert client.defaults["REMOTE_ADDR"] not in kept


def test_forms_are_counted_by_address_and_reading_is_not(new_client: Callable[..., Client]) -> None:
    client = new_client()
    statuses = [client.post("/cuenta/clave/olvidada/", {"email": "x"}).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert client.get("/cuenta/clave/olvidada/").status_code == 200
    assert client.post("/api/3/action/status_show", "{}", content_type="application/json").status_code == 200
