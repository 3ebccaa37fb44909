"""Addresses of following and of letters that are held, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.post.views.contacts import contacts
from atalaya.portal.post.views.follow import confirm, follow
from atalaya.portal.post.views.held import held
from atalaya.portal.post.views.own import leave, mine, own

following: list[URLPattern] = [
    path("", follow, name="follow"),
    path("mio/", mine, name="follow_mine"),
    path("mio/<str:mark>/", own, name="follow_own"),
    path("confirmar/<str:mark>/", confirm, name="follow_confirm"),
    path("dejar/<str:mark>/", leave, name="follow_leave"),
]
contacts_of_posts: list[URLPattern] = [path("", contacts, name="post_contacts")]
letters: list[URLPattern] = [path("", held, name="letters_held")]
