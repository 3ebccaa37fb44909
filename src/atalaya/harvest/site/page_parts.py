"""What a page holds, as plain values: its links, its headings, and what tells it from others."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class PageLink:
    """A reference as the page has it. `relation` is how it stands there: `anchor`, `area`, `frame`, `object`, `form`, `option`,
    `script` (an address in a script), `postback` (a script without an address), `alternate`, `image`, `refresh`."""

    reference: str
    text: str
    relation: str
    headings: tuple[str, ...] = ()
    lead: str = ""
    chrome: bool = False


@dataclass(slots=True)
class PageHeading:
    """A heading, and those above it, outermost first; `below` is the text under it, up to the next link or heading."""

    text: str
    above: tuple[str, ...] = ()
    chrome: bool = False
    below: str = ""


@dataclass(slots=True)
class PageReading:
    """What a page holds. `text_sha256` is that of its visible text, `blocks` short digests of its longer pieces of text without
    digits; `own_words` are those outside of links, headings and what frames a page; `scripts` counts scripts, `nofollow` is what
    its robots tag says."""

    title: str = ""
    language: str = ""
    base: str = ""
    links: list[PageLink] = field(default_factory=list)
    headings: list[PageHeading] = field(default_factory=list)
    words: int = 0
    own_words: int = 0
    opening: str = ""
    text_sha256: str = ""
    blocks: tuple[int, ...] = ()
    scripts: int = 0
    nofollow: bool = False
    frames: int = 0

    @property
    def is_shell(self) -> bool:
        """Whether the page is empty until its scripts have run: hardly a word, no link to speak of, and a script."""
        followed = sum(link.relation in ("anchor", "area", "frame", "refresh", "object") for link in self.links)
        return self.scripts > 0 and self.words < 25 and followed < 2 and not self.frames
