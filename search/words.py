"""The one way text becomes words: used when indexing, asking and marking alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from whoosh.lang.porter import stem as porter

from search.everyday import FAMILIES, SAME, SHORT_WORDS, STOP, WHO

TOKEN = re.compile(r"[^\W_]+(?:[-\u2010-\u2015'\u2018\u2019\u02bc&:.][^\W_]+)*", re.UNICODE)
"""A word, or words tied by a hyphen, an apostrophe, an ampersand, or a point or colon inside."""

_LOOSE = re.compile(
    r"\b(post|ante|peri|pre|neo|non|multi|self|sub|well|step) (?=[^\W\d_]{3})", re.I
)
_TIES = re.compile(r"[-\u2010-\u2015&:.]")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc]")
_NUMBER = re.compile(r"\d+(?:\.\d+)+$")
_MAX_WORD = 40
# Whoosh's stemmer forgets to make one letter of two: hitting is hit, stopped is stop.
_ENDED = re.compile(r"(?:ed|ings?)$")
_DOUBLED = re.compile(r"..([b-df-hjkmnp-rtvwx])\1$")

_SPELLINGS = (
    (re.compile(r"paed"), "ped"),
    (re.compile(r"(an|leuk|isch|septic|hypoglyc)aem"), r"\1em"),
    (re.compile(r"^haem"), "hem"),
    (re.compile(r"oedem"), "edem"),
    (re.compile(r"^foet"), "fet"),
    (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"caesar"), "cesar"),
    (re.compile(r"^faec"), "fec"),
    (re.compile(r"oesoph"), "esoph"),
    (re.compile(r"rrhoea"), "rrhea"),
    (re.compile(r"anaesth"), "anesth"),
    (re.compile(r"([a-z]{2})iz(e|es|ed|er|ers|ing|ation|ations|ational)$"), r"\1is\2"),
    (re.compile(r"lyz(e|es|ed|ing)$"), r"lys\1"),
    (
        re.compile(r"^([a-z]{3,})our(s|ed|ing|al|ally|able|hood|hoods|ful|ite|ites|less)?$"),
        r"\1or\2",
    ),
    (re.compile(r"^(cent|met|lit|fib|theat|kilomet|millilit|goit)re(s|d)?$"), r"\1er\2"),
    (
        re.compile(
            r"^(counsel|travel|cancel|label|model|signal|fuel|channel|enrol)l(ed|ing|er|ers|or|ors)$"
        ),
        r"\1\2",
    ),
    (re.compile(r"^programme(s|d)?$"), r"program\1"),
    (re.compile(r"^practis(e|es|ed|ing)$"), r"practic\1"),
    (re.compile(r"^(licen|defen|offen)se(s|d)?$"), r"\1ce\2"),
    (re.compile(r"^(judg|acknowledg)ement"), r"\1ment"),
    (re.compile(r"^enquir"), "inquir"),
    (re.compile(r"^(age)ing$"), "aging"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^(catal|dial|anal)ogue"), r"\1og"),
)

_TWO_WAYS = re.compile(
    r"[ao]e|[iy]z|our|[bt]re|ll(?:ed|ing|er|or)|programme|practis|nse|gement|enquir|geing|grey|ogue"
)
"""Any of these, or no rule above applies."""


def tie_loose(text: str) -> str:
    """Beginnings that may stand apart tied to their words, letter for letter: `post-natal`."""
    return _LOOSE.sub(r"\1-", text)


def tokens(text: str) -> list[str]:
    """The tokens of a text as written, in order."""
    return TOKEN.findall(tie_loose(text))


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """One spelling for every way to write a word: case, accents, British and American."""
    low = word.casefold()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    if len(low) > 4 and _TWO_WAYS.search(low):
        for pattern, to in _SPELLINGS:
            low = pattern.sub(to, low)
    return low[:_MAX_WORD]


@lru_cache(maxsize=1 << 17)
def parts(token: str) -> tuple[str, ...]:
    """The folded words of a token, what stands between its hyphens apart; apostrophes go."""
    if _NUMBER.match(token):
        return (token,)
    if "'" in token or "\u2019" in token or "\u2018" in token or "\u02bc" in token:
        token = _APOSTROPHES.sub("'", token)
        if token[-2:] in ("'s", "'S"):
            token = token[:-2]
        token = token.replace("'", "")
    if token.isalnum():
        return (fold(token),)
    return tuple(fold(part) for part in _TIES.split(token) if part)


@lru_cache(maxsize=1 << 17)
def forms(token: str) -> tuple[str, ...]:
    """Every folded word a token gives to the index: its parts, and the whole written as one."""
    split = parts(token)
    if len(split) == 1:
        return split
    whole = fold("".join(split))
    if "&" in token:
        return (whole,)
    return (*split, whole)


@lru_cache(maxsize=1 << 17)
def written(token: str) -> tuple[str, ...]:
    """The ways somebody may begin to type this token: as it stands, folded, in parts and as one."""
    low = _APOSTROPHES.sub("'", token.casefold()).removesuffix("'s").replace("'", "")
    if low.isalnum():
        split = [low]
    else:
        split = [part for part in _TIES.split(low) if part]
        split = ["".join(split)] if "&" in low else [*split, "".join(split)]
    return tuple(dict.fromkeys([part[:_MAX_WORD] for part in split] + list(forms(token))))


@lru_cache(maxsize=1 << 17)
def stem(folded: str) -> str:
    """What the forms of a word have in common."""
    base = FAMILIES.get(folded, folded)
    if not base.isascii() or len(base) < 3:
        return base
    root: str = porter(base)
    if _DOUBLED.search(root) and _ENDED.search(base):
        root = root[:-1]
    if len(root) < 5 and root[-1] == "i" and not any(c in "aeou" for c in root[:-1]):
        root = root[:-1] + "y"
    return root


@lru_cache(maxsize=1 << 17)
def stems(token: str) -> tuple[str, ...]:
    """What a token of running text puts into the index; small words put nothing.

    A short form in capitals puts itself; one that is a word as well, like SALT, puts nothing else.
    """
    found = tuple(stem(form) for form in forms(token) if form not in STOP)
    if is_capitals(token):
        return (capitals(token),) if fold(token) in SHORT_WORDS else (*found, capitals(token))
    return found


@lru_cache(maxsize=1 << 14)
def all_forms(token: str) -> tuple[str, ...]:
    """Every word by which a token of running text may be asked for."""
    return (*stems(token), *written(token))


def is_capitals(token: str) -> bool:
    """Whether a token is written like a short form: SALT, SaLT, iHV."""
    return 2 <= len(token) <= 6 and token.isalpha() and sum(map(str.isupper, token)) >= 2


def capitals(token: str) -> str:
    """The word a short form in capitals puts into the index, beside its small letters."""
    return "^" + token.casefold()


def stems_of(text: str) -> list[str]:
    """All stems of a text, in order, small words left out."""
    return list(chain.from_iterable(map(stems, tokens(text))))


def words_of(text: str) -> list[str]:
    """All folded words of a text, in order, small words kept."""
    return list(chain.from_iterable(map(forms, tokens(text))))


def key_of(text: str) -> tuple[str, ...]:
    """A phrase as the stems of its words, small words left out unless there is nothing else."""
    split = [part for token in tokens(text) for part in parts(token)]
    return tuple(stem(p) for p in split if p not in STOP) or tuple(stem(p) for p in split)


def whole(text: str) -> str:
    """The word a whole concern puts into the index: its stems in order, small words kept."""
    return "=" + " ".join(map(stem, words_of(text)))


_ONE_NAME = {stem(b): stem(group[0]) for group in SAME for b in group if " " not in b}
_ONE_NAME |= {stem(name): stem(who) for name, who in WHO.items()}


_BABY = stem("baby")


def worry_of(text: str) -> list[str]:
    """What a worry is about: its stems in order, each once, whoever it is about under one name."""
    split = [part for token in tokens(text) for part in parts(token)]
    held = [part for part in split if part not in STOP or WHO.get(part)] or split
    roots = (_ONE_NAME.get(root, root) for root in map(stem, held))
    return [root for root in dict.fromkeys(roots) if root]


def worry_word(roots: Iterable[str]) -> str:
    """The word a worry puts into the index, in whatever order its words are said."""
    return "#" + " ".join(sorted(roots))


def worries(concern: str) -> Iterator[str]:
    """A concern and, where it lists several, each that has words enough to be told by.

    Where two other words tell it, the baby goes without saying.
    """
    for piece in (concern, *concern.split(",")):
        roots = worry_of(piece)
        if len(roots) > 1 or (roots and piece == concern):
            yield worry_word(roots)
        if len(roots) > 2 and _BABY in roots:
            yield worry_word(root for root in roots if root != _BABY)


def probe(root: str) -> str:
    """What running text that holds a form of a word has at its beginning, as a rule."""
    bare = root.lstrip("^")
    return bare[:-1] if len(bare) > 3 and bare[-1] in "iy" else bare


def hides(token: str) -> bool:
    """Whether a token is written so that a stem of it cannot be seen in it: British, hyphened."""
    low = token.casefold()
    begins = [low, *_TIES.split(low)]
    return any(not any(b.startswith(probe(root)) for b in begins) for root in stems(token))
