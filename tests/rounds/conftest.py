"""Running rounds over the small country on chosen days, with publishers that misbehave."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.clock import Clock, fixed_clock, stamp
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.catalogues import pack_of_sources
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from tests.hurried import hurried_clock

DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Days:
    """A country, its publishers as a replay folder, and the rounds over it in one home."""

    def __init__(self, pack: Path, replay: Path, home: Path) -> None:
        self.pack, self.replay, self.home = pack, replay, home
        self.pacing: Callable[[], Clock] = hurried_clock

    def observe(self, days: int, *, resume: bool = False, urls: Sequence[str] = ()) -> Sealed:
        """Run one round that many days later, over the country or over single catalogues."""
        pack: CountryPack = pack_of_sources(urls) if urls else read_pack(self.pack)
        moment = DAY + timedelta(days=days)
        with serving(self.replay) as served:
            resolve = self.home.with_suffix(".resolve.json")
            write_resolve(served, resolve)
            settings = replace(read_settings({}, self.home), timeout=5.0, requests_per_second=500.0)
            plan = Plan(settings=settings, clock=fixed_clock(moment), pacing=self.pacing(), resolve=resolve)
            request = Request(pack=pack, as_of=stamp(moment), as_of_stated=True, resume=resume)
            return asyncio.run(observe(plan, request))

    def declare(self, slug: str, **more: object) -> None:
        """Change how a source of the pack is declared."""
        path = self.pack / "sources" / f"{slug}.yml"
        path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **more}), encoding="utf-8")

    def routes(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change `replay.yml`."""
        path = self.replay / "replay.yml"
        document = yaml.safe_load(path.read_text())
        change(document)
        path.write_text(yaml.safe_dump(document), encoding="utf-8")

    def ckan(self, numbers: Sequence[int] | None = None, status: int | None = None) -> None:
        """Let the first source give only these of its packages, or answer a status to everything."""
        if numbers is not None:
            lines = (self.replay / "all.jsonl").read_text(encoding="utf-8").splitlines()
            chosen = [line for line in lines if json.loads(line)["id"] in {f"p{number}" for number in numbers}]
            (self.replay / "packages.jsonl").write_text("\n".join(chosen), encoding="utf-8")
        actions = (
            "package_search",
            "package_list",
            "package_show",
            "current_package_list_with_resources",
            "status_show",
        )

        def change(document: dict[str, Any]) -> None:
            document["services"][0]["fail"] = dict.fromkeys(actions, status) if status else {}

        self.routes(change)

    def dos(self, text: str | None, status: int = 200) -> None:
        """Let the second source answer this text; None makes its catalogue whole again."""

        def change(document: dict[str, Any]) -> None:
            route = next(r for r in document["routes"] if r["url"] == "https://dos.small.example/data.json")
            route.pop("text", None)
            route.pop("file", None)
            route.update({"file": "data.json"} if text is None else {"text": text}, status=status)

        self.routes(change)


@pytest.fixture
def days(small_country: Callable[..., tuple[Path, Path]], tmp_path: Path) -> Days:
    """The small country, ready to be observed day after day."""
    pack, replay = small_country()
    (replay / "all.jsonl").write_text((replay / "packages.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    return Days(pack, replay, tmp_path / "home")
