"""The app of accounts, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Accounts(AppConfig):
    """People, their roles, and the trail of what they did."""

    name = "atalaya.portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to signing in, once the models are there."""
        import_module("atalaya.portal.accounts.signals")
