"""Templates as the sandbox compiles them: more is counted and weighed than Jinja's own does."""

from __future__ import annotations

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, operators
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import missing

from report_builder.problems import did_you_mean
from report_builder.templating.attributes import ATTRIBUTES, name_of


class Missing(jinja2.StrictUndefined):
    """Something that a template names and that is not there: it can be tested for, not used."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing:
            return super()._undefined_message
        name, known = str(self._undefined_name), ATTRIBUTES.get(type(self._undefined_obj), ())
        if isinstance(self._undefined_obj, dict):
            hint = did_you_mean(name, map(str, self._undefined_obj))
            return f"there is no “{name}” here. {hint}".strip()
        what = name_of(self._undefined_obj)
        return f"{what} has no “{name}”. {did_you_mean(name, known)}".strip()


class Template(jinja2.Template):
    """A template whose macros begin anew in each import: nothing passes from a run to the next."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  # as Jinja asks
        return self.make_module()


class Generator(CodeGenerator):
    """Has values counted or weighed in places that Jinja's own sandbox passes over."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  # as Jinja calls it
        """Write what joins texts."""
        self.write("environment.concatenated(context.eval_ctx, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Write a comparison."""
        self.write("(")
        self._weighed(node.expr, frame)
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            self._weighed(operand.expr, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write a group of values."""
        self.write("{")
        for pair in node.items:
            self.write("environment.key(")
            self.visit(pair.key, frame)
            self.write("): ")
            self.visit(pair.value, frame)
            self.write(", ")
        self.write("}")

    def _weighed(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.weighed(")
        self.visit(node, frame)
        self.write(")")
