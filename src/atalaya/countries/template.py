"""Writes a new country pack from the template that comes with Atalaya: valid, and commented in every file."""

import json
import re
from importlib import resources
from pathlib import Path
from string import Template

from atalaya.countries.calendar import knows_holidays_of
from atalaya.exceptions import CountryPackError

_CODE = re.compile(r"[a-z]{2}[a-z0-9-]{0,14}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def write_pack(code: str, name: str, language: str, folder: Path) -> tuple[Path, ...]:
    """Write a pack for the country into `folder`; the files written, sorted.

    Raises CountryPackError when the code, name or language cannot be used, or when the folder is not empty.
    """
    if not _CODE.fullmatch(code):
        raise CountryPackError(f"the code {code!r} cannot be used; give the ISO 3166-1 code in lower case, such as uy")
    if not _LANGUAGE.fullmatch(language):
        raise CountryPackError(f"the language {language!r} cannot be used; give a language tag such as es")
    if not name.strip():
        raise CountryPackError("the country has no name; give one with --name")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CountryPackError(f"{folder} is already there and not empty; name another folder with --folder")
    values = {
        "code": code,
        "name": json.dumps(name.strip(), ensure_ascii=False),
        "language": language,
        "holidays_country": code.upper() if knows_holidays_of(code.upper()) else "null",
    }
    template = Path(str(resources.files("atalaya"))) / "data" / "countries" / "_template"
    written = []
    for file in sorted(path for path in template.rglob("*") if path.is_file()):
        target = folder / file.relative_to(template)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = Template(file.read_text(encoding="utf-8")).substitute(values)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(target)
    return tuple(written)
