"""What people read of reviews beyond the templates: states, rulings, forms and refusals, all in Spanish."""

import ast
from importlib import resources
from pathlib import Path

from babel.messages.pofile import read_po

from atalaya.portal.core.pages import DOMAINS
from atalaya.portal.reviews import forms, tasks
from atalaya.portal.reviews.states import KINDS, MOVES, OUTCOMES, STATES
from atalaya.portal.reviews.views.review import QUEUES
from atalaya.publish.words import DOMAIN

FOLDER = Path(str(resources.files("atalaya.portal.reviews")))
LOCALE = Path(str(resources.files("atalaya"))) / "data" / "locale" / "es" / "LC_MESSAGES"


def refusals() -> set[str]:
    found = set()
    for path in FOLDER.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "RefusedError":
                assert isinstance(call.args[0], ast.Constant), path
                found.add(str(call.args[0].value))
    return found


def test_every_text_of_tables_and_refusals_has_its_spanish() -> None:
    known = {}
    for domain in (DOMAIN, *DOMAINS):
        with (LOCALE / f"{domain}.po").open("rb") as stream:
            known.update({str(message.id): message.string for message in read_po(stream)})
    of_forms = {
        text
        for form in (forms.ReasonForm, forms.ConcernForm, forms.DayForm, forms.RulingForm)
        for text in (*form.labels.values(), *form.helps.values())
    }
    of_rulings = {text for outcomes in OUTCOMES.values() for text in outcomes.values()}
    of_moves = {each.title for each in MOVES}
    wanted = {
        *KINDS.values(),
        *STATES.values(),
        *QUEUES.values(),
        *tasks.KINDS.values(),
        *of_forms,
        *of_rulings,
        *of_moves,
    }
    assert len(refusals()) > 25
    assert sorted(text for text in wanted | refusals() if not known.get(text)) == []
