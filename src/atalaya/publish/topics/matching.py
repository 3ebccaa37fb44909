"""Which datasets are what a topic wants: every group of words must be said somewhere; where and what else agrees makes the score.

The score is from 0 to 100. Words make 60 of it: of each group the best place counts, a title whole, keywords 0.8, titles of
resources 0.7, names of columns and the description 0.5. The institution makes 20 and the columns 20 (the share of the groups that
are there); where the topic names no institution or no columns, what remains counts for all. At `SURE` a dataset is what is
wanted, at `NEAR` it is shown as a candidate. Weights and limits are a choice of this project, fitted to no sample.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.countries.observed import Groups, Wanted
from atalaya.publish.read_model.search_words import stems
from atalaya.publish.topics.facts import DatasetFacts

SURE = 60.0
NEAR = 40.0
MOST = 25
"""Datasets that are told for one thing wanted, the best first."""

PLACES = {"title": 1.0, "keywords": 0.8, "resources": 0.7, "columns": 0.5, "description": 0.5}
WORDS, OWNER, COLUMNS = 60.0, 20.0, 20.0

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A dataset that may be what is wanted: `said` is by group the word and its place, `columns` by group the name found (None:
    none), `owner` whether an institution that should publish it does (None: the topic names none)."""

    dataset: str
    score: float
    said: tuple[tuple[str, str], ...]
    columns: tuple[str | None, ...]
    owner: bool | None

    @property
    def sure(self) -> bool:
        """Whether it counts as what is wanted."""
        return self.score >= SURE


class Shelf:
    """Datasets by the words that they use, so that many topics may be looked for."""

    def __init__(self, datasets: Iterable[DatasetFacts]) -> None:
        self.datasets: dict[str, DatasetFacts] = {}
        self._texts: dict[str, dict[str, Stems]] = {}
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        for facts in datasets:
            texts = {
                "title": (facts.title,),
                "keywords": facts.keywords,
                "resources": facts.resources,
                "columns": facts.columns,
                "description": (facts.description,),
            }
            spoken = {place: tuple(w for text in some for w in (*_words(text), "")) for place, some in texts.items()}
            self.datasets[facts.id], self._texts[facts.id] = facts, spoken
            for words in spoken.values():
                for word in words:
                    self._holders[word].add(facts.id)

    def matches(self, wanted: Wanted) -> list[Match]:
        """The datasets that may be what is wanted, the best first."""
        groups = [[(word, _words(word)) for word in group] for group in wanted.words]
        against = [_words(word) for word in wanted.against]
        found = []
        for dataset in sorted(self._candidates(groups)):
            texts = self._texts[dataset]
            if any(_holds(texts["title"], phrase) for phrase in against):
                continue
            said = [_best(texts, group) for group in groups]
            if all(said):
                match = self._scored(wanted, dataset, [each for each in said if each])
                if match.score >= NEAR:
                    found.append(match)
        return sorted(found, key=lambda match: (-match.score, match.dataset))[:MOST]

    def _candidates(self, groups: Sequence[Sequence[tuple[str, Stems]]]) -> set[str]:
        """Datasets that have some word of every group."""
        found: set[str] | None = None
        for group in groups:
            holders = [
                set.intersection(*(self._holders.get(w, set()) for w in phrase)) for _, phrase in group if phrase
            ]
            some = set().union(*holders)
            found = some if found is None else found & some
        return found or set()

    def _scored(self, wanted: Wanted, dataset: str, said: Sequence[tuple[str, str]]) -> Match:
        facts = self.datasets[dataset]
        columns = columns_found(facts.columns, wanted.columns)
        owner = facts.institution in wanted.institutions if wanted.institutions else None
        parts = [(WORDS, sum(PLACES[place] for _, place in said) / len(said))]
        if owner is not None:
            parts.append((OWNER, float(owner)))
        if columns and facts.columns:
            parts.append((COLUMNS, sum(each is not None for each in columns) / len(columns)))
        score = 100.0 * sum(weight * share for weight, share in parts) / sum(weight for weight, _ in parts)
        return Match(dataset, round(score, 1), tuple(said), columns, owner)


def columns_found(names: Sequence[str], groups: Groups) -> tuple[str | None, ...]:
    """For each group the first column that one of its names means: the same words, or the name within it."""
    known = [(name, _words(name)) for name in names]
    return tuple(
        next((name for name, words in known for phrase in map(_words, group) if _holds(words, phrase)), None)
        for group in groups
    )


def _best(texts: Mapping[str, Stems], group: Sequence[tuple[str, Stems]]) -> tuple[str, str] | None:
    for place in PLACES:
        for word, phrase in group:
            if phrase and _holds(texts[place], phrase):
                return word, place
    return None


def _words(text: str) -> Stems:
    return tuple(stems(text))


def _holds(words: Stems, phrase: Stems) -> bool:
    """Whether words hold a phrase, its words one after the other."""
    if not phrase:
        return False
    size = len(phrase)
    return any(words[start : start + size] == phrase for start in range(len(words) - size + 1))
