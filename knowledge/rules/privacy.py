"""Rules about people: no patient's number, no person's own address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.model import Page
from knowledge.problems import Severity
from knowledge.rules.registry import Found, rule
from knowledge.text import Lines

_NUMBER = re.compile(r"[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{4}(?![0-9%]|[ -][0-9])")
_BEFORE = re.compile(r"(?:[\d.,/#%=+-]|\d[ -])\Z")
_ADDRESS = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_ROLES = frozenset(
    """
    access admin admissions advice appointments breastfeeding careers champion champions clinic
    community comms contact customer desk duty early earlyhelp email enquiries enquiry example
    feedback feeding frontdoor general health healthvisiting hello help helpdesk helpline hub hv
    infant info information mail mash maternal maternity mental midwives office pals perinatal pimh
    postmaster practice reception referral referrals safeguarding secretary service services spa
    support switchboard talkingtherapies team therapy training visitor visitors webmaster yourteam
    """.split()
)


@rule("nhs-number", Severity.ERROR, "No page holds an NHS number")
def something_like_an_nhs_number(page: Page, today: date) -> Iterator[Found]:
    lines: Lines | None = None
    for found in _NUMBER.finditer(page.text):
        digits = found.group().replace(" ", "").replace("-", "")
        if _BEFORE.search(page.text, max(0, found.start() - 2), found.start()):
            continue  # the tail of a longer number, or part of an address
        if digits[0] != "0" and _check_digit_fits(digits):
            lines = lines or Lines(page.text)
            yield Found(
                lines.number(found.start()),
                "This looks like an NHS number; Fingerpost holds nothing about patients",
                "Take it out. If it is something else, write it with a word between its figures",
            )


def _check_digit_fits(digits: str) -> bool:
    """The Modulus 11 test that every NHS number passes."""
    if len(set(digits)) == 1:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)
    )
    check = 11 - total % 11
    return check != 10 and (0 if check == 11 else check) == int(digits[9])


@rule("personal-email", Severity.ERROR, "No page holds a person's own e-mail address")
def address_of_a_person(page: Page, today: date) -> Iterator[Found]:
    if "@" not in page.text:
        return
    lines: Lines | None = None
    for found in _ADDRESS.finditer(page.text):
        words = [w for w in re.split(r"[._+\-\d]+", found.group(1).lower()) if w]
        if not words or any(word in _ROLES for word in words):
            continue
        joined = "".join(words)
        if any(len(role) > 4 and role in joined for role in _ROLES):
            continue
        lines = lines or Lines(page.text)
        yield Found(
            lines.number(found.start()),
            f"The address {found.group()} looks like a person's own",
            "Use the address of a team, such as duty.team@...",
        )
