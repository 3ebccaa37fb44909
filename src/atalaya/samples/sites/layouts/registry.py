"""The layouts of sample sites by name; a layout is a module with the path of its section and a function of its pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from atalaya.samples.sites.layouts import accordion, frames, headings, own_pages, posts, scripted
from atalaya.samples.sites.markup import Menu, Page
from atalaya.samples.sites.plan import SitePlan


@dataclass(frozen=True, slots=True)
class Layout:
    """`section` is the path of the page where a site keeps what the law wants; `pages` draws its pages."""

    section: str
    pages: Callable[[SitePlan, Menu], tuple[Page, ...]]


LAYOUTS: Mapping[str, Layout] = {
    "accordion": Layout(accordion.SECTION, accordion.pages),
    "frames": Layout(frames.SECTION, frames.pages),
    "headings": Layout(headings.SECTION, headings.pages),
    "own_pages": Layout(own_pages.SECTION, own_pages.pages),
    "posts": Layout(posts.SECTION, posts.pages),
    "scripted": Layout(scripted.SECTION, scripted.pages),
}
