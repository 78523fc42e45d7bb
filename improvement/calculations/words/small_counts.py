"""Sentences that count so few children that somebody may recognise them; a person decides before publication."""

import re
from typing import Final

_LABEL: Final = (
    "key stage|phase|stage|ks|year|tier|level|section|step|part|grade|band|category|type|quarter|week|day|aged|age"
    "|action|priority|no|number|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER: Final = "one|two|three|four|[1-4]"
_COUNT: Final = rf"(?<![a-z0-9.,£-])(?<!one in )(?<![0-9] in )(?P<label>\b(?:{_LABEL})[ -])?(?P<count>{_NUMBER})"
_NO_MORE: Final = r"(?![a-z0-9%]|[.,][0-9]| ?%|-(?:year|month|week|day|hour))"
_NOT_BETWEEN: Final = (
    "year|years|yr|yrs|month|months|week|weeks|day|days|hour|hours|per|cent|percent|percentage|hundred|thousand|million"
    "|dozen|third|thirds|half|quarter|quarters|to|for|with|from|by|in|on|at|that|which|who|and|or|of|is|are|was|were|has"
    "|have|will|than|into|about|where|when|if"
)
_WORD: Final = rf"(?: (?!(?:{_NOT_BETWEEN})\b)[a-z][a-z’'-]*)"
_AGE: Final = r"(?: [0-9]{1,2}[ -]years?[ -]olds?)"
_ACRONYM: Final = "CYP|CLA|LAC|UASC|YP|CIN"
_ONE: Final = (
    "child|young person|care leaver|baby|sibling|boy|girl|infant|toddler|teenager|pupil|minor|victim|family|twin"
)
_MANY: Final = (
    "children|young people|young persons|care leavers|babies|siblings|boys|girls|infants|toddlers|teenagers|pupils"
    "|minors|victims|families|twins|kids|youths"
)
_NOUN_END: Final = r"(?![a-z])(?! protection| in need plan)"
_COUNTED: Final = re.compile(
    rf"{_COUNT}(?P<up_to> ?[-–/] ?(?:{_NUMBER}))?{_NO_MORE}"
    rf"(?P<of> (?:out )?of(?: (?:all|its|our|the|their|these|those|whom))?(?: [0-9]{{1,5}})?)?{_AGE}?{_WORD}{{0,3}} "
    rf"(?:(?P<single>{_ONE})|(?P<many>{_MANY})(?!['’])|(?P<short>{_ACRONYM})){_NOUN_END}",
    re.I,
)
_LISTED: Final = re.compile(
    rf"(?<![a-z])(?:{_MANY}|{_ACRONYM})(?: ?[:=(] ?| of )(?:{_NUMBER})(?![a-z0-9%/]|[.,][0-9]| ?%| year)"
    r"|(?<![a-z])sibling (?:group|set)s? of (?:two|three|four|[2-4])(?![a-z0-9%])",
    re.I,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n(?=[^a-z])")


def small_count_sentences(text: str) -> tuple[str, ...]:
    """The sentences that count one to four children, young people or families, in the order of the text.

    Not counts: percentages, ages ("2 year old children"), stages ("Key Stage 2 pupils"), "one front door". Where the
    words leave a doubt the sentence is shown: a person looks at each.
    """
    lines = "\n".join(line for each in text.split("\n") if (line := each.strip()))
    sentences = (" ".join(each.split()) for each in _SENTENCE_END.split(lines))
    return tuple(each for each in sentences if _counts_few(each))


def _counts_few(sentence: str) -> bool:
    return _LISTED.search(sentence) is not None or any(map(_is_count, _COUNTED.finditer(sentence)))


def _is_count(match: re.Match[str]) -> bool:
    """Whether number and noun agree: "one child", "one of the children", not "two child plans" or "Stage 2 pupils"."""
    if match["label"] is not None or match["short"] is not None:
        return match["label"] is None
    is_one = match["count"].lower() in ("one", "1") and match["up_to"] is None and match["of"] is None
    return is_one == (match["single"] is not None)
