"""What a theme's templates name: filters, macros, files and values, whether an event meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from report_builder.checks.rules import Finding
from report_builder.drawings.all import DRAWINGS
from report_builder.problems import Position, did_you_mean
from report_builder.templating.chain import shipped_templates
from report_builder.templating.loader import ENDING, read_template
from report_builder.templating.renderer import PLAIN
from report_builder.templating.sandbox import Sandbox, sandbox_of
from report_builder.templating.theme import Theme
from report_builder.templating.values import (
    names_in_event,
    names_in_section,
    names_in_theme,
)

_SECTION = re.compile(rf"sections/(.+)\.html{re.escape(ENDING)}")
_OF_GROUPS = {"get", "items", "keys", "values"}
_OF_JINJA = {"caller", "kwargs", "loop", "self", "super", "varargs"}
_SHIPPED = "shipped/"
_GUARDS = (nodes.If, nodes.For, nodes.CondExpr, nodes.Macro)
Reference = nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport


@dataclass
class Templates:
    """A theme's templates as trees. What cannot be parsed is none of them: that is told apart."""

    theme: Theme
    _trees: dict[str, nodes.Template | None] = field(default_factory=dict)

    def faults(self, name: str) -> Iterator[Finding]:
        """Yield what in a template would stop it, should an event ever come to it."""
        if (tree := self.tree(name)) is None:
            return
        found = (
            *self._unknown_filters(tree, name),
            *self._unknown_files(tree),
            *self._unknown_macros(tree),
            *self._empty(tree, name),
            *self._endless(tree, name),
        )
        path = self.theme.path_of(name)
        for line, message, hint in found:
            yield Position(path, line), message, hint

    def strangers(self, name: str) -> Iterator[Finding]:
        """Yield the names that nothing gives a value, neither a template nor the program."""
        if (tree := self.tree(name)) is None:
            return
        tested = {
            node.node.name
            for node in tree.find_all((nodes.Test, nodes.Filter))
            if isinstance(node, nodes.Test | nodes.Filter)
            and node.name in ("defined", "undefined", "default", "d")
            and isinstance(node.node, nodes.Name)
        }
        for unknown in sorted(meta.find_undeclared_variables(tree) - self.known - tested):
            places = (n.lineno for n in tree.find_all(nodes.Name) if n.name == unknown)
            hint = did_you_mean(unknown, self.known) or "Look how the shipped template names it."
            message = f"Nothing is called “{unknown}” here."
            yield Position(self.theme.path_of(name), min(places, default=1)), message, hint
        for line, message, hint in self._unknown_fields(tree, name):
            yield Position(self.theme.path_of(name), line), message, hint

    def tree(self, name: str) -> nodes.Template | None:
        """Return a template's tree; ``None`` where there is none, or it cannot be parsed."""
        if name not in self._trees:
            self._trees[name] = None
            folders, file = self.theme.files, name
            path = folders.get(name)
            if name.startswith(_SHIPPED):
                file = name.removeprefix(_SHIPPED)
                path = shipped_templates() / file
            if path and path.is_file():
                self._trees[name] = _parsed(self._environment(name), path)
        return self._trees[name]

    @cached_property
    def known(self) -> frozenset[str]:
        """The names that a template may meet: the program's, and what templates call something."""
        known = {"event", "theme", "edition", *DRAWINGS, *self._environment("").globals, *_OF_JINJA}
        for path in shipped_templates().rglob(f"*{ENDING}"):
            tree = _parsed(self._environment(path.name), path)
            known |= meta.find_undeclared_variables(tree) if tree else set()
        for name in self.theme.files:
            tree = self.tree(name) if name.endswith(ENDING) else None
            named = tree.find_all(nodes.Name) if tree else ()
            known |= {node.name for node in named if node.ctx == "param"}
            known |= _given(tree) if tree else set()
        return frozenset(known)

    def _environment(self, name: str) -> Sandbox:
        return sandbox_of(self.theme.folders, is_html=not name.endswith(PLAIN))

    def _unknown_filters(self, tree: nodes.Template, name: str) -> Iterator[tuple[int, str, str]]:
        environment = self._environment(name)
        kinds: tuple[tuple[type[nodes.Node], str, Mapping[str, object]], ...] = (
            (nodes.Filter, "filter", environment.filters),
            (nodes.Test, "test", environment.tests),
        )
        for kind, called, known in kinds:
            for node in tree.find_all(kind):
                used = str(getattr(node, "name"))  # noqa: B009  # both kinds have one
                if used not in known:
                    hint = did_you_mean(used, known) or "docs/themes.md lists what there is."
                    yield node.lineno, f"There is no {called} called “{used}”.", hint

    def _unknown_files(self, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        for node, name in _references(tree):
            ignores = isinstance(node, nodes.Include) and node.ignore_missing
            if self.tree(name) is None and not ignores and not self._is_there(name):
                known = [file for file in self.theme.files if file.endswith(ENDING)]
                hint = did_you_mean(name, known) or "Mend the name, or delete the line."
                yield node.lineno, f"The theme has no template “{name}”.", hint

    def _is_there(self, name: str) -> bool:
        return name in self.theme.files or (
            name.startswith(_SHIPPED) and self.tree(name) is not None
        )

    def _unknown_macros(self, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        imported = {n.target: f for n, f in _references(tree) if isinstance(n, nodes.Import)}
        wanted = [
            (node.lineno, imported[node.node.name], node.attr)
            for node in tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and node.node.name in imported
        ]
        wanted += [
            (reference.lineno, file, one if isinstance(one, str) else one[0])
            for reference, file in _references(tree)
            if isinstance(reference, nodes.FromImport)
            for one in reference.names
        ]
        for line, file, macro in wanted:
            source = self.tree(file)
            if source and macro not in (known := _given(source)):
                hint = did_you_mean(macro, known) or f"It has: {', '.join(sorted(known))}."
                yield line, f"“{file}” has no macro “{macro}”.", hint

    def _unknown_fields(self, tree: nodes.Template, name: str) -> Iterator[tuple[int, str, str]]:
        known: dict[tuple[str, ...], frozenset[str]] = {
            ("event",): names_in_event(),
            ("theme",): names_in_theme(self.theme),
            ("theme", "colours"): frozenset(self.theme.colours),
        }
        section = _SECTION.fullmatch(name)
        if section and (names := names_in_section(section[1])):
            known["section",] = names
        stored = [n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"]
        aliases = {
            node.target.name: path
            for node in tree.find_all(nodes.Assign)
            if isinstance(node.target, nodes.Name) and (path := _path(node.node, {}))
            if path in known and stored.count(node.target.name) == 1
        }
        for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
            *above, last = _path(node, aliases) or ("",)
            names = known.get(tuple(above), frozenset())
            if names and above[0] not in stored and last not in names | _OF_GROUPS:
                hint = did_you_mean(last, names) or "Look how the shipped template names it."
                yield node.lineno, f"“{'.'.join(above)}” has no “{last}”.", hint

    def _empty(self, tree: nodes.Template, name: str) -> Iterator[tuple[int, str, str]]:
        """Yield that a document's template prints nothing, whatever the event."""
        says = (nodes.Extends, nodes.Include, nodes.Macro)
        printed = (one for node in tree.find_all(nodes.Output) for one in node.nodes)
        if "/" in name or any(map(tree.find, says)) or any(map(_is_something, printed)):
            return
        if read_template(Path(self.theme.path_of(name))).strip():  # else it is told already
            hint = "Delete the file, and the shipped one is used."
            yield 1, "The template prints nothing.", hint

    def _endless(self, tree: nodes.Template, name: str) -> Iterator[tuple[int, str, str]]:
        for line, first in _always(tree):
            seen: set[str] = set()
            ahead = [first]
            while ahead:
                here = ahead.pop()
                if here == name:
                    yield line, "The template uses itself without an end.", "Take the line out."
                    return
                if here not in seen and (other := self.tree(here)):
                    seen.add(here)
                    ahead += (file for _, file in _always(other))


def _parsed(environment: Sandbox, path: Path) -> nodes.Template | None:
    try:
        return environment.parse(read_template(path), filename=path.as_posix())
    except (jinja2.TemplateError, ValueError, OSError):
        return None


def _references(tree: nodes.Template) -> Iterator[tuple[Reference, str]]:
    """Yield what a template uses of others that it names, and how they are called."""
    for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        if isinstance(node, Reference) and isinstance(node.template, nodes.Const):
            yield node, str(node.template.value)


def _always(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """Yield the lines in which a template uses another whatever it is given, and which."""
    match node:
        case nodes.Include() | nodes.Extends() | nodes.Import() if isinstance(
            named := node.template, nodes.Const
        ):
            yield node.lineno, str(named.value)
    for child in node.iter_child_nodes():
        if not isinstance(child, _GUARDS):
            yield from _always(child)


def _given(tree: nodes.Template) -> frozenset[str]:
    """Return the names that a template gives those that import it."""
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    imports = {node.target for node in tree.find_all(nodes.Import)}
    listed = (one for node in tree.find_all(nodes.FromImport) for one in node.names)
    single = {one if isinstance(one, str) else one[1] for one in listed}
    return frozenset(macros | stored | imports | single)


def _path(node: nodes.Node, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the names that lead to a value, from the first on; ``None`` for any other value."""
    if isinstance(node, nodes.Name):
        return aliases.get(node.name, (node.name,))
    if isinstance(node, nodes.Getattr):
        name: object = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = node.arg.value
    else:
        return None
    above = _path(node.node, aliases)
    return (*above, name) if above and isinstance(name, str) else None


def _is_something(printed: nodes.Node) -> bool:
    return not isinstance(printed, nodes.TemplateData) or bool(printed.data.strip())
