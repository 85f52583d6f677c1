"""What a person chose for one file: how it is to be read. Never changed, only replaced."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Final

Cell = tuple[str, int, str]
"""Sheet, row number as the spreadsheet program shows it, header."""

Pair = tuple[str, str]
"""Two sheets, in the order of their names."""

DATES: Final = frozenset({"statement_date", "target_date", "submitted_date", "issued_date"})
"""Columns of days, as far as one can be set for a whole file."""

OF_ONE_FILE: Final = DATES | {"status", "kab_kota"}
"""
Columns whose value for a whole file is of that file alone: a sender makes one file a status, or one a place, and the
next one is another's.
"""


@dataclass(frozen=True)
class Choices:
    """
    The arguments of `read_upload` beyond the file itself; what is empty is left to the reader.

    >>> chosen = Choices().with_column("Wil.", "kab_kota").with_default("status", "issued")
    >>> chosen.arguments()
    {'mapping': {'Wil.': 'kab_kota'}, 'defaults': {'status': 'issued'}}
    """

    table: str | None = None
    sheets: tuple[str, ...] | None = None
    header_rows: Mapping[str, int] = field(default_factory=dict)
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    corrections: Mapping[Cell, str] = field(default_factory=dict)
    between: Mapping[Pair, str | None] = field(default_factory=dict)
    """Two sheets that state one key differently → the one that counts; None: as the reader takes it, row by row."""
    unknown: tuple[str, ...] = ()
    """Columns of which the file says nothing, and nobody knows it: asked, and answered so."""
    institutions: tuple[str, ...] = ()
    """LP3H that are entered into the list with this file. They are of this file alone: the log keeps them."""

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `read_upload`."""
        own = ("between", "unknown", "institutions")
        given = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in own}
        given["prefer"] = preferred(self.between)
        return {name: list(value) if name == "sheets" else value for name, value in given.items() if value}

    @property
    def facts(self) -> dict[str, Any]:
        """
        All of them as JSON, to be read back by `choices_of`.

        >>> chosen = Choices().with_sheets(("Mei",)).with_corrections({("Mei", 4, "NIB"): "9900000000001"})
        >>> chosen.facts
        {'sheets': ['Mei'], 'corrections': [['Mei', 4, 'NIB', '9900000000001']]}
        >>> choices_of(chosen.facts) == chosen
        True
        """
        plain = self.arguments() | {
            "corrections": cells_as_json(self.corrections),
            "between": pairs_as_json(self.between),
            "unknown": self.unknown,
            "institutions": self.institutions,
        }
        plain.pop("prefer", None)
        return json.loads(json.dumps({name: value for name, value in plain.items() if value}, default=str))

    @property
    def digest(self) -> str:
        """
        A name for exactly these choices: what was made with them is looked up by it.

        >>> Choices().with_header_row("Mei", 4).digest == Choices(header_rows={"Mei": 4}).digest != Choices().digest
        True
        """
        plain = self.arguments() | {"corrections": sorted(cells_as_json(self.corrections))}
        return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:16]

    def with_table(self, table: str | None) -> "Choices":
        """Another table has other columns and other values: of what was chosen only sheets and header rows stay."""
        return Choices(table=table, sheets=self.sheets, header_rows=self.header_rows)

    def with_sheets(self, sheets: tuple[str, ...] | None) -> "Choices":
        return replace(self, sheets=sheets)

    def with_between(self, sheets: Pair, taken: str | None) -> "Choices":
        """Of these two sheets that one counts; None: as it was read. The last answer goes before earlier ones."""
        one, other = sorted(sheets)
        others = {pair: known for pair, known in self.between.items() if pair != (one, other)}
        return replace(self, between={**others, (one, other): taken})

    def with_header_row(self, sheet: str, row: int) -> "Choices":
        return replace(self, header_rows={**self.header_rows, sheet: row})

    def with_column(self, header: str, column: str | None) -> "Choices":
        """`column` None: this header is not to be used."""
        return replace(self, mapping={**self.mapping, header: column})

    def with_default(self, column: str, value: Any) -> "Choices":
        """One value for the whole file; None takes the choice back, also that nobody knows it."""
        others = {name: one for name, one in self.defaults.items() if name != column}
        unknown = tuple(name for name in self.unknown if name != column)
        return replace(self, defaults=others if value is None else {**others, column: value}, unknown=unknown)

    def with_unknown(self, column: str) -> "Choices":
        """Nobody knows what holds for the whole file."""
        return replace(self.with_default(column, None), unknown=(*self.unknown, column))

    def with_meaning(self, column: str, spelling: str, canonical: str | None) -> "Choices":
        """This spelling is that one; None: it says nothing, and is not to be guessed."""
        known = {**self.meanings.get(column, {}), spelling: canonical}
        return replace(self, meanings={**self.meanings, column: known})

    def with_institution(self, spelling: str, name: str) -> "Choices":
        """This spelling is an LP3H that is in no list yet, by this name."""
        names = tuple(dict.fromkeys([*self.institutions, name]))
        return replace(self.with_meaning("lp3h", spelling, name), institutions=names)

    def with_corrections(self, corrections: Mapping[Cell, str]) -> "Choices":
        """These cells too, in place of what was typed for them before."""
        return replace(self, corrections={**self.corrections, **corrections})

    def without_corrections(self, cells: set[Cell]) -> "Choices":
        return replace(self, corrections={cell: text for cell, text in self.corrections.items() if cell not in cells})

    def lasting(self) -> dict[str, Any]:
        """
        What holds for the sender's next file too, as JSON; cells mended and OF_ONE_FILE are of this file alone.

        >>> Choices(defaults={"lp3h": "PWI Kaltim", "status": "issued", "statement_date": "2025-06-04"}).lasting()
        {'defaults': {'lp3h': 'PWI Kaltim'}}
        """
        given = self.arguments()
        given.pop("corrections", None)
        given.pop("prefer", None)
        given["between"] = pairs_as_json(self.between)
        given["defaults"] = {name: one for name, one in self.defaults.items() if name not in OF_ONE_FILE}
        return json.loads(json.dumps({name: value for name, value in given.items() if value}, default=str))


def cells_as_json(cells: Mapping[Cell, str]) -> list[list[Any]]:
    """Cells with what was typed into them; `cells_of` reads them back."""
    return [[*cell, text] for cell, text in cells.items()]


def cells_of(listed: Iterable[Sequence[Any]]) -> dict[Cell, str]:
    """
    >>> cells_of([["Mei", 4, "NIB", ""]])
    {('Mei', 4, 'NIB'): ''}
    """
    return {(sheet, row, header): text for sheet, row, header, text in listed}


def pairs_as_json(pairs: Mapping[Pair, str | None]) -> list[list[Any]]:
    """Pairs of sheets with the one that counts; `pairs_of` reads them back."""
    return [[*pair, taken] for pair, taken in pairs.items()]


def pairs_of(listed: Iterable[Sequence[Any]]) -> dict[Pair, str | None]:
    """
    >>> pairs_of([["Juni", "Mei", "Mei"]])
    {('Juni', 'Mei'): 'Mei'}
    """
    return {(one, other): taken for one, other, taken in listed}


def preferred(between: Mapping[Pair, str | None]) -> list[str]:
    """
    The sheets in an order that says what was chosen between each two; where choices go in a circle, the last holds.

    >>> preferred({("Juni", "Mei"): "Mei", ("Juli", "Mei"): "Juli", ("Agustus", "Mei"): None})
    ['Juli', 'Mei', 'Juni']
    """
    order: list[str] = []
    for pair, taken in between.items():
        if taken is None:
            continue
        (other,) = {*pair} - {taken}
        if other not in order:
            order.append(other)
        if taken in order and order.index(taken) < order.index(other):
            continue
        order = [name for name in order if name != taken]
        order.insert(order.index(other), taken)
    return order


def choices_of(facts: Mapping[str, Any]) -> Choices:
    """The choices that `Choices.facts` put down; what is not known to this version is left out."""
    known = {each.name: facts[each.name] for each in fields(Choices) if each.name in facts}
    known |= {name: tuple(known[name]) for name in ("sheets", "unknown", "institutions") if name in known}
    cells, pairs = (facts.get(name, ()) for name in ("corrections", "between"))
    return Choices(**known | {"corrections": cells_of(cells), "between": pairs_of(pairs)})


def recalled(facts: Mapping[str, Any], sheets: list[str]) -> Choices:
    """
    The choices that `lasting` put down, for a file of these sheets: what they say of other sheets is left out.
    The only sheet of a file keeps its header row whatever its name: a CSV's is the name of the file.

    >>> recalled({"sheets": ["Mei"], "header_rows": {"Mei": 4}, "mapping": {"Wil.": "kab_kota"}}, ["Juni"]).arguments()
    {'header_rows': {'Juni': 4}, 'mapping': {'Wil.': 'kab_kota'}}
    """
    known = {name: facts[name] for name in ("table", "mapping", "meanings") if name in facts}
    known["defaults"] = {name: one for name, one in facts.get("defaults", {}).items() if name not in OF_ONE_FILE}
    chosen = tuple(sheet for sheet in facts.get("sheets", ()) if sheet in sheets)
    rows = facts.get("header_rows", {})
    if len(rows) == len(sheets) == 1:
        rows = dict(zip(sheets, rows.values(), strict=True))
    rows = {sheet: row for sheet, row in rows.items() if sheet in sheets}
    pairs = {pair: taken for pair, taken in pairs_of(facts.get("between", ())).items() if {*pair} <= {*sheets}}
    return Choices(**known, sheets=chosen or None, header_rows=rows, between=pairs)


def as_json(value: Any) -> Any:
    """A value for a whole file as `read_upload` and the log take it: a date as text."""
    return value.isoformat() if isinstance(value, date) else value
