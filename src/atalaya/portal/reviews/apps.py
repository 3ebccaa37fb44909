"""The app of reviews, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Reviews(AppConfig):
    """Answers of institutions, and rulings on them."""

    name = "atalaya.portal.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.reviews.rules")
