"""Where allauth asks what this portal wants: its letters, its words, its limits, and who may go without a second step."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from atalaya.portal.accounts import known_browsers
from atalaya.portal.accounts.allowances import KNOWN, SIGN_IN, STRANGERS, Allowance, forget, wait
from atalaya.portal.accounts.letters import DOMAIN, FAULTS, LETTERS, LINES, written
from atalaya.portal.accounts.rules import has_a_role
from atalaya.portal.core.clients import client_address
from atalaya.portal.core.limits import too_many
from atalaya.portal.core.signatures import cipher_key
from atalaya.translations import translate

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """How people sign in here."""

    def validation_error(self, code: str, *arguments: Any) -> ValidationError:
        """A fault in a form, in the words of this portal."""
        return _fault(code) or super().validation_error(code, *arguments)

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """A letter of `letters.LETTERS`, in the language of the page from which it was sent."""
        link = str(context.get(LETTERS[template_prefix].link, ""))
        said = written(template_prefix, _language(), link)
        to = [email] if isinstance(email, str) else email
        letter = EmailMultiAlternatives(said.subject, said.text, self.get_from_email(), to, headers=headers)
        letter.attach_alternative(said.html, "text/html")
        return letter

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *_: Any, **named: Any
    ) -> None:
        """A line of `letters.LINES` for the next page."""
        line = named.get("message") or LINES.get(message_template, "")
        if line:
            messages.add_message(request, level, translate(line, _language(), DOMAIN))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of who asks, as the portal's limits take it."""
        return client_address(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The first page."""
        del request
        return str(reverse(f"{_language()}:home"))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt: for its address, and for the account apart by those who know it and those who do not."""
        for allowance, names in _attempts(request, credentials.get("email", "")):
            seconds = wait(allowance, *names)
            if seconds:
                raise ImmediateHttpResponse(too_many(request, seconds))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Who these words belong to; whoever knows them starts with a whole allowance again."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            (_, account) = _attempts(request, credentials.get("email", ""))
            forget(account[0], *account[1])
        return user

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        """Remember the browser, so that nobody who guesses at this account keeps its owner out."""
        response: HttpResponse = super().post_login(request, user, **named)
        known_browsers.remember(request, response, user.email)
        return response


class SecondStepAdapter(DefaultMFAAdapter):
    """How the second step works here."""

    def validation_error(self, code: str, *arguments: Any) -> ValidationError:
        """A fault in a form, in the words of this portal."""
        return _fault(code) or super().validation_error(code, *arguments)

    def encrypt(self, text: str) -> str:
        """Secrets of the second step, as they lie in the database: useless without the portal's key."""
        return Fernet(cipher_key()).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return Fernet(cipher_key()).decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever has a role keeps at least one second step."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_STEPS)
        last = authenticator.type in SECOND_STEPS and not others.exclude(pk=authenticator.pk).exists()
        return not (last and has_a_role(authenticator.user))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the name of the parent
        """A name for a key that has none: its number."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return translate("Key {number}", _language(), DOMAIN).format(number=number)


def confirmed(user: Any) -> None:
    """Note that the address of an account is a person's own, as an administrator's command says."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def _attempts(request: HttpRequest, email: str) -> list[tuple[Allowance, tuple[str, ...]]]:
    account = email.strip().lower()
    address = client_address(request)
    if known_browsers.knows(request, account):
        mark = request.COOKIES[known_browsers.cookie_name()]
        return [(SIGN_IN, (address,)), (KNOWN, (account, mark))]
    return [(SIGN_IN, (address,)), (STRANGERS, (account,))]


def _fault(code: str) -> ValidationError | None:
    said = FAULTS.get(code)
    return ValidationError(translate(said, _language(), DOMAIN), code=code) if said else None


def _language() -> str:
    request = allauth_context.request
    return getattr(request, "language", "es")
