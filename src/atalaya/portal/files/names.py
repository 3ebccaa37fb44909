"""Names of files: plain ones are kept, dangerous ones refused."""

import re
import unicodedata

from atalaya.inspection.kinds import words
from atalaya.portal.files.refusals import Refusal

LONGEST = 120
"""Characters of a name that is kept; a longer one is cut before its ending."""

PROGRAMS = words(
    "action apk app bat bin chm cmd com command cpl dll dmg docm dotm exe gadget hta htm html inf ins iso jar jnlp "
    "js jse jsp lnk mht mhtml msc msi msp mst osx php phtml pif potm ppam ppsm pptm prg ps1 ps1xml ps2 psc1 py pyc "
    "rb reg scf scr sct sh shb shtml svg svgz swf sys url vb vbe vbs workflow ws wsc wsf wsh xhtml xht xla xlam xlm "
    "xlsb xlsm xltm xsl xslt "
)
"""Endings of what a computer runs, or a browser shows as a page: what Outlook blocks (support.microsoft.com, *Blocked
attachments in Outlook*, read in November 2026), with pages, pictures that hold scripts, and documents with macros."""

_SHOWN = re.compile(r"[^\w.()\-+, ]+")


def cleaned(name: str) -> str:
    """The name as it is kept: letters, digits and plain signs, with its ending in small letters.

    Raises Refusal where it is none, holds a path or what cannot be seen, has no ending, or any ending of a program.
    """
    text = unicodedata.normalize("NFC", name)
    if not text.strip(" ."):
        raise Refusal("name_empty")
    if any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for each in text):
        raise Refusal("name_control")
    if re.search(r"[/\\]|^[A-Za-z]:|^\.\.?$", text):
        raise Refusal("name_path")
    plain = re.sub(r"\s+", " ", _SHOWN.sub("-", text)).strip(" .-")
    stem, point, ending = plain.rpartition(".")
    if not point or not stem.strip(" .-") or not re.fullmatch(r"[A-Za-z0-9]{1,10}", ending):
        raise Refusal("name_ending")
    for each in (*stem.lower().split("."), ending.lower()):
        if each.strip() in PROGRAMS and (each == ending.lower() or "." in stem):
            raise Refusal("name_program", {"ending": each.strip()})
    return f"{stem.strip(' .')[: LONGEST - len(ending) - 1]}.{ending.lower()}"
