"""The app of accounts, as Django knows it."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People, their roles, and the trail of what they did."""

    name = "atalaya.portal.accounts"
    label = "accounts"
