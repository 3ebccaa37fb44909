"""The app of communiqués, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class News(AppConfig):
    """What institutions announce."""

    name = "atalaya.portal.news"
    label = "news"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.news.rules")
