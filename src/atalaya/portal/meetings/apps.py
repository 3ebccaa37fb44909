"""The app of bodies and their sessions, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Meetings(AppConfig):
    """Bodies, members, sessions, minutes and agreements."""

    name = "atalaya.portal.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Declare who may do what."""
        import_module("atalaya.portal.meetings.rules")
