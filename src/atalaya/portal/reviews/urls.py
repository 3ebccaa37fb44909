"""Addresses of reviews, the same in both languages: public ones stand among the pages, the others are for who signed in."""

from django.urls import URLPattern, path

from atalaya.portal.reviews.views.answer import desk_duty, desk_finding
from atalaya.portal.reviews.views.certificate import certificate, certificate_file
from atalaya.portal.reviews.views.desk import certificate_made, desk, todo
from atalaya.portal.reviews.views.replies import replies
from atalaya.portal.reviews.views.review import queues, review_reply

public: list[URLPattern] = [
    path("respuestas/", replies, name="replies"),
    path("constancias/<slug:number>/", certificate, name="certificate"),
    path("constancias/<slug:number>/constancia.<str:form>", certificate_file, name="certificate_file"),
]

private: list[URLPattern] = [
    path("mi-institucion/", desk, name="desk"),
    path("mi-institucion/pendientes/", todo, name="desk_todo"),
    path("mi-institucion/constancia/", certificate_made, name="desk_certificate"),
    path("mi-institucion/hallazgos/<str:identifier>/", desk_finding, name="desk_finding"),
    path("mi-institucion/obligaciones/<slug:identifier>/", desk_duty, name="desk_duty"),
    path("revision/", queues, name="review_queues"),
    path("revision/<int:pk>/", review_reply, name="review_reply"),
]
