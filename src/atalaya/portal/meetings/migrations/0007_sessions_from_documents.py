"""Brings in the sessions that were kept as documents among the commitments: everything that they said, once."""

from typing import Any

from django.db import migrations


def bring_in(apps: Any, _editor: object) -> None:
    """A session of no body that was named gets one that says so; a body that was named is made without its name."""
    models = {
        name: apps.get_model("meetings", name) for name in ("Body", "Session", "AgendaItem", "Report", "Agreement")
    }
    for old in apps.get_model("commitments", "Session").objects.order_by("on", "identifier"):
        said = old.document
        body, _ = models["Body"].objects.get_or_create(identifier=said.get("body") or "sin-nombre")
        session = models["Session"].objects.create(
            identifier=old.identifier,
            body=body,
            on=old.on,
            title=said.get("title", ""),
            plan=said.get("plan"),
            convened_by=said.get("convened_by", ""),
            state="held",
            next_session=said.get("next_session", ""),
            sources=said.get("sources", []),
        )
        for number, text in enumerate(said.get("agenda", ()), start=1):
            models["AgendaItem"].objects.create(session=session, position=number, text=text)
        for each in said.get("reports", ()):
            for milestone in each.get("milestones") or ("",):
                key = {"institution": each["institution"], "commitment": each["commitment"], "milestone": milestone}
                models["Report"].objects.get_or_create(session=session, **key)
        for number, text in enumerate(said.get("agreements", ()), start=1):
            models["Agreement"].objects.create(session=session, number=number, text=text)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_trail_of_minutes"), ("commitments", "0003_trail_of_readings")]

    operations = [migrations.RunPython(bring_in)]
