"""The app of publishing, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Publishing(AppConfig):
    """Data published on the portal."""

    name = "atalaya.portal.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.publishing.rules")
