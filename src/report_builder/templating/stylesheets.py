"""A document's style sheets as written: each declaration with its file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from report_builder.problems import Position
from report_builder.templating.chain import shipped_templates
from report_builder.templating.resources import NotAllowedError, Resources

_PRINTED = re.compile(r"(?i)^\s*$|\b(all|print|not)\b|\(")
Shipped = frozenset[tuple[str, str, str]]
"""What the shipped style sheets declare: rules, names and values."""

_DEEPEST = 8  # style sheets that import each other


@dataclass(frozen=True)
class Declared:
    """A declaration: what it says, in which rule, and where."""

    name: str
    value: str
    rule: str
    position: Position
    is_important: bool = False
    is_shipped: bool = False  # it is a shipped theme's, or as a shipped theme has it


@dataclass(frozen=True)
class StyleRule:
    """Selectors, as compiled, and what is declared for what they select."""

    selectors: tuple[Any, ...]
    declared: tuple[Declared, ...]


@dataclass
class StyleSheets:
    """The style sheets of a document, read one after the other as it names them."""

    resources: Resources
    rules: list[StyleRule] = field(default_factory=list)
    pages: list[tuple[str, Declared]] = field(default_factory=list)
    """What is declared of pages (“@page”), and of their margins (“@top-left”)."""
    paths: list[Path] = field(default_factory=list)
    """The files that were read."""

    @cached_property
    def shipped(self) -> Shipped:
        """What the shipped style sheets declare now: in a checkout they can be edited."""
        paths = sorted(shipped_templates().rglob("*.css"))
        return _declared_in(*(path.read_text("utf-8") for path in paths))

    def add_address(self, address: str, depth: int = 0) -> None:
        """Read the style sheet at an address, and those that it imports."""
        try:
            path = self.resources.path_of(address)
            text = path.read_text("utf-8")
        except (NotAllowedError, OSError, UnicodeDecodeError):
            return  # named elsewhere, or none that a line can be told of
        if depth < _DEEPEST:
            self.paths.append(path)
            self.add(text, path, depth)

    def add(self, text: str, path: Path, depth: int = 0) -> None:
        """Read a style sheet's text."""
        import tinycss2

        self._nodes(tinycss2.parse_stylesheet(text, True, True), path, depth)

    def _nodes(self, nodes: Sequence[Any], path: Path, depth: int) -> None:
        import tinycss2

        for node in nodes:
            if node.type == "qualified-rule":
                self._rule(node, path)
            elif node.type == "at-rule" and node.lower_at_keyword == "import":
                address, media = _imported(node.prelude)
                if _PRINTED.search(media):
                    self.add_address(address, depth + 1)
            elif node.type == "at-rule" and node.lower_at_keyword == "page":
                self._page(node, path)
            elif node.type == "at-rule" and node.content and _PRINTED.search(_text(node.prelude)):
                self._nodes(tinycss2.parse_rule_list(node.content, True, True), path, depth)

    def _rule(self, node: Any, path: Path) -> None:
        from cssselect2 import SelectorError, compile_selector_list

        try:
            selectors = tuple(compile_selector_list(node.prelude))
        except SelectorError:
            return
        declared = tuple(declarations(node.content, _text(node.prelude), path, self.shipped))
        self.rules.append(StyleRule(selectors, declared))

    def _page(self, node: Any, path: Path) -> None:
        import tinycss2

        rule = f"@page {_text(node.prelude)}".strip()
        self.pages += (("@page", d) for d in declarations(node.content, rule, path, self.shipped))
        for inner in tinycss2.parse_blocks_contents(node.content, True, True):
            if inner.type == "at-rule" and inner.content:
                part = f"@{inner.lower_at_keyword}"
                found = declarations(inner.content, f"{rule} {part}", path, self.shipped)
                self.pages += ((part, d) for d in found)


def declarations(content: Any, rule: str, path: Path, known: Shipped) -> Iterator[Declared]:
    """Yield the declarations of a rule, or of an element's attribute “style”.

    Those that are ``known`` from the shipped style sheets are copies, not the theme's own doing.
    """
    import tinycss2

    is_ours = in_shipped(path)
    for node in tinycss2.parse_blocks_contents(content, True, True):
        if node.type == "declaration":
            name, value = node.lower_name if node.name[:2] != "--" else node.name, _text(node.value)
            position = Position(path.as_posix(), node.source_line, node.source_column)
            shipped = is_ours or (rule, name, value) in known
            yield Declared(name, value, rule, position, node.important, shipped)


def in_shipped(path: Path) -> bool:
    """Tell whether a theme's file is one that comes with the program."""
    return path.resolve().is_relative_to(shipped_templates().resolve())


@lru_cache(maxsize=1)
def _declared_in(*texts: str) -> Shipped:
    """Return what style sheets declare."""
    import tinycss2

    found: set[tuple[str, str, str]] = set()
    for text in texts:
        for node in tinycss2.parse_stylesheet(text, True, True):
            rule = _text(node.prelude) if node.type == "qualified-rule" else ""
            for inner in tinycss2.parse_blocks_contents(node.content or (), True, True):
                if inner.type == "declaration" and rule:
                    found.add((rule, inner.lower_name, _text(inner.value)))
    return frozenset(found)


def _imported(prelude: Sequence[Any]) -> tuple[str, str]:
    """Return the address that a rule “@import” names, and for which media."""
    for number, token in enumerate(prelude):
        if token.type in ("string", "url"):
            return token.value, _text(prelude[number + 1 :])
        if token.type == "function" and token.lower_name == "url":
            return next((t.value for t in token.arguments if t.type == "string"), ""), _text(
                prelude[number + 1 :]
            )
    return "", ""


def _text(tokens: Sequence[Any]) -> str:
    """Return tokens as CSS, in one line."""
    import tinycss2

    return " ".join(tinycss2.serialize(tokens).split())
