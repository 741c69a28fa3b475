"""One file of a theme's settings laid over another: what follows from a setting goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.settings.tree import Fields, merge, walk

RAMP = tuple(f"ramp-{number}" for number in range(1, 6))
"""The colours of answers in an order, from one end to the other; the third is the middle."""

_OF_MAIN = ("tint", *RAMP, "brand-shade", "brand-on-dark")
COMPUTED = ("brand", "accent", "link", "sand", "mist", "line", *_OF_MAIN, "accent-shade")
COMPUTED += ("link-on-dark",)
"""The colours that are computed where no file writes them."""

CLOUD = ("brand", "accent", "brand-shade", "accent-shade")
"""The colours of a cloud whose theme has one main colour: two hues, each darker and lighter."""

_COLOURS = "colours"
_FOLLOWS = {
    "brand": (*((_COLOURS, name) for name in COMPUTED), ("cloud", _COLOURS)),
    "logo": (("logo_alt",),),
}
_COLOUR_FOLLOWS = {
    "brand": _OF_MAIN,
    "accent": ("accent-shade",),
    "link": ("link-on-dark",),
}


def laid(under: Fields, over: Fields) -> Fields:
    """Return the settings of both, group by group, those of ``over`` in place of the others.

    What was chosen to go with a setting that ``over`` replaces is left out: a palette was made
    for its main colour, a description for its logo.
    """
    for path in _replaced(over):
        under = _without(under, path)
    return merge(under, over)


def _replaced(over: Fields) -> Iterator[tuple[str, ...]]:
    for name in over.nodes:
        yield from _FOLLOWS.get(name, ())
    colours, names = walk(over, (_COLOURS,))
    for name in colours.nodes if names and isinstance(colours, Fields) else ():
        yield from ((_COLOURS, follower) for follower in _COLOUR_FOLLOWS.get(name, ()))


def _without(tree: Fields, path: tuple[str, ...]) -> Fields:
    """Return a tree without what stands at a path, if anything does."""
    first, *rest = path
    nodes = dict(tree.nodes)
    for name, node in tree.nodes.items():
        if name == first and not rest:
            del nodes[name]
        elif name == first and isinstance(node, Fields):
            nodes[name] = _without(node, tuple(rest))
    return Fields(tree.position, nodes)
