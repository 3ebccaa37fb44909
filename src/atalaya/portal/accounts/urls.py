"""Addresses of accounts, the same in both languages. Their names have no namespace: allauth asks for them as they are."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import URLPattern, path, re_path

from atalaya.portal.accounts.access import account_page, with_script
from atalaya.portal.accounts.views.own import own
from atalaya.portal.accounts.views.people import end, people, person
from atalaya.portal.accounts.views.second_step import checked
from atalaya.portal.accounts.views.trail import trail

urlpatterns: list[URLPattern] = [
    path("", own, name="account"),
    path("entrar/", account_page(account.login), name="account_login"),
    path("salir/", account_page(account.logout), name="account_logout"),
    path("crear/", account_page(account.signup), name="account_signup"),
    path("cerrada/", account_page(account.account_inactive), name="account_inactive"),
    path("confirmar/", account_page(account.reauthenticate), name="account_reauthenticate"),
    path("correo/", account_page(account.email), name="account_email"),
    path("correo/enviado/", account_page(account.email_verification_sent), name="account_email_verification_sent"),
    re_path(r"^correo/confirmar/(?P<key>[-:\w]+)/$", account_page(account.confirm_email), name="account_confirm_email"),
    path("clave/", account_page(account.password_change), name="account_change_password"),
    path("clave/primera/", account_page(account.password_set), name="account_set_password"),
    path("clave/olvidada/", account_page(account.password_reset), name="account_reset_password"),
    path("clave/olvidada/enviada/", account_page(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "clave/lista/",
        account_page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("segundo-paso/", with_script(account_page(checked(second_step.authenticate))), name="mfa_authenticate"),
    path("segundo-paso/confirmar/", account_page(checked(second_step.reauthenticate)), name="mfa_reauthenticate"),
    path("seguridad/", account_page(second_step.index), name="mfa_index"),
    path("seguridad/aplicacion/", account_page(app.activate_totp), name="mfa_activate_totp"),
    path("seguridad/aplicacion/quitar/", account_page(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("seguridad/codigos/", account_page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("seguridad/codigos/nuevos/", account_page(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("seguridad/codigos/archivo/", account_page(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("seguridad/llaves/", account_page(keys.list_webauthn), name="mfa_list_webauthn"),
    path("seguridad/llaves/agregar/", with_script(account_page(keys.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "seguridad/llaves/confirmar/",
        with_script(account_page(keys.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path("seguridad/llaves/<int:pk>/quitar/", account_page(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("seguridad/llaves/<int:pk>/nombre/", account_page(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("personas/", people, name="account_people"),
    path("personas/<int:pk>/", person, name="account_person"),
    path("personas/roles/<int:pk>/terminar/", end, name="account_end_role"),
    path("registro/", trail, name="account_trail"),
]
