"""Steps that may answer a finding, by the words that they share; a person decides, and nothing is linked by it.

A word counts the more, the fewer steps of the plan have it, and by where and how often it stands in the step; long
steps, which have many words, count less. The words are those that PostgreSQL's full-text search keeps of a step.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, QuerySet

from improvement.models import Plan, Step
from improvement.selectors.finding import SEARCH_CONFIG
from improvement.selectors.standing import IN_PRINT
from improvement.selectors.steps import find_step

MOST_SUGGESTED: Final = 10
MOST_FOUND: Final = 20
MOST_SHARED: Final = 6
"""Of the words that a step shares, as many are named: the rarest."""

_FEW: Final = 3
"""A word that only so many steps have is never too common, however small the plan."""

_WEIGHTS: Final = {"A": 1.0, "B": 0.4, "C": 0.4, "D": 0.1}
"""What a word counts for by where it stands: how and reference, action and owners, success and updates, the rest."""

_HALF: Final = 0.6
"""Places that count for so much make a word count for half of what it can. Tried out on the demonstration's letter."""

_LONGEST_NUMBER: Final = 6
"""Digits of a step's number that are looked up."""

_WORDS: Final = "SELECT token, lexemes[1] FROM ts_debug(%s::regconfig, %s) WHERE cardinality(lexemes) > 0"
_SHARED: Final = """
SELECT step.id, length(step.search), word.lexeme, word.weights
FROM improvement_step step
JOIN improvement_action action ON action.id = step.action_id
CROSS JOIN LATERAL unnest(step.search) word
WHERE action.plan_id = %s AND step.dropped_on IS NULL AND word.lexeme = ANY(%s)
"""


class _Shared(NamedTuple):
    """A word that a step shares: how many words the step has, and the weights of the places where it stands."""

    step: int
    length: int
    lexeme: str
    weights: list[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step with the words of the finding that it shares, the rarest first."""

    step: Step
    shared: tuple[str, ...]


def suggestions(words: str, plan: Plan, linked: Iterable[int]) -> list[Suggestion]:
    """The steps that share most with these words, the likeliest first; dropped and linked ones are left out.

    Four queries.
    """
    known = _lexemes(words)
    shared = _shared(plan, list(known))
    worth = _worth(shared, _number_of_steps(plan))
    left_out = set(linked)
    scores, by_step = defaultdict[int, float](float), defaultdict[int, list[str]](list)
    for each in shared:
        if each.lexeme in worth and each.step not in left_out:
            scores[each.step] += worth[each.lexeme] * _prominence(each.weights) / sqrt(each.length)
            by_step[each.step].append(each.lexeme)
    best = sorted(scores, key=lambda step: (-scores[step], step))[:MOST_SUGGESTED]
    steps = _with_action(Step.objects.filter(pk__in=best)).in_bulk()
    return [Suggestion(steps[pk], _named(by_step[pk], known, worth)) for pk in best if pk in steps]


def found_steps(words: str, plan: Plan, linked: Iterable[int]) -> list[Step]:
    """The steps that have these words, as they are looked for on the plan's page, the likeliest first; one query."""
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    rows = Step.objects.filter(action__plan=plan, dropped_on=None, search=query).exclude(pk__in=list(linked))
    rows = rows.annotate(rank=SearchRank(F("search"), query))
    return list(_with_action(rows).order_by("-rank", *IN_PRINT)[:MOST_FOUND])


def step_called(plan: Plan, reference: str) -> Step | None:
    """The plan's step of a reference as people type it: "13.2/1", " 13.2 / 1"."""
    action, _, number = "".join(reference.split()).rpartition("/")
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        return None
    return find_step(plan, action, int(number))


def _with_action(rows: QuerySet[Step]) -> QuerySet[Step]:
    return rows.select_related("action").defer("search")


def _lexemes(words: str) -> Mapping[str, str]:
    """What the words are searched by, each with the word that stands there first."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [SEARCH_CONFIG, words])
        for token, lexeme in cursor.fetchall():
            found.setdefault(lexeme, token.lower())
    return found


def _shared(plan: Plan, lexemes: list[str]) -> list[_Shared]:
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [plan.pk, lexemes])
        return [_Shared(*row) for row in cursor.fetchall()]


def _number_of_steps(plan: Plan) -> int:
    return Step.objects.filter(action__plan=plan, dropped_on=None).count()


def _worth(shared: Iterable[_Shared], steps: int) -> Mapping[str, float]:
    """What each word is worth, by how few steps have it; those that half of the steps have are left out."""
    numbers = Counter(each.lexeme for each in shared)
    return {
        lexeme: log((steps + 1) / number) for lexeme, number in numbers.items() if number <= _FEW or number * 2 < steps
    }


def _prominence(weights: Iterable[str]) -> float:
    """What the places where a word stands count for, below one: every further place adds less."""
    total = sum(_WEIGHTS[at] for at in weights)
    return total / (total + _HALF)


def _named(lexemes: list[str], known: Mapping[str, str], worth: Mapping[str, float]) -> tuple[str, ...]:
    rarest = sorted(lexemes, key=lambda lexeme: (-worth[lexeme], lexeme))
    return tuple(known[lexeme] for lexeme in rarest[:MOST_SHARED])
