"""Write small Word documents for tests: any body, in the XML of the format."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(
    body: str,
    *,
    title: str = "",
    header: str = "",
    prolog: str = "",
    notes: dict[str, str] | None = None,
    main: str = f"{_MAIN}.document.main+xml",
    styles: str = "",
) -> bytes:
    """Return the bytes of a Word document with this body.

    `prolog` stands before its root, `notes` are the contents of its parts `footnotes` and `endnotes`, `main` is
    the type of the part that holds the body, and `styles` are further ones, as of `paragraph_style`.
    """
    notes = notes or {}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{name}+xml"/>' for name in notes)
    relations = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in notes)
    styles += "".join(map(paragraph_style, ("Title", "heading 1", "heading 2", "List Bullet", "toc 1")))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{_MAIN}.header+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/header" Target="header1.xml"/>{relations}</Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>The ward</dc:creator></cp:coreProperties>",
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>",
        "word/header1.xml": f"<w:hdr {_SPACES}>{paragraph(header)}</w:hdr>",
        "word/document.xml": f"{prolog}<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    parts |= {f"word/{name}.xml": f"<w:{name} {_SPACES}>{content}</w:{name}>" for name, content in notes.items()}
    return write_zip({name: text.encode() for name, text in parts.items()})


def write_zip(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the bytes of a ZIP archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def paragraph(text: str, style: str = "", inside: str = "") -> str:
    """Return a paragraph; `inside` is more XML within it."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}{inside}</w:p>"


def paragraph_style(name: str, based_on: str = "", outline: int | None = None, run: str = "") -> str:
    """Return a style, its id the name without spaces; `outline` is its level, 0 for the highest and 9 for none.

    `run` are properties of its runs, e.g. ``<w:b/>``.
    """
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    level = "" if outline is None else f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>'
    identity = name.replace(" ", "")
    named = f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
    return f"{named}{base}{level}<w:rPr>{run}</w:rPr></w:style>"


def run(text: str, properties: str = "") -> str:
    """Return a run of text, e.g. with the properties ``<w:b/>``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    """Return a table of cells, each the XML of its content."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
