"""What an engine is given to fit, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from report_builder.drawings.cloud.mask import Mask
from report_builder.drawings.cloud.shapes import Shape

LEAST_EM = 1.0
"""In millimetres: what the largest phrase's em may not fall below, for nobody could read it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase to place: the shapes that it may take, and its em as a share of the largest."""

    text: str
    ratio: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Where phrases may stand: a sheet in millimetres, or as much of it as a mask allows."""

    width: float
    height: float
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands: the shape that it takes, and where its pen starts in millimetres."""

    shape: Shape
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The largest em in millimetres, and a place for each item.

    Where they do not fit, there are no places, and ``unplaced`` is the first item without one.
    """

    scale: float
    places: tuple[Place, ...] = ()
    unplaced: int | None = None
