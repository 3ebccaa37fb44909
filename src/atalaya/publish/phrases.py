"""Short phrases of a report: what came back, why somebody is not ranked, and codes in words."""

from markupsafe import Markup

from atalaya.harvest.protocol import REASONS
from atalaya.publish.report_data import ReportData, Row
from atalaya.publish.standing import Standing, anchors_of
from atalaya.publish.words import Words
from atalaya.translations import translate

HARVEST = "harvest"
"""The gettext catalogue of the reasons of harvests."""


def facts(say: Words, row: Row) -> list[Markup]:
    """What was asked and what came: the evidence of a finding in short phrases."""
    facts = []
    if row.get("status") is not None:
        facts.append(say.t("HTTP status {status}", status=row["status"]))
    if row.get("failure"):
        facts.append(say.t("no usable answer: {failure}", failure=failure_text(say, row["failure"])))
    if row.get("media_type"):
        facts.append(say.t("sent as {media_type}", media_type=say.quote(row["media_type"], 60)))
    if row.get("format"):
        facts.append(say.t("the bytes are {format}", format=say.quote(row["format"], 40)))
    if isinstance(row.get("size"), int):
        facts.append(Markup.escape(say.size(row["size"])))
    if row.get("sha256"):
        facts.append(Markup("<code>sha256 {}…</code>").format(str(row["sha256"])[:12]))
    return facts


def why(say: Words, data: ReportData, standing: Standing) -> Markup:
    """Why an institution is not ranked, in a sentence."""
    reason = standing.reason
    if reason.startswith("sources_unread:"):
        titles = {str(row["source_id"]): row.get("title") for row in data.sources}
        anchors = anchors_of(titles, "s")
        links = []
        for item in reason.removeprefix("sources_unread:").split(","):
            source, _, state = item.partition("=")
            title = say.quote(titles.get(source, source), 80)
            link = Markup('<a href="#{}">{}</a>').format(anchors[source], title) if source in anchors else title
            links.append(Markup("{} ({})").format(link, state_text(say, state)))
        return say.t("its data could be in what was not read: {sources}", sources=Markup(", ").join(links))
    if reason == "no_source":
        return say.t("no source where it could publish is known")
    if reason:
        return say.t("nothing of it was measured in this observation")
    coverage = say.percent(standing.index.coverage)
    return say.t("only {coverage} of its weight could be measured", coverage=coverage)


def state_text(say: Words, state: object) -> Markup:
    """The state of a source in words; a state that is not known here is shown as it is."""
    known = {
        "complete": say.t("read whole"),
        "partial": say.t("read in part"),
        "failed": say.t("could not be read"),
        "held": say.t("held: it shrank or failed, the records before stand"),
        "unreachable": say.t("out of reach"),
        "later": say.t("not read yet"),
    }
    return known.get(str(state), Markup.escape(str(state)))


def reason_text(say: Words, reason: object) -> Markup:
    """Why a source was not read whole: a reason of harvests in words; what the pack says of a source stands as it is."""
    text = REASONS.get(str(reason))
    return Markup("<bdi>{}</bdi>").format(
        translate(text, say.language, HARVEST) if text is not None else say.clean(reason, 240)
    )


def failure_text(say: Words, code: object) -> Markup:
    """A failure of `fetch.answers.Failure` in words; a code that is not known here is shown as it is."""
    known = {
        "dns": say.t("the name of the host does not resolve"),
        "refused": say.t("the connection was refused"),
        "timeout": say.t("no answer in time"),
        "connection": say.t("the connection broke"),
        "tls_expired": say.t("its certificate has expired"),
        "tls_wrong_host": say.t("its certificate is for another host"),
        "tls_self_signed": say.t("its certificate is signed by itself"),
        "tls_other": say.t("its secure connection cannot be trusted"),
        "redirects": say.t("it redirects without end"),
        "truncated": say.t("the answer was cut off"),
        "robots": say.t("robots.txt forbids it"),
        "address": say.t("it leads to a private address"),
        "url": say.t("it is not a valid address"),
        "scheme": say.t("it is of a kind that is not read here"),
        "bomb": say.t("it unpacks to far more than it weighs"),
        "encoding": say.t("it is compressed in a way that cannot be undone"),
        "oversize": say.t("it goes on beyond what is read of any answer"),
        "postponed": say.t("its host asked to be left alone"),
        "spent": say.t("its source had taken all the time that one source may"),
    }
    return known.get(str(code), Markup.escape(str(code)))
