"""How a letter looks: the same paragraphs, lists and links as plain text and as HTML that every reader of mail can show.

The HTML has its style in itself and loads nothing: no picture, no font, no mark that tells that it was read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

PREFIX = "Atalaya: "
"""How every subject begins."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text; `{link}` in it stands for the address in `link`."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """Words that lead to an address; the plain text has both."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A title and what stands under it: pairs of a text and the address that it leads to, which may be empty."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """Why the letter came, below a line; with words that lead to an address where there is one."""

    text: str
    words: str = ""
    link: str = ""


Block = Paragraph | Button | Listing | Foot


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is sent: its subject in one line, its text and its HTML."""

    subject: str
    text: str
    html: str


def written(subject: str, blocks: Iterable[Block], language: str) -> Written:
    """Write blocks down, in both forms; the subject gets the prefix of the portal and is one line."""
    parts = tuple(blocks)
    line = " ".join(subject.split())
    text = "\n\n".join(_plain(each) for each in parts) + "\n"
    body = Markup("\n").join(_marked(each) for each in parts)
    head = line[:1].upper() + line[1:]
    return Written(PREFIX + line, text, str(_PAGE.format(language=language, head=head, body=body)))


def _plain(block: Block) -> str:
    match block:
        case Paragraph(text, link):
            return text.replace("{link}", link)
        case Button(text, link):
            return f"{text}:\n{link}"
        case Listing(title, items):
            lines = (f"- {text}" + (f"\n  {link}" if link else "") for text, link in items)
            return "\n".join((title, "-" * len(title), *lines)) if title else "\n".join(lines)
        case Foot(text, said, link):
            return "--\n" + text + (f"\n{said}: {link}" if link else "")


def _marked(block: Block) -> Markup:
    match block:
        case Paragraph(text, link):
            before, mark, after = text.partition("{link}")
            address = Markup('<a href="{0}" style="color:#0b4f8a">{0}</a>').format(link)
            return Markup('<p style="margin:0 0 16px">{}{}{}</p>').format(before, address if mark else "", after)
        case Button(text, link):
            return _BUTTON.format(link=link, text=text)
        case Listing(title, items):
            head = Markup('<h2 style="font-size:18px;margin:24px 0 8px">{}</h2>').format(title) if title else ""
            return Markup('{}<ul style="margin:0 0 16px;padding-left:20px">{}</ul>').format(
                head, Markup("").join(_item(*each) for each in items)
            )
        case Foot(text, said, link):
            leads = Markup(' <a href="{}" style="color:#0b4f8a">{}</a>').format(link, said) if link else ""
            return _FOOT.format(text=text, leads=leads)


def _item(text: str, link: str) -> Markup:
    said = Markup('<a href="{}" style="color:#0b4f8a">{}</a>').format(link, text) if link else text
    return Markup('<li style="margin:0 0 8px">{}</li>').format(said)


_PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{head}</title></head>
<body style="margin:0;padding:24px 16px;background:#ffffff;color:#1c1f23;font:16px/1.5 Arial,Helvetica,sans-serif">
<main style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
<p style="margin:0 0 16px;padding:0 0 8px;border-bottom:3px solid #0b4f8a;font-weight:bold;color:#0b4f8a">Atalaya</p>
<h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">{head}</h1>
{body}
</main>
</body>
</html>
""")
_BUTTON = Markup(
    '<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;background:#0b4f8a;'
    'color:#ffffff;font-weight:bold;text-decoration:none;border-radius:4px">{text}</a></p>'
)
_FOOT = Markup(
    '<p style="margin:32px 0 0;padding:12px 0 0;border-top:1px solid #b9c0c8;font-size:14px;color:#4a525a">{text}{leads}</p>'
)
