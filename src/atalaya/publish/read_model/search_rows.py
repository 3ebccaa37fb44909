"""What the search over everything looks in: institutions, duties, topics, checks, datasets and resources, and all their words.

The rows are made of the tables of the read model itself, after these were filled: whatever filled them, the search knows it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from atalaya.catalogue.vocabularies.tables import table
from atalaya.publish.read_model.near_words import keys
from atalaya.publish.read_model.search_words import stem, vector_of, words_of
from atalaya.publish.read_model.values import Values, texts

SHORTEST = 2
"""Letters of the shortest word that the list of words has."""

QUERIES: Mapping[str, str] = {
    "institution": """SELECT id, slug, name, NULL::jsonb, id, '{}'::text[],
            name || ' ' || coalesce(acronym, ''), '', coalesce(kind, ''), coalesce(site, '')
        FROM institution ORDER BY datasets DESC, name, id""",
    "duty": """SELECT id, id, coalesce(name ->> 'es', id), name, NULL::text, '{}'::text[],
            (SELECT string_agg(value, ' ') FROM jsonb_each_text(name)),
            (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(paraphrase)),
            coalesce(law_title ->> 'es', '') || ' artículo ' || article || ' numeral ' || numeral, ''
        FROM duty ORDER BY place""",
    "topic": """SELECT id, id, coalesce(title ->> 'es', title ->> 'en', id), title, NULL::text, '{}'::text[],
            (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(title)),
            (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(question)), '', ''
        FROM topic ORDER BY place""",
    "rule": """SELECT DISTINCT ON (id) id, id, coalesce(title ->> 'es', title ->> 'en', id), title, NULL::text, '{}'::text[],
            (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(title)),
            (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(body)),
            '', (SELECT coalesce(string_agg(value, ' '), '') FROM jsonb_each_text(remedy))
        FROM rule WHERE kind = 'check' ORDER BY id, version DESC""",
    "dataset": """SELECT dataset.id, dataset.id, dataset.title, dataset.titles, dataset.institution, dataset.formats,
            dataset.title, array_to_string(dataset.keywords, ' '),
            coalesce(institution.name || ' ' || coalesce(institution.acronym, ''), dataset.publisher, ''), dataset.description
        FROM dataset LEFT JOIN institution ON institution.id = dataset.institution
        ORDER BY dataset.resources DESC, dataset.id""",
    "resource": """SELECT resource.id, resource.dataset, resource.title, NULL::jsonb, dataset.institution,
            ARRAY(SELECT lower(coalesce(nullif(resource.true_format, 'unknown'), resource.declared_format))
                  WHERE coalesce(nullif(resource.true_format, 'unknown'), resource.declared_format) <> ''),
            resource.title, '', dataset.title, ''
        FROM resource JOIN dataset ON dataset.id = resource.dataset
        WHERE resource.title <> '' ORDER BY resource.id""",
}
"""Kind → its rows, the more important first: id, the part of its address, title, titles by language, institution, formats, the
texts that count most, more, less and least."""


@dataclass
class Known:
    """Every word that was met, by the number of rows that have it."""

    rows: Counter[str] = field(default_factory=Counter)

    def meet(self, words: Iterable[str]) -> None:
        """Count the words of one row."""
        self.rows.update({word for word in words if len(word) >= SHORTEST and not word.isdecimal()})


def entries(kind: str, found: Iterable[tuple[object, ...]], known: Known, start: int) -> Iterator[Values]:
    """The rows of the search of what the query of a kind found, numbered from `start` on; their words are counted on the way."""
    for place, row in enumerate(found, start):
        identifier, name, title, titles, institution, formats, *said = row
        parts = tuple(zip(map(str, said), "ABCD", strict=True))
        known.meet(word for text, _ in parts for word in words_of(text))
        yield place, kind, identifier, name, title, texts(titles).get("en"), institution, formats, vector_of(parts)


def words(known: Known) -> Iterator[Values]:
    """Every word with what it is compared as in both languages, and the keys by which words near it are found.

    The words of the table of synonyms are among them: they find something even where no text has them.
    """
    listed = (name for group in table("search.yml")["groups"] for names in group.values() for name in names)
    spoken = dict.fromkeys((word for name in listed for word in words_of(name)), 0)
    for word, rows in sorted({**spoken, **known.rows}.items()):
        if "'" not in word and "\\" not in word:
            yield word, stem(word, "es"), stem(word, "en"), rows, keys(word) if word.isalpha() else []
