"""What became of a dataset or resource, and how that was established, in words."""

from collections.abc import Callable

from markupsafe import Markup

from atalaya.history.vanished import State
from atalaya.portal.observatory.models import Vanished
from atalaya.publish.words import Words

ORDER = tuple(state.value for state in State)
"""From what is lost for certain to what is there again."""


def state_title(say: Words, state: str) -> Markup:
    """A state in words; one that is not known here is shown as it is."""
    known = {
        State.VANISHED: say.t("No longer listed"),
        State.GONE: say.t("Its address holds nothing any more"),
        State.SILENT: say.t("Its address does not answer"),
        State.REPLACED: say.t("Another page stands in its place"),
        State.UNCONFIRMED: say.t("Not certain yet"),
        State.MIGRATED: say.t("Moved to another identifier or address"),
        State.RETURNED: say.t("Back again"),
    }
    return known.get(State(state), Markup.escape(state)) if state in ORDER else Markup.escape(state)


def how(say: Words, loss: Vanished, source: Markup, read: str) -> Markup:
    """How it was established: `source` is the name of where it stood, `read` the day of the newest observation."""
    last = say.day(loss.last_seen.isoformat())
    since = say.day(loss.since.isoformat()) if loss.since else ""
    cause = say.clean(loss.facts.get("cause"), 60) or "–"
    said: dict[str, Callable[[], Markup]] = {
        "unlisted": lambda: say.t(
            "On {since} the source {source} was read whole and no longer listed it. No other record there has the same title, "
            "address or content. It was last listed on {last}.", since=since, source=source, last=last),
        "unlisted_twice": lambda: say.t(
            "The source {source} first gave far less than before; that answer was not believed. On {since} it gave the same "
            "answer again, without this. It was last accepted on {last}.", since=since, source=source, last=last),
        "unread": lambda: say.t(
            "It was last listed on {last}. Since then the source {source} could not be read whole, so nobody can say that it is "
            "gone.", source=source, last=last),
        "unread_source": lambda: say.t(
            "It was last listed on {last}. The source {source} is no longer read, so nobody can say that it is gone.",
            source=source, last=last),
        "other_identifier": lambda: say.t(
            "Since {since} the same data stand in {source} under another identifier: title, addresses or content agree.",
            since=since, source=source),
        "same_bytes": lambda: say.t(
            "Since {since} the same bytes stand in the same dataset under another identifier.", since=since),
        "gone": lambda: say.t(
            "Its address answered {cause} (nothing there) on {since}, and again at a second look.", cause=cause, since=since),
        "gone_again": lambda: say.t(
            "Its address has answered {cause} (nothing there) since {since}, on different days.", cause=cause, since=since),
        "failing": lambda: say.t(
            "Its address has given no usable answer since {since}, on different days ({cause}).", cause=cause, since=since),
        "home": lambda: say.t("Since {since} its address leads to the home page of the site.", since=since),
        "gone_once": lambda: say.t(
            "On {read} its address answered {cause} (nothing there). One look is not enough: a second one decides.",
            cause=cause, read=read),
        "failed_once": lambda: say.t(
            "On {read} its address gave no usable answer ({cause}). It counts only if another day agrees.",
            cause=cause, read=read),
        "unseen": lambda: say.t(
            "It had been lost, and on {read} nobody could tell: its address was not asked, or refused to answer a program.",
            read=read),
    }  # fmt: skip
    if loss.reason in said:
        return said[loss.reason]()
    return say.t(
        "Since {since} its address answers with a page that is not the file (error page, form or notice).", since=since
    )
