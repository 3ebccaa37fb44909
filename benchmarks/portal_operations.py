"""What is in the middle when a process of the portal dies: a round, an edition, an upload, a version. Django is set up before.

Each operation is begun by one request, ends by itself or by a worker, may be asked for again where nobody answered, and tells
what is wrong with what came of it. `shows`: pages change by it; `lasts`: a worker goes on with it after the answer.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.utils import timezone

from atalaya.countries.reader import read_pack
from atalaya.history.read import open_sealed
from atalaya.portal.accounts import services as accounts
from atalaya.portal.files.models import StoredFile
from atalaya.portal.observatory.models import Edition
from atalaya.portal.publishing.models import Version
from atalaya.portal.rounds import services as rounds
from atalaya.portal.rounds.models import Observed, Publication, Round
from atalaya.portal.rounds.states import PUBLISHED, SEALED, UNFINISHED
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.requests import RoundOrder, carry_out
from atalaya.store.observations import find
from benchmarks.many_workers import write_country
from benchmarks.portal_processes import Answer, Portal

HOSTS, RATE = 8, 40.0
INSTITUTION = "zz:uno"
DESCRIBED = (
    ("description", "Lo que gastó cada lugar inventado durante un año inventado."), ("contact", "datos@inventada.example"),
    ("licence", "CC-BY-4.0"), ("frequency", "ANNUAL"), ("theme", "GOVE"), ("language", "es"),
)  # fmt: skip
Told = Iterator[str]


@dataclass(slots=True)
class World:
    """The portal, its people by the keys of their sessions, and the replay of its publishers. `published`: file → its bytes."""

    portal: Portal
    folder: Path
    resources: int
    stack: ExitStack
    people: dict[str, str] = field(default_factory=dict)
    published: dict[str, bytes] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def replay_more(self) -> None:
        """The publishers list more than they did, so that another round gives another edition."""
        number = next(self.numbers)
        _, replay = write_country(self.folder / f"replay-{number}", self.resources + 3 * number, HOSTS, RATE)
        self.stack.close()
        write_resolve(self.stack.enter_context(serving(replay)), self.folder / "resolve.json")


def people(world: World, pack: Path) -> None:
    """Accounts of the three who act, with their sessions, and the country as the portal's rounds know it."""
    roles: dict[str, dict[str, Any]] = {
        "focal": {"role": "focal_point", "institution": INSTITUTION},
        "analyst": {"role": "analyst"},
        "administrator": {"role": "administrator"},
    }
    for name, role in roles.items():
        user = accounts.add_user(f"{name}@inventada.example")
        accounts.grant(accounts.CONSOLE, user, accounts.Grant(**role))
        TOTP.activate(user, generate_totp_secret())
        client = Client()
        client.force_login(user)
        world.people[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    rounds.declare(read_pack(pack))
    Observed.objects.update(resolve=str(world.folder / "resolve.json"))


class RoundOperation:
    """A round that an analyst begins and a worker runs. Nothing of it is shown before it is published."""

    name = "round"
    lasts = True
    shows = False

    def __init__(self, world: World) -> None:
        self.world = world
        self.before = set(Round.objects.values_list("pk", flat=True))
        world.replay_more()

    def watched(self, pages: Sequence[str]) -> list[str]:
        return list(pages)

    def ask(self) -> Answer:
        return self.world.portal.ask("/rondas/gestion/nueva/", self.world.people["analyst"], [("sites", "off")])

    def begun(self) -> bool:
        return bool(Round.objects.exclude(pk__in=self.before).exists())

    def ended(self) -> bool:
        found = Round.objects.exclude(pk__in=self.before).first()
        return found is not None and found.state not in UNFINISHED

    def faults(self) -> Told:
        made = list(Round.objects.exclude(pk__in=self.before))
        if len(made) != 1:
            yield f"{len(made)} rounds were made, not one"
        for each in made:
            if each.state != SEALED:
                yield f"the round is {each.state}: {each.reason}"
            elif Publication.objects.filter(observation=each.observation).count() != 1:
                yield "the sealed round is not one edition"
            else:
                yield from self._differences(each)

    def _differences(self, made: Round) -> Told:
        """What the round sealed, against the same round run again without any death."""
        home, country = self.world.portal.home, Observed.objects.get(code=made.country)
        folder = find(home, made.observation)
        killed, aside = open_sealed(folder).manifest.content_hashes(), self.world.folder / "aside"
        folder.rename(aside)
        order = RoundOrder(home=str(home), pack=country.pack, as_of=made.as_of, resolve=country.resolve)
        last = list(carry_out(order))[-1]
        if "sealed" not in last:
            yield f"the undisturbed round could not be run: {last}"
        else:
            undisturbed = open_sealed(folder).manifest.content_hashes()
            yield from (
                f"table {name} has other contents than undisturbed"
                for name in sorted(killed.keys() | undisturbed.keys())
                if killed.get(name) != undisturbed.get(name)
            )
            folder.rename(self.world.folder / f"undisturbed-{made.pk}")
        aside.rename(folder)


class EditionOperation:
    """The edition of the last round, approved by one person, is published by another; a worker then loads it."""

    name = "edition"
    lasts = True
    shows = True

    def __init__(self, world: World) -> None:
        self.world = world
        found = Publication.objects.exclude(state=PUBLISHED).first()
        assert found is not None, "a round came before"
        self.observation = str(found.observation)
        self.place = f"/rondas/gestion/ediciones/{self.observation}/"
        self._step("analyst", "open_reply")
        Publication.objects.filter(pk=found.pk).update(reply_until=timezone.now())
        self._step("analyst", "approve")

    def watched(self, pages: Sequence[str]) -> list[str]:
        return list(pages)

    def ask(self) -> Answer:
        return self._step("administrator", "publish")

    def begun(self) -> bool:
        return bool(Publication.objects.filter(observation=self.observation, state=PUBLISHED).exists())

    def ended(self) -> bool:
        return bool(Edition.objects.filter(newest=True, observation=self.observation).exists())

    def faults(self) -> Told:
        found = Publication.objects.get(observation=self.observation)
        if not self.ended() or found.state != PUBLISHED:
            yield f"the edition is {found.state} and {'' if self.ended() else 'not '}shown"
        if found.approved_by_id in (None, found.published_by_id):
            yield "the edition was not published by two people"

    def _step(self, who: str, step: str) -> Answer:
        return self.world.portal.ask(self.place, self.world.people[who], [("step", step)])


class UploadOperation:
    """An institution sends the first file of a dataset: it is examined, kept, and shown to nobody."""

    name = "upload"
    lasts = False
    shows = False

    def __init__(self, world: World) -> None:
        self.world, self.title = world, f"Gasto inventado {next(world.numbers)}"
        seed = len(self.title) + next(world.numbers)
        rows = (f"Lugar {row},{(row * 7919 + seed) % 9973}\n" for row in range(20_000))
        self.content = ("municipio,monto\n" + "".join(rows)).encode()

    def watched(self, pages: Sequence[str]) -> list[str]:
        return ["/publicado/", "/publicado/catalogo.ttl", *pages[:2]]

    def ask(self) -> Answer:
        form = [("institution", INSTITUTION), ("title", self.title)]
        return self.world.portal.ask("/publicar/nuevo/", self.world.people["focal"], form, ("gasto.csv", self.content))

    def begun(self) -> bool:
        return bool(Version.objects.filter(title=self.title).exists())

    ended = begun

    def faults(self) -> Told:
        found = list(Version.objects.filter(title=self.title))
        if len(found) != 1:
            yield f"{len(found)} versions came of one upload"
        for each in found:
            if each.original.sha256 != hashlib.sha256(self.content).hexdigest():
                yield "the upload is not what was sent"
            if each.state != "draft":
                yield f"what was sent is {each.state}"


class VersionOperation:
    """The file of the last upload is described, sent to review, and published by an analyst in one request."""

    name = "version"
    lasts = False
    shows = True

    def __init__(self, world: World) -> None:
        self.world = world
        self.version = Version.objects.select_related("publication", "original").filter(state="draft").latest("pk")
        self.place = f"/publicar/{self.version.pk}/"
        described = [("step", "describe"), ("title", self.version.title), *DESCRIBED]
        for form in ([("step", "choose"), ("choice", "original")], described, [("step", "submit")]):
            world.portal.ask(self.place, world.people["focal"], form)
        self.public = f"/publicado/{INSTITUTION.partition(':')[2]}/{self.version.publication.slug}/"

    def watched(self, pages: Sequence[str]) -> list[str]:
        return ["/publicado/", "/publicado/catalogo.ttl", self.public, f"{self.public}1.csv", *pages[:2]]

    def ask(self) -> Answer:
        return self.world.portal.ask(self.place, self.world.people["analyst"], [("step", "accept")])

    def begun(self) -> bool:
        return bool(Version.objects.filter(pk=self.version.pk, state="published").exists())

    ended = begun

    def faults(self) -> Told:
        found = Version.objects.get(pk=self.version.pk)
        if (found.state, found.number) != ("published", 1):
            yield f"the version is {found.state} with the number {found.number}"
        self.world.published[f"{self.public}1.csv"] = _bytes_of(self.world.portal.home, self.version.original.sha256)


OPERATIONS: tuple[Callable[[World], Any], ...] = (RoundOperation, EditionOperation, UploadOperation, VersionOperation)
"""In this order each finds what it needs of those before it."""


def lasting_faults(world: World) -> Told:
    """What must hold after every death, whatever was in the middle: bytes of every row, and of every published version."""
    for sha256 in set(StoredFile.objects.values_list("sha256", flat=True)):
        if hashlib.sha256(_bytes_of(world.portal.home, sha256)).hexdigest() != sha256:
            yield f"the bytes of {sha256[:12]} are not there, or others"
    for place, content in world.published.items():
        if world.portal.ask(place).body != content:
            yield f"{place} does not give its bytes"


def _bytes_of(home: Path, sha256: str) -> bytes:
    path = home / "uploads" / sha256[:2] / sha256
    return path.read_bytes() if path.is_file() else b""


def half_shown(before: dict[str, str], after: dict[str, str], seen: Sequence[dict[str, str]], operation: Any) -> Told:
    """Pages that showed anything but what stood before or what stands after; an operation that shows nothing changes none."""
    for path in before:
        good = {before[path], after[path]}
        if bad := {each[path] for each in seen} - good:
            yield f"{path} showed {', '.join(sorted(bad))}, neither before nor after"
        if not operation.shows and len(good) > 1:
            yield f"{path} changed, and nothing was published"
    if operation.shows and before == after:
        yield "no watched page shows what was published"


def wait_until(said: Callable[[], bool], seconds: float) -> bool:
    """Whether something came true in time."""
    until = time.monotonic() + seconds
    while not said():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


LEFT_OUT = re.compile(r"^(/en)?/(cuenta|reportar|rondas|estatico|publicado|noticias)/|\.(csv|xlsx|json|ics|pdf|css)$")
"""Pages that tell of accounts, of what goes on now, and files: not part of what an edition shows."""
