"""What the model has at each place of an event's tree: words, or parts with shapes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from report_builder.content.fields import Before, Kept
from report_builder.content.measures import UNKNOWN, MayLack
from report_builder.content.model import event_model
from report_builder.content.text import Text
from report_builder.problems import Position
from report_builder.settings.scalar import Scalar
from report_builder.settings.tree import Fields, Items, Leaf, Node


@dataclass(frozen=True)
class Shape:
    """The type of a field, and what is written around it."""

    type: Any
    around: tuple[object, ...] = ()

    @classmethod
    def of(cls, annotation: Any, around: tuple[object, ...] = ()) -> Shape:
        """Return the shape that a field's annotation describes."""
        if get_origin(annotation) is Annotated:
            return cls.of(annotation.__origin__, (*annotation.__metadata__, *around))
        members = [member for member in get_args(annotation) if member is not type(None)]
        if get_origin(annotation) in (Union, UnionType) and len(members) == 1:
            return cls.of(members[0], around)
        return cls(annotation, around)

    @property
    def says(self) -> bool:
        """Whether its text is words, which another language says otherwise."""
        return self._is((str, Text)) and Kept not in self.around

    @property
    def alone(self) -> str:
        """The field that a text stands for where it stands alone."""
        return next((b.alone for b in self.around if isinstance(b, Before) and b.alone), "")

    def field(self, name: str) -> Shape:
        """Return the shape of a field; of one that the model does not have, a shape of nothing."""
        if self._is(BaseModel):
            if not self.type.__pydantic_complete__:  # it names models that stand below it
                self.type.model_rebuild()
            for known, field in self.type.model_fields.items():
                if name == (field.alias or known):
                    return Shape.of(field.annotation, tuple(field.metadata))
        elif self._is(Mapping):
            return Shape.of(get_args(self.type)[-1])
        return NOTHING

    def item(self, number: int = 0) -> Shape:
        """Return the shape of a list's item."""
        kinds = [kind for kind in get_args(self.type) if kind is not ...]
        if self._is((tuple, list)) and kinds:
            return Shape.of(kinds[min(number, len(kinds) - 1)])
        return NOTHING

    def chosen(self, node: Node) -> Shape:
        """Return which of several shapes a value has; a section has that of its kind."""
        if get_origin(self.type) not in (Union, UnionType):
            return self
        members = [Shape.of(member, self.around) for member in get_args(self.type)]
        return next((member for member in members if member._suits(node)), NOTHING)

    def parts(self, node: Node) -> Iterator[tuple[tuple[str, ...], Node, Shape]]:
        """Yield what a value is made of, each with the step to it and its shape.

        There is no step where the file leaves out what stands around a part: a list of one item,
        or a group of which only one field is given.
        """
        match node:
            case Fields(nodes=fields) if self._is((BaseModel, Mapping)):
                for name, child in fields.items():
                    yield (str(name),), child, self.field(name)
            case Items(nodes=nodes):
                for number, child in enumerate(nodes):
                    yield (str(number),), child, self.item(number)
            case Leaf() if self.alone:
                yield (), node, self.field(self.alone)
            case _ if self.item() is not NOTHING:
                yield (), node, self.item()

    def _is(self, kinds: type | tuple[type, ...]) -> bool:
        kind = get_origin(self.type) or self.type
        return isinstance(kind, type) and issubclass(kind, kinds)

    def _suits(self, node: Node) -> bool:
        if isinstance(node, Items):
            return self._is((tuple, list))
        if isinstance(node, Leaf):
            return self.says
        kind = node.nodes.get(Scalar("type")) if isinstance(node, Fields) else None
        kinds = get_args(self.field("type").type)
        return self._is(BaseModel) and (
            not kinds or (isinstance(kind, Leaf) and kind.text in kinds)
        )


def unknown(event: Node) -> Iterator[Position]:
    """Let items that are left empty, and may be, say that nobody knows; yield where they stand."""
    return _unknown(event, Shape.of(event_model()))


def _unknown(node: Node, shape: Shape) -> Iterator[Position]:
    shape = shape.chosen(node)
    if isinstance(node, Items) and MayLack in shape.item().around:
        for child in node.nodes:
            if isinstance(child, Leaf) and child.value is None:
                at = child.position
                child.value = Scalar.make(UNKNOWN, at.path, [(0, at.line, at.column)])
                yield at
    for _, child, inner in shape.parts(node):
        yield from _unknown(child, inner)


NOTHING = Shape(object)
"""The shape of what the model does not know."""
