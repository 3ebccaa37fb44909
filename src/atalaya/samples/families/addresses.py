"""Family of addresses and titles of resources: encryption, redirects, what ends, and what a title says."""

from collections.abc import Callable
from dataclasses import replace

from atalaya.catalogue.records import Distribution
from atalaya.checks.outcomes import Verdict
from atalaya.samples.families.family import Family, ResourceMark, ResourceSubject, Verdicts
from atalaya.samples.families.states import UNANSWERED
from atalaya.samples.plan import DatasetPlan, ResourcePlan

_WAY = frozenset({"address"})
_NAME = frozenset({"resource_title"})


def _plain(url: str) -> str:
    return url.replace("https://", "http://", 1)


def _with_session(url: str) -> str:
    return f"{url}?PHPSESSID=9f8e7d6c5b4a39281706"


def _signed(url: str) -> str:
    return f"{url}?X-Amz-Expires=3600&X-Amz-Signature=0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def _four_steps(url: str) -> tuple[str, ...]:
    return tuple(url.replace("://", f"://paso{step}.", 1) for step in (1, 2, 3, 4))


def _down(url: str) -> tuple[str, ...]:
    return (_plain(url).replace("/recursos/", "/copia/", 1).replace("/dataset/", "/copia/", 1),)


def _titled(
    make: Callable[[ResourcePlan], str],
) -> Callable[[Distribution, DatasetPlan, ResourcePlan, int], Distribution]:
    def describe(item: Distribution, _dataset: DatasetPlan, plan: ResourcePlan, _day: int) -> Distribution:
        return replace(item, title={"es": make(plan)})

    return describe


PLAIN, LASTING, REDIRECTS, TITLES = (
    frozenset({"address_plain"}),
    frozenset({"address_session", "address_signed", "address_trial"}),
    frozenset({"redirects_down", "redirects_many"}),
    frozenset({"title_address", "title_file", "title_generic"}),
)
"""Marks by the check that should fail for them."""

MARKS = (
    ResourceMark(
        code="address_plain",
        note="the address uses http and nothing redirects it",
        aspects=_WAY,
        quota=3,
        address=_plain,
        verdicts={"tls_valid": Verdict.NOT_APPLICABLE},
    ),
    ResourceMark(
        code="address_session",
        note="the address carries a session",
        aspects=_WAY,
        quota=2,
        address=_with_session,
    ),
    ResourceMark(
        code="address_signed",
        note="the address carries a signature that expires",
        aspects=_WAY,
        quota=2,
        address=_signed,
    ),
    ResourceMark(
        code="address_trial",
        note="the address is of a system for trials",
        aspects=_WAY,
        quota=2,
        own_host="pruebas",
    ),
    ResourceMark(
        code="redirects_down",
        note="a redirect leads from https down to http",
        aspects=_WAY,
        quota=2,
        hops=_down,
        secure=True,
    ),
    ResourceMark(
        code="redirects_many",
        note="the address takes four redirects",
        aspects=_WAY,
        quota=2,
        hops=_four_steps,
    ),
    ResourceMark(
        code="title_address",
        note="the title is an address",
        aspects=_NAME,
        quota=2,
        describe=_titled(lambda plan: f"https://{plan.host.name}/ver/{plan.stem}"),
    ),
    ResourceMark(
        code="title_file",
        note="the title is the name of the file",
        aspects=_NAME,
        quota=3,
        describe=_titled(lambda plan: plan.stem),
    ),
    ResourceMark(
        code="title_generic",
        note="the title fits any file",
        aspects=_NAME,
        quota=3,
        describe=_titled(lambda _plan: "Recurso 1"),
    ),
)


def _resource(subject: ResourceSubject) -> Verdicts:
    marks = set(subject.plan.marks)
    answered = subject.plan.defect(subject.day) not in UNANSWERED
    plain = bool(marks & PLAIN) or subject.plan.host.plain
    lasting = Verdict.FAIL if marks & LASTING else Verdict.PASS
    return {
        "address_lasting": lasting,
        "https_used": Verdict.PASS if not plain else Verdict.FAIL if answered else Verdict.UNKNOWN,
        "redirect_short": _said(marks & REDIRECTS) if answered else Verdict.UNKNOWN,
        "resource_titled": _said(marks & TITLES),
    }


def _said(faults: set[str]) -> Verdict:
    return Verdict.FAIL if faults else Verdict.PASS


FAMILY = Family(resource_marks=MARKS, resource=_resource)
