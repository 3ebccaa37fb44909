"""Pages that are empty until a script fills them from the data that comes with it."""

import json
from html import escape

from atalaya.samples.sites.markup import Menu, Page, by_article, content
from atalaya.samples.sites.plan import SitePlan
from atalaya.samples.sites.wording import site_texts

SECTION = "index.html"
_SCRIPT = """\
(function () {
  var data = %s;
  var root = document.getElementById("app");
  var add = function (parent, tag, text) {
    var made = document.createElement(tag);
    if (text) { made.textContent = text; }
    parent.appendChild(made);
    return made;
  };
  add(root, "h1", data.section);
  data.articles.forEach(function (article) {
    add(root, "h2", article.title);
    article.duties.forEach(function (duty) {
      add(root, "h3", duty.label);
      add(root, "div").innerHTML = duty.content;
    });
  });
})();
"""


def pages(site: SitePlan, menu: Menu) -> tuple[Page, ...]:
    """The empty page and the script; nothing else can be reached without it."""
    name = site.institution.name
    data = {
        "section": site.style.section,
        "menu": [text for text, _path in menu.links],
        "articles": [
            {"title": title, "duties": [{"label": each.label, "content": content(site, each, 4)} for each in planted]}
            for title, planted in by_article(site)
        ],
    }
    empty = (
        f'<!doctype html>\n<html lang="es"><head><meta charset="utf-8"><title>{escape(name)}</title></head>\n<body>'
        f'<div id="app"></div><noscript>{escape(site_texts()["no_scripts"])}</noscript>'
        '<script src="/app.js"></script></body></html>\n'
    )
    return (Page(SECTION, empty), Page("app.js", _SCRIPT % json.dumps(data, ensure_ascii=False, indent=1)))
