"""What a screen reader says of a structure tree, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.readback.structure import Element

_PIECES = {"P", "Caption", "Lbl", "Note", "FENote", "LBody", "Title"}


def read_aloud(element: Element) -> Iterator[str]:
    """Yield what is said, in the order in which it is read."""
    role = element.role
    if role[:1] == "H" and role[1:].isdigit():
        yield f"Heading, level {role[1:]}: {_said(element)}"
    elif role == "Figure":
        yield f"Picture: {element.alternative or 'without a description'}"
        yield from _inside(element)
    elif role == "Table":
        rows = [e for e in element.walk() if e.role == "TR"]
        columns = max(
            (sum(isinstance(kid, Element) for kid in row.kids) for row in rows), default=0
        )
        yield f"Table, {len(rows)} rows, {columns} columns"
        yield from _inside(element)
        yield "End of table"
    elif role in ("TH", "TD"):
        heads = element.notes.get("Headers", "")
        says = _said(element) or "empty"
        yield f"{heads}: {says}" if heads else f"Head: {says}" if role == "TH" else says
    elif role == "L":
        yield f"List, {sum(e.role == 'LI' for e in element.kids if isinstance(e, Element))} items"
        yield from _inside(element)
        yield "End of list"
    elif role == "LI":
        yield from _item(element)
    elif role == "TOCI":
        yield f"Entry: {_said(element)}"
    elif role in _PIECES:
        yield from _piece(element)
    else:
        yield from _inside(element)


def _inside(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from read_aloud(kid)
        elif kid.strip():
            yield kid.strip()


def _item(element: Element) -> Iterator[str]:
    label = "".join(_said(k) for k in element.kids if isinstance(k, Element) and k.role == "Lbl")
    lines: list[str] = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.role != "Lbl":
            lines += _piece(kid)
    first, *others = lines or [""]
    yield f"{label} {first}".strip()
    yield from others


def _piece(element: Element) -> Iterator[str]:
    """Yield a piece's words as one line, then what else it holds."""
    words = ""
    for kid in element.kids:
        if isinstance(kid, str):
            words += kid
        elif kid.role == "Link":
            words += f"link {_said(kid)}"
        elif kid.role in ("Note", "FENote"):
            words += f" (note: {_said(kid)}) "
        elif kid.role in ("L", "Table", "P", "Figure", "BlockQuote", "Div"):
            if words.strip():
                yield _line(words, element)
            words = ""
            yield from read_aloud(kid)
        else:
            words += _said(kid)
    if words.strip():
        yield _line(words, element)


def _line(words: str, element: Element) -> str:
    language = element.notes.get("lang")
    return f"[{language}] {' '.join(words.split())}" if language else " ".join(words.split())


def _said(element: Element) -> str:
    words = element.notes.get("says") or element.text
    return " ".join(words.split())
