"""What the elements of pages and of word processors are to a text: what is left out, what stands alone, what is a block."""

import re

from atalaya.news.body import LARGE, SMALL

SWALLOWED = frozenset(
    [
        "head",
        "title",
        "style",
        "script",
        "xml",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "audio",
        "video",
        "canvas",
        "select",
        "textarea",
        "button",
        "datalist",
        "map",
        "noframes",
        "noembed",
        "w:worddocument",
        "w:latentstyles",
        "o:officedocumentsettings",
        "m:omath",
    ]
)
"""Elements that are left out with all that is in them."""
QUIET = frozenset(
    ["head", "title", "style", "xml", "w:worddocument", "w:latentstyles", "o:officedocumentsettings", "template"]
)
"""Those of them that nobody misses."""
ALONE = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "v:imagedata",
    ]
)
"""Elements that hold nothing."""
HEADINGS = {"h1": LARGE, "h2": LARGE, "h3": SMALL, "h4": SMALL, "h5": SMALL, "h6": SMALL}
TITLED = re.compile(r"(?:mso)?(title|subtitle|heading([1-6]))", re.IGNORECASE)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "address",
        "center",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "figure",
        "figcaption",
        "form",
        "hr",
        "pre",
        "body",
        "html",
        "blockquote",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "details",
        "summary",
    ]
) | frozenset(HEADINGS)
LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]\s*", re.IGNORECASE)
UNSEEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:[;p]|$)|mso-element:comment|mso-special-character:comment"
)
