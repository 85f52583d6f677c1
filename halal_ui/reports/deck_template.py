"""The deck's template: 16:9, the office's colours and one face as a theme, two layouts with footer and slide number."""

from typing import Any, Final

import pptx
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.util import Emu, Inches

from halal_ui.look.palette import LIGHT

WIDTH, HEIGHT = 13.333, 7.5
MARGIN: Final = 0.5
INSIDE: Final = WIDTH - 2 * MARGIN
"""Inches, as all lengths of the deck."""

TITLE_TOP, TITLE_HEIGHT = 0.42, 1.0
BODY_TOP, BODY_END = 1.55, 6.8
FOOT_TOP, FOOT_HEIGHT = 6.98, 0.3

FACE: Final = "Arial"
"""On every office computer; LibreOffice has a face of the same widths for it."""

ACCENT: Final = {"used": 1, "issued": 2, "quota": 3, "behind": 4, "on_track": 5, "late": 6}
"""Colour of the palette → the theme's accent, so that a change of theme changes every picture."""

OPENING, CONTENT = 0, 1
"""Places of the layouts."""

_NS: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def new_presentation() -> Presentation:
    """An empty presentation of this template. Nothing in it depends on when it is made."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Emu(12_192_000), Inches(HEIGHT)
    deck.part._element.sldSz.attrib.pop("type", None)  # it says 4:3
    for relation in [r for r in deck.part.rels.values() if r.reltype.endswith("/printerSettings")]:
        deck.part.rels.pop(relation.rId)
    package = deck.part.package
    for relation in [r for r in package._rels.values() if r.reltype.endswith(("/thumbnail", "/extended-properties"))]:
        package._rels.pop(relation.rId)  # picture and counts of somebody else's template
    notes = deck.part.relate_to(deck.notes_master.part, RT.NOTES_MASTER)
    listed = f'<p:notesMasterIdLst {_NS}><p:notesMasterId r:id="{notes}"/></p:notesMasterIdLst>'
    deck.part._element.sldMasterIdLst.addnext(parse_xml(listed))  # PowerPoint lists it; python-pptx does not
    for place, layout in reversed(list(enumerate(deck.slide_layouts))):
        if place not in (0, 5):
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = _themed(theme.blob)
    _replace(master, _title(TITLE_TOP, TITLE_HEIGHT, "b") + _body() + _foot() + _BAND)
    for kind, size in (("titleStyle", 24), ("bodyStyle", 16)):
        _restyle(master, kind, size)
    _replace(deck.slide_layouts[OPENING], _title(1.9, 1.9, "b", "ctrTitle", 40) + _body("subTitle", 4.0, 2.6) + _foot())
    deck.slide_layouts[OPENING].name = "Judul rapat"
    _replace(deck.slide_layouts[CONTENT], _title(TITLE_TOP, TITLE_HEIGHT, "b") + _foot())
    deck.slide_layouts[CONTENT].name = "Pesan, angka, gambar"
    return deck


def _themed(blob: bytes) -> bytes:
    theme = parse_xml(blob)
    ns = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    theme.set("name", "Pantau Halal")
    colours = {"dk1": LIGHT.ink, "lt1": LIGHT.page, "dk2": LIGHT.muted, "lt2": LIGHT.surface}
    colours |= {f"accent{place}": getattr(LIGHT, name) for name, place in ACCENT.items()}
    colours |= {"hlink": LIGHT.used, "folHlink": LIGHT.quota}
    for name, colour in colours.items():
        slot = theme.find(f".//a:clrScheme/a:{name}", ns)
        for old in list(slot):
            slot.remove(old)
        slot.append(parse_xml(f'<a:srgbClr {_NS} val="{colour[1:].upper()}"/>'))
    for latin in theme.iterfind(".//a:fontScheme/*/a:latin", ns):
        latin.set("typeface", FACE)
    return etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _replace(layout: Any, shapes: str) -> None:
    """Other shapes in a master or layout; their ids are counted from 2."""
    tree = layout.shapes._spTree
    for shape in list(tree)[2:]:  # after its own properties
        tree.remove(shape)
    for number, shape in enumerate(parse_xml(f"<p:spTree {_NS}>{shapes}</p:spTree>"), start=2):
        shape.nvSpPr.cNvPr.set("id", str(number))
        tree.append(shape)


def _restyle(master: Any, kind: str, size: int) -> None:
    ns = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    style = next(node for node in master._element.iter() if str(node.tag).endswith(f"}}{kind}"))
    for level in style:
        level.set("algn", "l")
        for run in level.iterfind("a:defRPr", ns):
            run.set("sz", str(size * 100))
            run.set("b", "1" if kind == "titleStyle" else "0")
        for bullet in [*level.iterfind("a:buChar", ns), *level.iterfind("a:buFont", ns)]:
            level.remove(bullet)
        if kind == "bodyStyle" and level.find("a:buNone", ns) is None:
            level.set("marL", "0")
            level.set("indent", "0")
            level.insert(list(level).index(level.find("a:defRPr", ns)), parse_xml(f"<a:buNone {_NS}/>"))


def _placeholder(kind: str, name: str, place: tuple[float, float, float, float], text: str, body: str = "") -> str:
    x, y, width, height = (round(length * 914_400) for length in place)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>"
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>{text}</p:txBody></p:sp>'
    )


def _title(top: float, height: float, anchor: str, kind: str = "title", size: int = 24) -> str:
    style = f'<a:lvl1pPr algn="l"><a:defRPr sz="{size * 100}" b="1"/></a:lvl1pPr>'
    text = (
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle>"
        '<a:p><a:r><a:rPr lang="id-ID"/><a:t>Satu pesan, satu kalimat</a:t></a:r></a:p>'
    )
    return _placeholder(f'type="{kind}"', "Judul", (MARGIN, top, INSIDE, height), text)


def _body(kind: str = "body", top: float = BODY_TOP, height: float = BODY_END - BODY_TOP) -> str:
    text = (
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"><a:normAutofit/></a:bodyPr><a:lstStyle/>'
        '<a:p><a:r><a:rPr lang="id-ID"/><a:t>Isi</a:t></a:r></a:p>'
    )
    return _placeholder(f'type="{kind}" idx="1"', "Isi", (MARGIN, top, INSIDE, height), text)


def _foot() -> str:
    def text(align: str, content: str) -> str:
        return (
            '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
            f'<a:lstStyle><a:lvl1pPr algn="{align}"><a:defRPr sz="1100"><a:solidFill>'
            '<a:schemeClr val="tx2"/></a:solidFill>'
            f"</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{content}</a:p>"
        )

    number = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="id-ID"/><a:t>1</a:t></a:fld>'
    )
    foot = (MARGIN, FOOT_TOP, INSIDE - 1.2, FOOT_HEIGHT)
    last = (WIDTH - MARGIN - 1.1, FOOT_TOP, 1.1, FOOT_HEIGHT)
    return _placeholder('type="ftr" sz="quarter" idx="11"', "Kaki", foot, text("l", "")) + _placeholder(
        'type="sldNum" sz="quarter" idx="12"', "Nomor salindia", last, text("r", number)
    )


_BAND: Final = (
    '<p:sp><p:nvSpPr><p:cNvPr id="0" name="Pita"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="12192000" cy="118872"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
    '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="id-ID"/></a:p></p:txBody></p:sp>'
)
