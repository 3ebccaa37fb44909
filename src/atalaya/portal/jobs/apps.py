"""The app of jobs, as Django knows it. The queue's own tables are those of `procrastinate.contrib.django`."""

from django.apps import AppConfig


class Jobs(AppConfig):
    """Work that is done apart."""

    name = "atalaya.portal.jobs"
    label = "jobs"
