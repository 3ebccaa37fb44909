"""How the portal sends e-mail: through the server of `ATALAYA_MAIL`, else as files in the home folder."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from atalaya.exceptions import SettingsError

FOLDER = "mail"
"""The folder of letters that were not sent, inside the home folder."""

_PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(address: str, home: Path) -> dict[str, object]:
    """Django's settings for e-mail, out of `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`; empty: files.

    Raises SettingsError where it is neither, without showing it: it holds a password.
    """
    if not address:
        folder = str(home / FOLDER)
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    parts = urlsplit(address)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        port = 0
    if not parts.hostname or not port:
        raise SettingsError("ATALAYA_MAIL is no address of a mail server; write smtp://user:password@host:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
