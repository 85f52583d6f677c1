"""Files made to harm, or broken by chance: each ends in seconds, in bounded memory, refused or honestly read."""

import io
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import (
    SHEET,
    compound_bytes,
    csv_bytes,
    ods_bytes,
    parquet_bytes,
    with_part,
    xlsx_bytes,
    xlsx_of_xml,
    xml_cell,
    zip_bytes,
)

from halal_metrics.sheets import UnreadableFile, worker
from halal_metrics.sheets.files import Grid, read_grids

MADE = Path(__file__).parent / "made"
CODES = {"password", "corrupt", "empty", "no_header", "too_large", "unsupported"}


def outcome(content: bytes) -> list[Grid] | str:
    try:
        return read_grids(content, name="x")
    except UnreadableFile as error:
        code = error.code
    assert code in CODES
    return code


@contextmanager
def watched() -> Iterator[list[int]]:
    """
    The most memory, in bytes, that any child of this process takes meanwhile; one that was there before, as another
    test's server or a parser that is being ended, counts where it takes more than before.
    """
    most, done = [0], threading.Event()
    before = {child.pid: taken(child) for child in psutil.Process().children()}

    def watch() -> None:
        while not done.wait(0.01):
            for child in psutil.Process().children():
                memory = taken(child)
                if memory > before.get(child.pid, 0) + SLACK:
                    most[0] = max(most[0], memory)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


def taken(process: psutil.Process) -> int:
    """Memory of a process in bytes, none of one that has ended."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


SLACK = 20 * 2**20

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(12))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/passwd">]>'
XML_2003 = (
    b'%s<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Row><Cell>'
    b'<Data ss:Type="String">&m;</Data></Cell></Row></Table></Worksheet></Workbook>'
)
MEMORY = 900 * 2**20
"""Less than the product gives a child, so that bombs can be smaller too."""


@pytest.fixture(scope="module", autouse=True)
def small_children() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "POOL", worker.Pool(memory=MEMORY))
        patch.setitem(worker.SECONDS, "compound", 4)
        yield
        worker.POOL.close()


def one_long_cell() -> bytes:
    return xlsx_of_xml([b'<row r="1"><c r="A1" t="inlineStr"><is><t>', *[b"a" * 2**20] * 450])


def declaring(size: int, content: bytes) -> bytes:
    """The workbook, whose list of parts states this size for its sheet."""
    entries = [at for at in range(len(content)) if content[at : at + 4] == b"PK\1\2"]
    at = next(at for at in entries if SHEET.encode() in content[at : at + 99])
    return content[: at + 24] + size.to_bytes(4, "little") + content[at + 28 :]


BOMBS = {
    "gigabytes of nothing": declaring(2**32 - 2, xlsx_of_xml(b"")),
    "laughs in a sheet": xlsx_of_xml(xml_cell("A1", "&m;"), before=LAUGHS),
    "laughs in xml": XML_2003 % LAUGHS,
    "cells without end": ods_bytes(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="16384"><text:p>v</text:p></table:table-cell></table:table-row>'
    ),
    "a cell beyond the last": xlsx_of_xml(xml_cell("A1", "a") + xml_cell("ZZZZ99999999999999", "b")),
    "thousands of parts": zip_bytes({"xl/workbook.xml": b"<x/>"} | {f"xl/{at}": b"" for at in range(30_000)}),
    "merged without end": b"<table>" + b"<tr><td colspan=16000 rowspan=60000>x</td></tr>" * 3000,
    "tables within tables": b"<table><tr><td>" * 3000 + b"x",
    "many columns": b";" * 2_000_000 + b"\n;",
    "one line": b"NIB;Nama;Status\n1;2;" + b"OF10 " * 8_000_000,
    "nothing but marks": b'"' * 20_000_000,
    "marks that nothing closes": b"NIB;Nama;Status\n" + b'1;"Toko;OF10\n' * 500_000,
    "marks that close in the wrong place": b'NIB;Nama;Status\n1;"a\n' + b'2;""a;OF10\n' * 500_000,
    "blank lines": b"NIB;Nama" + b"\n" * 20_000_000 + b"x;y",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_bounded_memory(name):
    """What unpacks to gigabytes, expands or nests without end never takes more than a child is given."""
    with watched() as memory:
        assert outcome(BOMBS[name]) in CODES
    assert memory[0] < MEMORY


def test_one_long_cell_is_refused_whatever_its_size_is_said_to_be():
    """A part that is a thousand times what the zip says of it is refused like one that is honest about it."""
    bomb = one_long_cell()
    with watched() as memory:
        assert outcome(bomb) == "too_large"
        assert outcome(declaring(1000, bomb)) in {"corrupt", "too_large"}
    assert memory[0] < MEMORY


def test_values_that_repeat_without_end():
    """A few bytes of parquet that claim hundreds of millions of cells are refused unread."""
    content = io.BytesIO()
    nothing = pa.nulls(1_000_000, pa.int8())
    pq.write_table(pa.table({f"c{at}": nothing for at in range(201)}), content)
    assert len(content.getvalue()) < 400_000
    assert outcome(content.getvalue()) == "too_large"


@pytest.mark.parametrize("xml", [XML_2003 % OUTSIDE, xlsx_of_xml(xml_cell("A1", "&m;"), before=OUTSIDE)])
def test_nothing_outside_the_file_is_read(xml):
    """An entity that names a file on the server brings nothing of it in."""
    assert outcome(xml) == "corrupt"


def test_a_million_formatted_rows_below_the_data():
    """They are no rows, blank or holding spaces, and do not cross the pipe."""
    row = b'<row r="%d"><c r="A%d" s="0"/><c r="H%d" s="0"/></row>'
    blank = b"".join(row % (at, at, at) for at in range(2, 400_000))
    spaces = b"".join(b'<row r="%d">%s</row>' % (at, xml_cell(f"B{at}", " ")) for at in range(400_000, 500_000))
    (grid,) = read_grids(xlsx_of_xml(b'<row r="1">%s</row>' % xml_cell("A1", "NIB") + blank + spaces), name="x")
    assert (grid.rows, len(grid.columns)) == (1, 1)


def test_a_cell_far_out_costs_no_memory():
    """One stray cell in the last corner: it is read, and so is everything else, at its row, with its merged cells."""
    rows = (
        b'<row r="2"><c r="A2" s="0"/>%s%s</row>' % (xml_cell("B2", "NIB"), xml_cell("C2", "Nama"))
        + b'<row r="3">%s</row><row r="7" s="1"/>' % xml_cell("B3", "1")
        + b'<row r="1048576">%s</row>' % xml_cell("XFD1048576", "nyasar")
    )
    with watched() as memory:
        (grid,) = read_grids(xlsx_of_xml(rows, after=b'<mergeCells><mergeCell ref="B3:B4"/></mergeCells>'), name="x")
    assert (grid.rows, len(grid.columns), grid.merged) == (1_048_576, 3, ((2, 0, 3, 0),))
    assert [grid.row(at) for at in (0, 1, 2, 3)] == [[None] * 3, ["NIB", "Nama", None], ["1", None, None], [None] * 3]
    assert grid.row(1_048_575) == [None, None, "nyasar"]
    assert memory[0] < MEMORY


def test_all_columns_of_a_sheet():
    """16.384 columns are columns like any other."""
    (grid,) = read_grids(xlsx_of_xml(b'<row r="1">%s%s</row>' % (xml_cell("A1", "a"), xml_cell("XFD1", "z"))), name="x")
    assert (len(grid.columns), grid.row(0)[-1]) == (16_384, "z")


LOCKED_XLS = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\x2f\x00\x02\x00\0\0" + b"\x0a\0\0\0"
XLS = (MADE / "register.xls").read_bytes()


def changed(at: int, value: int) -> bytes:
    content = bytearray(XLS)
    content[at] = value
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (compound_bytes({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "password"),
        (compound_bytes({"Workbook": LOCKED_XLS}), "password"),
        (compound_bytes({"Book": LOCKED_XLS}), "password"),
        (compound_bytes({"WordDocument": b"x"}), "unsupported"),
        (compound_bytes({"Workbook": b"\xff" * 5000}), "corrupt"),
        (compound_bytes({"Workbook": b""}), "empty"),
        (XLS[:3000], "corrupt"),
        (XLS[:20], "corrupt"),
        (changed(3772, 128), "corrupt"),  # asks for 773 GB, which aborts the parser
        (changed(4098, 211), "corrupt"),  # has the parser going round in circles
    ],
)
def test_the_container_of_xls(content, code):
    """Locked workbooks, other documents and damaged ones are told apart; what ends the parser ends nothing else."""
    assert outcome(content) == code


VALID = {
    "xls": XLS,
    "ods": (MADE / "register.ods").read_bytes(),
    "xlsx": xlsx_bytes({"Data": [["NIB", "Nama"], ["8120001234567", "Siti"]]}),
    "html": b"<table><tr><td rowspan=2>NIB</td><td>Nama</td></tr><tr><td>1</td></tr></table>",
    "parquet": parquet_bytes(pa.table({"nib": ["1", None], "n": [1.5, 2], "d": [["a"], None]}).to_pandas()),
    "csv": csv_bytes([["NIB", "Nama"], ["1", 'Siti "A"\n2'], ["2", "Ani"]]),
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(VALID)), st.randoms(use_true_random=False), st.integers(1, 8), st.floats(0.2, 1))
def test_damaged_bytes(kind, chance, count, share):
    """A valid file cut off, or with bytes changed, is read or refused: never anything else, and never in vain."""
    content = bytearray(VALID[kind])
    for _ in range(count):
        content[chance.randrange(len(content))] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
    whole = share > 0.8
    result = outcome(bytes(content[: len(content) if whole else int(len(content) * share)]))
    assert (
        result in CODES
        if isinstance(result, str)
        else all(column.null_count <= grid.rows for grid in result for column in grid.columns)
    )


def test_random_bytes_of_every_beginning():
    """Noise behind the first bytes of any kind of file is refused."""
    chance = random.Random(20250604)
    for start in (
        b"PK\3\4",
        b"PAR1",
        XLS[:8],
        b"<table>",
        b"\x89PNG\r\n",
        b"MIME-Version: 1.0\r\n",
        b"\xff\xd8\xff\xe0",
    ):
        assert outcome(start + chance.randbytes(3000)) in CODES


def test_a_part_that_is_something_else():
    """A sheet whose part is not XML, or not there, is damage, said as such."""
    book = xlsx_bytes({"Data": [["a"]]})
    assert outcome(with_part(book, SHEET, b"\0\1\2")) == "corrupt"
    assert outcome(with_part(book, SHEET, b"<html/>")) in {"corrupt", "empty"}
