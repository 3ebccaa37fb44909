"""The app of post, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Post(AppConfig):
    """Letters, followers and contacts."""

    name = "atalaya.portal.post"
    label = "post"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.post.rules")
