"""What is personal in a text by its shape: a NIK, a phone, an e-mail address."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from halal_metrics.personal_numbers import Span, numbers

_AT: Final = re.compile(r"\s?[@＠﹫]\s?|\s?[\[(]at[\])]\s?")
_BEFORE_AT: Final = re.compile(r"[^\s<>(),;:\"@＠]{1,64}$")
_BEHIND_AT: Final = re.compile(r"[\w\-]{1,63}(?:\.+[\w\-]{1,63})+")


def found(text: str) -> list[Span]:
    """
    What is personal in a text, from left to right, none over another.

    >>> [span.what for span in found("NIK 9901-0141-0190-0001, HP +62 812 3456 7890, ani@contoh.example")]
    ['nik', 'phone', 'email']
    >>> found("NIB 8120001234567, SH2025-1-990001, ID64110055824640426, 31/05/2025 s.d. 04-06-2025, 1.000 kuota")
    []
    """
    digits = list(numbers(text))
    niks = _beside([], [span for span in digits if span.what == "nik"])
    return _beside(_beside(niks, _emails(text)), [span for span in digits if span.what == "phone"])


def _beside(first: list[Span], others: Iterable[Span]) -> list[Span]:
    """The first, and what of the others lies beside them: of an address with a NIK in it, what is left."""
    spans, at, known = [], 0, sorted(first)
    for start, end, what in others:
        while at < len(known) and known[at].end <= start:
            at += 1
        place = at
        while place < len(known) and known[place].start < end:
            if start < known[place].start and what == "email":
                spans.append(Span(start, known[place].start, what))
            start = known[place].end if what == "email" else end
            place += 1
        if start < end:
            spans.append(Span(start, end, what))
    return sorted([*known, *spans])


def _emails(text: str) -> Iterator[Span]:
    ended = 0
    for at in _AT.finditer(text):
        before = _BEFORE_AT.search(text, max(at.start() - 64, ended), at.start())
        behind = _BEHIND_AT.match(text, at.end())
        if before and behind and before.start() >= ended:
            ended = behind.end()
            yield Span(before.start(), ended, "email")
