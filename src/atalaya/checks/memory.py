"""Outcomes remembered: a rule that reads the same values of a case gives the same outcome, and need not run again.

What a rule reads is not taken from its declaration but watched while it runs, so that a wrong declaration cannot make a wrong
outcome. For each check there is a tree: a node is the path that the rule reads next, a branch one value of it, a leaf an
outcome. A rule that stops at a link which nobody could read has a short path and few values, however many texts it reads of
other cases. Every outcome that enters a tree was made twice, by the rule on the case itself and on the watched case; where the
two differ, or the rule does with a case what cannot be watched, the check runs on each case anew. So does it where a value is
hardly ever seen twice, such as a title or an address.

Checks are pure (tests/checks/test_contract.py), which is what makes this right.
"""

import json
import typing
from collections.abc import Mapping
from typing import Any

from atalaya.checks.cases import Case
from atalaya.checks.check import AnyCheck, Level
from atalaya.checks.outcomes import NOTHING, Outcome, Verdict
from atalaya.checks.registry import by_level
from atalaya.checks.watching import Getter, Kind, Path, Trace, Watched, getter_of

Tree = Any
"""None (nothing known yet), a number (an outcome), DIRECT, or a node: a getter and its branches, value → tree."""

Class = tuple[str, str, int, int, str]
"""What an outcome says, without its subject: verdict, reason, passed, applied, evidence as canonical JSON."""

DIRECT = -1
"""In place of an outcome: from here on the rule runs on each case."""

WIDE = 128
"""Values of one path from which on it is asked whether they repeat."""

REPEATED = 8
"""Cases a value that a path must have been read for, at the least, for watching to be worth its time.

Watching a rule costs about as much as running it twenty times."""

MOST = 100_000
"""Outcomes and branches that are remembered at once over all checks of a level: some 40 MB. Then all are forgotten."""

WINDOW = 500
"""Cases after which it is asked again whether what groups of checks remember serves."""

PATIENCE = 1
"""Windows in which a check may learn more than serves: the first, when nothing is known."""


class Judge:
    """The checks of one level with what is remembered of them. `judge` gives numbers; `classes` says what each means.

    Once the trees of the checks are known a little, those that read nothing which another does not read too are put into one
    group with it: a tree whose leaves hold the outcomes of all of them at once.
    """

    def __init__(self, level: Level, checks: tuple[AnyCheck, ...] | None = None) -> None:
        self.checks = by_level(level) if checks is None else checks
        self._start()

    def _start(self) -> None:
        self._trees = [_Tree(check) for check in self.checks]
        self._singles = tuple(enumerate(self._trees))
        self._groups: tuple[_Group, ...] = ()
        self._cases = 0

    def judge(self, case: Case) -> list[int]:
        """The number of the outcome of each check, in the order of `checks`. A rule that raises is a fault of ours."""
        self._cases += 1
        if self._cases % WINDOW == 0:
            self._review()
        try:
            return self._remembered(case)
        except TypeError:  # a value that cannot be a key, though its annotation says that it can
            return [tree.run(case) for tree in self._trees]

    def _remembered(self, case: Case) -> list[int]:
        numbers = [0] * len(self._trees)
        for group in self._groups:
            node = group.root
            while node.__class__ is tuple:
                node = node[1].get(node[0](case))
            if node is None:
                node = self._join(group, case)
            for place, number in node.known:
                numbers[place] = number
            for place in node.open:
                numbers[place] = self._trees[place].run(case)
        for place, tree in self._singles:
            node = tree.root
            while node.__class__ is tuple:
                node = node[1].get(node[0](case))
            if node is None:
                node = tree.learn(case, self._cases)
            elif node < 0:
                node = tree.run(case)
            numbers[place] = node
        return numbers

    def _review(self) -> None:
        """Ask again what is worth remembering; form the groups anew where there is none yet or one hardly served."""
        settled = {place for place, tree in enumerate(self._trees) if tree.review()}
        served = [group.serves() for group in self._groups]
        if not all(served) or not served:
            self._groups = _groups_of({place: self._trees[place].paths() for place in settled})
        grouped = {place for group in self._groups for place in group.places}
        self._singles = tuple((place, tree) for place, tree in enumerate(self._trees) if place not in grouped)

    def _join(self, group: "_Group", case: Case) -> "_Leaf":
        """The outcomes of a group, from the trees of its checks, remembered by all that these read."""
        steps: dict[Path, Getter] = {}
        known, open_ = [], []
        for place in group.places:
            tree = self._trees[place]
            number = tree.walk(case, steps)
            if number is None:
                tree.learn(case, self._cases)
                number = tree.walk(case, steps)
            if number is None or number < 0:  # learnt only up to where its path is cut
                open_.append(place)
            else:
                known.append((place, number))
        leaf = _Leaf(tuple(known), tuple(open_))
        group.insert(steps, case, leaf)
        return leaf

    def classes(self, place: int, numbers: typing.Iterable[int]) -> list[Class]:
        """What numbers of the check at a place mean."""
        return [self._trees[place].classes[number] for number in numbers]

    def outcomes(self, case: Case) -> tuple[tuple[AnyCheck, Outcome], ...]:
        """The outcomes of a case as `registry.run_checks` gives them, by way of what is remembered."""
        found = zip(self._trees, self.judge(case), strict=True)
        return tuple((tree.check, outcome_of(tree.classes[number])) for tree, number in found)

    def forget(self) -> None:
        """Forget everything once it has grown large; numbers given before then mean nothing any more."""
        if sum(tree.size for tree in self._trees) + sum(group.size for group in self._groups) > MOST:
            self._start()


class _Leaf(typing.NamedTuple):
    """What a group remembers: places of checks with their outcomes, and places of those that run on each case."""

    known: tuple[tuple[int, int], ...]
    open: tuple[int, ...]


class _Group:
    """Some checks, by their places, that are looked up together."""

    def __init__(self, places: tuple[int, ...]) -> None:
        self.places = places
        self.root: Tree = None
        self.size = 0
        self._missed = 0

    def insert(self, steps: dict[Path, Getter], case: Any, leaf: _Leaf) -> None:
        """Put a leaf where the steps lead; where something else was read before, what stood there goes."""
        self._missed += 1
        self.size += len(self.places)
        holder, key = None, None
        for path, getter in steps.items():
            node = self.root if holder is None else holder.get(key)
            if node.__class__ is not tuple or node[2] != path:
                node = (getter, {}, path)
                self._put(holder, key, node)
            holder, key = node[1], getter(case)
        self._put(holder, key, leaf)

    def _put(self, holder: dict[Any, Tree] | None, key: Any, tree: Tree) -> None:
        if holder is None:
            self.root = tree
        else:
            holder[key] = tree

    def serves(self) -> bool:
        """Whether most cases of the last window were remembered."""
        missed, self._missed = self._missed, 0
        return missed * REPEATED <= WINDOW


def _groups_of(paths: Mapping[int, set[Path]]) -> tuple[_Group, ...]:
    """Checks, by their places and what they read, that read nothing which the first of their group does not read too."""
    groups: list[tuple[set[Path], list[int]]] = []
    for place in sorted(paths, key=lambda place: (-len(paths[place]), place)):
        home = next((members for read, members in groups if paths[place] <= read), None)
        if home is None:
            groups.append((paths[place], [place]))
        else:
            home.append(place)
    return tuple(_Group(tuple(members)) for _, members in groups if len(members) > 1)


def class_of(outcome: Outcome) -> Class:
    """What an outcome says, for the store."""
    evidence = canonical(outcome.evidence) if outcome.evidence else "{}"
    return outcome.verdict.value, outcome.reason, outcome.passed, outcome.applied, evidence


def outcome_of(class_: Class) -> Outcome:
    """The outcome that a class came from."""
    verdict, reason, passed, applied, evidence = class_
    return Outcome(Verdict(verdict), reason, json.loads(evidence), passed, applied)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(evidence: Mapping[str, object]) -> str:
    """Evidence as canonical JSON."""
    return _ENCODER.encode(dict(evidence))


class _Tree:
    """What is remembered of one check."""

    def __init__(self, check: AnyCheck) -> None:
        self.check = check
        self.root: Tree = None
        self.size = 0
        self.classes: list[Class] = []
        self._numbers: dict[Any, int] = {}
        self._bare: dict[int, tuple[Outcome, int]] = {}
        self._learnt = 0
        self._wasted = 0

    def run(self, case: Any) -> int:
        """The number of the outcome that the rule gives."""
        return self._number(self.check.rule(case))

    def learn(self, case: Any, cases: int) -> int:
        """The number of the outcome, remembered by what the rule read. `cases` is how many were judged so far."""
        outcome = self.check.rule(case)
        number = self._number(outcome)
        self._learnt += 1
        if self._learnt * REPEATED > WINDOW:
            return number
        trace = Trace()
        try:
            same = self.check.rule(Watched(case, (), trace)) == outcome
        except Exception:  # noqa: BLE001 - whatever the watched case cannot do ends the watching, not the round
            same = trace.cut
        leaf = DIRECT if trace.cut else number
        if not same or trace.failed or not self._insert(trace.reads, case, leaf, cases):
            self.root = DIRECT
        return number

    def paths(self) -> set[Path]:
        """All that the rule was seen to read."""
        found, waiting = set(), [self.root]
        while waiting:
            node = waiting.pop()
            if node.__class__ is tuple:
                found.add(node[2])
                waiting += node[1].values()
        return found

    def review(self) -> bool:
        """Give up where too much was learnt in two windows; whether next to nothing was, so that the check may join others."""
        learnt, self._learnt = self._learnt, 0
        if learnt * REPEATED > WINDOW and self.root != DIRECT:
            self._wasted += 1
            if self._wasted > PATIENCE:
                self.root = DIRECT
        return self.root != DIRECT and learnt * REPEATED * REPEATED <= WINDOW

    def walk(self, case: Any, steps: dict[Path, Getter]) -> int | None:
        """The number remembered for a case, DIRECT, or None; what is read on the way is added to the steps."""
        node = self.root
        while node.__class__ is tuple:
            getter, branches, path = node
            steps.setdefault(path, getter)
            node = branches.get(getter(case))
        return typing.cast("int | None", node)

    def _number(self, outcome: Outcome) -> int:
        evidence = outcome.evidence
        if evidence is NOTHING:
            same = self._bare.get(id(outcome))
            if same is not None:
                return same[1]
        key: Any = (outcome.verdict._value_, outcome.reason, outcome.passed, outcome.applied)
        if evidence:  # 1, 1.0 and True are equal and are written differently
            key = (key, *evidence.items(), *map(type, evidence.values()))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.classes)
            self.classes.append(class_of(outcome))
            self.size += 1
        if evidence is NOTHING:
            self._bare[id(outcome)] = outcome, number
        return number

    def _insert(self, reads: dict[Path, Kind], case: Any, number: int, cases: int) -> bool:
        """Put an outcome where its reads lead. False where the rule read otherwise than before after the same values."""
        steps = [(path, getter_of(path, kind)) for path, kind in reads.items()]
        holder, key = None, None
        node = self.root
        for path, getter in steps:
            if node is None:
                node = (getter, {}, path)
                self._put(holder, key, node)
            elif node.__class__ is not tuple or node[2] != path:
                return bool(node == DIRECT)
            holder, key = node[1], getter(case)
            node = holder.get(key)
            if node is None and len(holder) >= WIDE and len(holder) * REPEATED > cases:
                self._widen(steps, case, path)
                return True
        if node is None:
            self._put(holder, key, number)
        return node is None or bool(node == number)

    def _put(self, holder: dict[Any, Tree] | None, key: Any, tree: Tree) -> None:
        self.size += 1
        if holder is None:
            self.root = tree
        else:
            holder[key] = tree

    def _widen(self, steps: list[tuple[Path, Getter]], case: Any, wide: Path) -> None:
        """From a path on, whose values hardly repeat, the rule runs on each case."""
        holder, key = None, None
        node = self.root
        for path, getter in steps:
            if path == wide:
                break
            holder, key = node[1], getter(case)
            node = holder[key]
        self._put(holder, key, DIRECT)
