"""The app of rounds, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Rounds(AppConfig):
    """Rounds, rechecks, and the publication of editions."""

    name = "atalaya.portal.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.rounds.rules")
