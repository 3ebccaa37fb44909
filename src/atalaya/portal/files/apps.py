"""The app of files, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Files(AppConfig):
    """Files that people send."""

    name = "atalaya.portal.files"
    label = "files"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.files.rules")
