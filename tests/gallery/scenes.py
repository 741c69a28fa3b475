"""Draw the photos of the gallery's conference: ``python -m tests.gallery.scenes``.

They stand for photos in the shapes that cameras give, and show nobody.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

MEDIA = Path(__file__).parent / "content/streets-conference/media"
SMOOTH = 2  # drawn so many times larger, and made small
SKINS = ("#f1c9a5", "#d9a066", "#a56b46", "#7a4a2e", "#5b3620")
HAIRS = ("#2b2118", "#4a3222", "#7b4f2c", "#b5803e", "#8d8d8d", "#d8d4cc")
COATS = ("#b8434e", "#2f6f8f", "#3d7a57", "#d79a2b", "#6b4f8a", "#37474f", "#c96f3b", "#4d86b8")
BRICKS = ("#c98b6b", "#e3c9a0", "#b9c4b1", "#d7a9a0", "#a9bccb", "#efe1c4")
DAY = ("#7fb9e0", "#c4e0ef", "#f6f3e6")
DUSK = ("#2f3b66", "#b8688a", "#f6c48c")
PAVING, ROAD, GRASS, PALE = "#cfc8bb", "#5f666d", "#7fa764", "#f4f1ea"
WOOD, STEEL, GLASS = "#8a5a36", "#48525a", "#f5dc9a"


class Scene:
    """A picture that is being drawn, and the chance that makes each differ."""

    def __init__(self, wide: int, high: int) -> None:
        self.wide, self.high = wide, high
        self.image = Image.new("RGB", (wide * SMOOTH, high * SMOOTH))
        self.pen = ImageDraw.Draw(self.image)
        self.chance = random.Random(wide * high)  # noqa: S311  # the same each time

    def fade(self, top: float, bottom: float, *colours: str) -> None:
        """Fill from one height to another with colours that run into each other."""
        rows = Image.new("RGB", (1, len(colours)))
        for row, colour in enumerate(colours):
            rows.paste(colour, (0, row, 1, row + 1))
        size = self.image.width, round((bottom - top) * SMOOTH)
        self.image.paste(rows.resize(size, Image.Resampling.BICUBIC), (0, round(top * SMOOTH)))

    def box(self, *edges: float, fill: str, round_by: float = 0) -> None:
        """Fill a rectangle between its left, top, right and bottom."""
        self.pen.rounded_rectangle([v * SMOOTH for v in edges], round_by * SMOOTH, fill)

    def disc(self, x: float, y: float, radius: float, fill: str, flat: float = 1) -> None:
        """Fill a circle, or one that is pressed flat."""
        edges = x - radius, y - radius * flat, x + radius, y + radius * flat
        self.pen.ellipse([v * SMOOTH for v in edges], fill)

    def ring(self, x: float, y: float, radius: float, fill: str, wide: float) -> None:
        """Draw a circle."""
        edges = x - radius, y - radius, x + radius, y + radius
        self.pen.ellipse([v * SMOOTH for v in edges], outline=fill, width=round(wide * SMOOTH))

    def shape(self, *points: tuple[float, float], fill: str) -> None:
        """Fill a shape with corners."""
        self.pen.polygon([(x * SMOOTH, y * SMOOTH) for x, y in points], fill)

    def stroke(self, *points: tuple[float, float], fill: str, wide: float) -> None:
        """Draw a line with round ends."""
        drawn = [(x * SMOOTH, y * SMOOTH) for x, y in points]
        self.pen.line(drawn, fill, round(wide * SMOOTH), "curve")
        for x, y in points:
            self.disc(x, y, wide / 2, fill)

    def saved(self, path: Path) -> None:
        """Save it, as small as it is seen."""
        small = self.image.resize((self.wide, self.high), Image.Resampling.LANCZOS)
        small.save(path, quality=46, optimize=True)


def head(scene: Scene, x: float, chin: float, size: float, *, back: bool = False) -> str:
    """Draw a head above its neck, and return the colour of its skin."""
    skin, hair = scene.chance.choice(SKINS), scene.chance.choice(HAIRS)
    scene.box(x - size * 0.35, chin - size * 0.4, x + size * 0.35, chin + size * 0.7, fill=skin)
    scene.disc(x, chin - size * 0.75, size * 1.08, hair)
    if not back:
        scene.disc(x, chin - size * 0.55, size * 0.9, skin)
    return skin


def person(scene: Scene, x: float, ground: float, tall: float, *, back: bool = False) -> None:
    """Draw somebody who walks or, from behind, stands."""
    coat = scene.chance.choice(COATS)
    hip, neck = ground - tall * 0.45, ground - tall * 0.8
    stride = 0 if back else tall * 0.08
    for side in (-1, 1):
        leg = (x + side * tall * 0.045, hip), (x + side * (tall * 0.05 + stride), ground)
        scene.stroke(*leg, fill="#2d3640", wide=tall * 0.075)
    skin = head(scene, x, neck - tall * 0.02, tall * 0.075, back=back)
    scene.box(
        x - tall * 0.12, neck, x + tall * 0.12, hip + tall * 0.06, fill=coat, round_by=tall * 0.07
    )
    for side in (-1, 1):
        shoulder, hand = x + side * tall * 0.1, x + side * (tall * 0.13 + stride * 0.7)
        scene.stroke((shoulder, neck + tall * 0.05), (hand, hip), fill=coat, wide=tall * 0.06)
        scene.disc(hand, hip + tall * 0.03, tall * 0.03, skin)


def seated(scene: Scene, x: float, ground: float, size: float, *, back: bool = False) -> None:
    """Draw the head and shoulders of somebody who sits."""
    coat = scene.chance.choice(COATS)
    head(scene, x, ground - size * 2.1, size * 0.62, back=back)
    scene.box(
        x - size * 1.15,
        ground - size * 1.9,
        x + size * 1.15,
        ground + size,
        fill=coat,
        round_by=size * 0.8,
    )


def on_wheels(scene: Scene, x: float, ground: float, tall: float) -> None:
    """Draw somebody in a wheelchair, from the side."""
    coat = scene.chance.choice(COATS)
    seat = ground - tall * 0.36
    skin = head(scene, x, ground - tall * 0.82, tall * 0.085)
    scene.box(
        x - tall * 0.13, ground - tall * 0.8, x + tall * 0.13, seat, fill=coat, round_by=tall * 0.09
    )
    knee = x + tall * 0.36, seat - tall * 0.02
    scene.stroke(
        (x, seat), knee, (x + tall * 0.4, ground - tall * 0.06), fill="#2d3640", wide=tall * 0.1
    )
    scene.stroke(
        (x, ground - tall * 0.7), (x + tall * 0.12, seat - tall * 0.08), fill=coat, wide=tall * 0.08
    )
    scene.disc(x + tall * 0.13, seat - tall * 0.07, tall * 0.04, skin)
    scene.stroke(
        (x - tall * 0.18, ground - tall * 0.62),
        (x - tall * 0.16, seat),
        fill=STEEL,
        wide=tall * 0.035,
    )
    scene.ring(x - tall * 0.02, ground - tall * 0.25, tall * 0.25, STEEL, tall * 0.035)
    scene.ring(x + tall * 0.38, ground - tall * 0.07, tall * 0.07, STEEL, tall * 0.03)


def tree(scene: Scene, x: float, ground: float, tall: float, *leaves: str) -> None:
    """Draw a tree of several rounds of leaves."""
    scene.stroke((x, ground), (x, ground - tall * 0.5), fill=WOOD, wide=tall * 0.06)
    rounds = ((0, 0.66, 0.24), (-0.17, 0.55, 0.17), (0.17, 0.56, 0.18), (0.02, 0.84, 0.17))
    colours = leaves or ("#4f8a55", "#5f9c60", "#437a4b")
    for number, (aside, up, radius) in enumerate(rounds):
        colour = colours[number % len(colours)]
        scene.disc(x + tall * aside, ground - tall * up, tall * radius, colour)


def houses(scene: Scene, ground: float, high: float, glass: str = "#dfeaf0") -> None:
    """Draw a terrace as wide as the picture."""
    left = -0.2 * high
    while left < scene.wide:
        wide, roof = high * 0.62, ground - high * scene.chance.uniform(0.86, 1.0)
        wall = scene.chance.choice(BRICKS)
        scene.box(left, roof, left + wide, ground, fill=wall)
        scene.shape(
            (left - 4, roof),
            (left + wide / 2, roof - high * 0.24),
            (left + wide + 4, roof),
            fill="#6d5148",
        )
        for column in (0.14, 0.58):
            for row in (0.14, 0.52):
                x, y = left + wide * column, roof + (ground - roof) * row
                if (column, row) == (0.58, 0.52):
                    scene.box(x, y, x + wide * 0.26, ground, fill=scene.chance.choice(COATS))
                else:
                    scene.box(x - 4, y - 4, x + wide * 0.28 + 4, y + high * 0.22 + 4, fill=PALE)
                    scene.box(x, y, x + wide * 0.28, y + high * 0.22, fill=glass)
        left += wide


def bicycle(scene: Scene, x: float, ground: float, size: float, fill: str) -> None:
    """Draw a bicycle; its wheels are ``size`` high."""
    radius = size / 2
    rear, front, axle = (x, ground - radius), (x + size * 1.25, ground - radius), ground - radius
    for wheel in (rear, front):
        scene.ring(*wheel, radius, "#2d3640", size * 0.07)
    saddle, bar = (x + size * 0.35, axle - size * 0.62), (x + size * 1.05, axle - size * 0.7)
    crank, wide = (x + size * 0.52, axle), size * 0.07
    scene.stroke(rear, crank, bar, saddle, crank, fill=fill, wide=wide)
    scene.stroke(rear, saddle, fill=fill, wide=wide)
    scene.stroke(front, bar, (bar[0] + size * 0.16, bar[1] - size * 0.12), fill=fill, wide=wide)
    scene.stroke(
        (saddle[0] - size * 0.12, saddle[1] - size * 0.06),
        (saddle[0] + size * 0.14, saddle[1] - size * 0.06),
        fill="#2d3640",
        wide=size * 0.1,
    )


def room(scene: Scene, floor: float) -> None:
    """Draw a room with tall windows."""
    scene.fade(0, floor, "#efe6d6", "#e4d6bf")
    for number in range(4):
        left = scene.wide * (0.04 + number * 0.25)
        right = left + scene.wide * 0.16
        scene.box(left - 8, floor * 0.08, right + 8, floor * 0.72, fill="#fbf8f2")
        scene.box(left, floor * 0.1, right, floor * 0.7, fill="#bcdcec")
        scene.disc((left + right) / 2, floor * 0.7, scene.wide * 0.05, "#8fb98a", 0.8)
        scene.box(left - 8, floor * 0.7, right + 8, floor * 0.78, fill="#fbf8f2")
    scene.fade(floor, scene.high, "#b58a62", "#8f6a48")


def hall(scene: Scene) -> None:
    """Draw a full hall, seen from the back."""
    scene.fade(0, scene.high, "#27394d", "#3f5870", "#20303f")
    wide, high = scene.wide, scene.high
    scene.box(wide * 0.27, high * 0.08, wide * 0.73, high * 0.5, fill=PALE)
    scene.fade(high * 0.5, high * 0.62, "#7c5a3c", "#5f4630")
    street = Scene(round(wide * 0.44), round(high * 0.38))
    street.fade(0, street.high, *DAY)
    houses(street, street.high * 0.82, street.high * 0.42)
    street.box(0, street.high * 0.82, street.wide, street.high, fill=GRASS)
    tree(street, street.wide * 0.2, street.high * 0.95, street.high * 0.7)
    person(street, street.wide * 0.55, street.high * 0.95, street.high * 0.4)
    scene.image.paste(street.image, (round(wide * 0.28 * SMOOTH), round(high * 0.1 * SMOOTH)))
    person(scene, wide * 0.19, high * 0.56, high * 0.36)
    scene.box(wide * 0.205, high * 0.4, wide * 0.25, high * 0.57, fill=WOOD, round_by=4)
    for row, (up, size) in enumerate(((0.68, 0.028), (0.8, 0.036), (0.95, 0.046))):
        step = wide * size * 2.9
        x = step * (0.2 + 0.4 * (row % 2))
        while x < wide + step:
            seated(scene, x, high * up, wide * size, back=True)
            x += step


def street(scene: Scene) -> None:
    """Draw a street with people who walk, and one who cycles."""
    high = scene.high
    scene.fade(0, high * 0.62, *DAY)
    houses(scene, high * 0.62, high * 0.4)
    scene.box(0, high * 0.62, scene.wide, high * 0.74, fill=PAVING)
    scene.fade(high * 0.74, high, "#6b7279", "#555c63")
    tree(scene, scene.wide * 0.83, high * 0.7, high * 0.52)
    for x, tall in ((0.18, 0.3), (0.27, 0.2), (0.55, 0.29)):
        person(scene, scene.wide * x, high * 0.71, high * tall)
    bicycle(scene, scene.wide * 0.4, high * 0.93, high * 0.15, "#b8434e")
    person(scene, scene.wide * 0.4 + high * 0.07, high * 0.86, high * 0.31)


def crossing(scene: Scene) -> None:
    """Draw a crossing with stripes, and families on it."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.5, *DAY)
    houses(scene, high * 0.5, high * 0.3)
    scene.box(0, high * 0.5, wide, high * 0.56, fill=PAVING)
    scene.fade(high * 0.56, high, "#6b7279", "#4f565c")
    for number in range(7):
        left = wide * (0.06 + number * 0.13)
        near = (left - wide * 0.5) * 1.35 + wide * 0.5
        scene.shape(
            (left, high * 0.57),
            (left + wide * 0.07, high * 0.57),
            (near + wide * 0.095, high),
            (near, high),
            fill="#f2f0ea",
        )
    for x, tall in ((0.24, 0.42), (0.34, 0.27), (0.56, 0.44), (0.68, 0.4), (0.76, 0.25)):
        person(scene, wide * x, high * 0.86, high * tall)


def speaker(scene: Scene) -> None:
    """Draw a speaker at a lectern, upright."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.78, "#1f4a57", "#3c7480")
    scene.fade(high * 0.78, high, "#7c5a3c", "#5f4630")
    scene.disc(wide * 0.5, high * 0.4, wide * 0.42, "#4a8590")
    person(scene, wide * 0.5, high * 0.9, high * 0.68, back=False)
    scene.shape(
        (wide * 0.3, high * 0.56),
        (wide * 0.7, high * 0.56),
        (wide * 0.65, high * 0.93),
        (wide * 0.35, high * 0.93),
        fill=WOOD,
    )
    scene.box(wide * 0.27, high * 0.535, wide * 0.73, high * 0.57, fill="#a06d44", round_by=6)
    scene.stroke((wide * 0.6, high * 0.54), (wide * 0.57, high * 0.44), fill="#20262b", wide=6)


def kerb(scene: Scene) -> None:
    """Draw somebody in a wheelchair where a kerb is lowered, upright."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.6, *DAY)
    houses(scene, high * 0.6, high * 0.34)
    scene.box(0, high * 0.6, wide, high * 0.86, fill=PAVING)
    scene.shape(
        (wide * 0.5, high * 0.86),
        (wide, high * 0.86),
        (wide, high * 0.8),
        (wide * 0.62, high * 0.8),
        fill="#d79a7b",
    )
    scene.box(0, high * 0.86, wide, high, fill=ROAD)
    tree(scene, wide * 0.84, high * 0.68, high * 0.5)
    on_wheels(scene, wide * 0.36, high * 0.83, high * 0.38)


def tables(scene: Scene) -> None:
    """Draw people at a round table, in a room with windows."""
    wide, high = scene.wide, scene.high
    room(scene, high * 0.66)
    for x in (0.2, 0.36, 0.52, 0.68, 0.82):
        seated(scene, wide * x, high * 0.66, high * 0.085)
    scene.disc(wide * 0.51, high * 0.82, wide * 0.42, "#f7f3ea", 0.3)
    for x, y, fill in ((0.3, 0.77, "#f0c94d"), (0.5, 0.84, "#7fb6d6"), (0.66, 0.76, "#e79a86")):
        left, top = wide * x, high * y
        scene.shape(
            (left, top),
            (left + 90, top - 8),
            (left + 104, top + 36),
            (left + 8, top + 44),
            fill=fill,
        )


def wall_map(scene: Scene) -> None:
    """Draw a map of the town with notes, square."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high, "#e8dcc6", "#d9c9ad")
    scene.box(wide * 0.08, high * 0.06, wide * 0.92, high * 0.7, fill="#eef0e4", round_by=8)
    for at in ((0.12, 0.1, 0.36, 0.3), (0.6, 0.4, 0.88, 0.66), (0.42, 0.1, 0.58, 0.24)):
        left, top, right, bottom = at
        scene.box(left * wide, top * high, right * wide, bottom * high, fill="#bcd3a5", round_by=16)
    river = [(0.08, 0.5), (0.3, 0.46), (0.46, 0.56), (0.62, 0.34), (0.92, 0.28)]
    scene.stroke(*((x * wide, y * high) for x, y in river), fill="#8fc0dc", wide=26)
    for road in (
        ((0.1, 0.38), (0.9, 0.2)),
        ((0.3, 0.08), (0.42, 0.68)),
        ((0.76, 0.08), (0.6, 0.68)),
    ):
        scene.stroke(*((x * wide, y * high) for x, y in road), fill="#ffffff", wide=16)
    for fill in ("#f0c94d", "#e79a86", "#7fb6d6", "#f0c94d", "#9bc48a", "#e79a86", "#f0c94d"):
        x, y = scene.chance.uniform(0.14, 0.8) * wide, scene.chance.uniform(0.12, 0.58) * high
        scene.box(x, y, x + 70, y + 70, fill=fill)
    for x, tall in ((0.25, 0.62), (0.72, 0.58)):
        person(scene, wide * x, high * 1.06, high * tall, back=True)


def park(scene: Scene) -> None:
    """Draw a path through a park in the evening, wide."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.67, *DUSK)
    scene.disc(wide * 0.7, high * 0.5, high * 0.13, "#fbe3b0")
    scene.disc(wide * 0.2, high * 0.85, wide * 0.4, "#6f7f6a", 0.3)
    scene.disc(wide * 0.8, high * 0.9, wide * 0.5, "#5d7361", 0.3)
    scene.fade(high * 0.66, high, "#5c7a55", "#3f5a41")
    scene.shape(
        (wide * 0.6, high * 0.66),
        (wide * 0.64, high * 0.66),
        (wide * 0.62, high),
        (wide * 0.3, high),
        fill="#d9b795",
    )
    for x, tall in ((0.08, 0.8), (0.26, 0.6), (0.88, 0.85)):
        tree(scene, wide * x, high * 0.8, high * tall, "#3c5a48", "#486a50", "#33503f")
    for x, tall in ((0.44, 0.34), (0.5, 0.32), (0.55, 0.22)):
        person(scene, wide * x, high * 0.88, high * tall)


def walk_to_school(scene: Scene) -> None:
    """Draw children who walk to school in a row."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.65, *DAY)
    scene.box(wide * 0.5, high * 0.24, wide, high * 0.66, fill="#c98b6b")
    scene.shape(
        (wide * 0.47, high * 0.24),
        (wide * 0.76, high * 0.08),
        (wide * 1.05, high * 0.24),
        fill="#6d5148",
    )
    for number in range(4):
        left = wide * (0.54 + number * 0.12)
        scene.box(left, high * 0.32, left + wide * 0.07, high * 0.48, fill="#dfeaf0")
    scene.fade(high * 0.64, high * 0.78, "#8db26f", "#7fa764")
    scene.box(0, high * 0.78, wide, high, fill=PAVING)
    tree(scene, wide * 0.16, high * 0.76, high * 0.62)
    person(scene, wide * 0.12, high * 0.93, high * 0.46)
    for number in range(5):
        person(scene, wide * (0.27 + number * 0.12), high * 0.93, high * (0.3 - number % 2 * 0.03))
    person(scene, wide * 0.88, high * 0.93, high * 0.45)


def bus_stop(scene: Scene) -> None:
    """Draw a bus at its stop, and people who wait."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.6, *DAY)
    houses(scene, high * 0.6, high * 0.36)
    scene.box(0, high * 0.6, wide, high * 0.74, fill=ROAD)
    scene.box(wide * 0.36, high * 0.26, wide * 0.97, high * 0.68, fill="#2f7d6b", round_by=18)
    for number in range(5):
        left = wide * (0.385 + number * 0.115)
        scene.box(left, high * 0.32, left + wide * 0.095, high * 0.47, fill="#d8ebf2", round_by=6)
    for x in (0.47, 0.86):
        scene.disc(wide * x, high * 0.68, high * 0.06, "#20262b")
        scene.disc(wide * x, high * 0.68, high * 0.025, "#9aa4aa")
    scene.box(0, high * 0.74, wide, high, fill=PAVING)
    scene.stroke((wide * 0.08, high * 0.9), (wide * 0.08, high * 0.3), fill=STEEL, wide=10)
    scene.disc(wide * 0.08, high * 0.27, high * 0.055, "#b8434e")
    for x, tall in ((0.16, 0.42), (0.25, 0.44), (0.34, 0.28)):
        person(scene, wide * x, high * 0.9, high * tall, back=True)


def bench(scene: Scene) -> None:
    """Draw a bench beneath a tree, upright."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.66, *DAY)
    scene.disc(wide * 0.5, high * 0.72, wide * 0.8, "#a9c48f", 0.3)
    scene.fade(high * 0.7, high, "#8db26f", "#6f9757")
    tree(scene, wide * 0.5, high * 0.71, high * 0.75)
    for x in (0.36, 0.54):
        seated(scene, wide * x, high * 0.74, high * 0.045)
    scene.box(wide * 0.2, high * 0.68, wide * 0.8, high * 0.715, fill="#a06d44", round_by=5)
    scene.box(wide * 0.2, high * 0.735, wide * 0.8, high * 0.77, fill="#a06d44", round_by=5)
    for x in (0.25, 0.75):
        scene.stroke((wide * x, high * 0.69), (wide * x, high * 0.86), fill=STEEL, wide=12)


def evening(scene: Scene) -> None:
    """Draw a street with lamps at dusk."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.66, *DUSK)
    houses(scene, high * 0.66, high * 0.36, GLASS)
    scene.fade(high * 0.66, high, "#5a5866", "#37394a")
    for x in (0.12, 0.46, 0.8):
        scene.disc(wide * x, high * 0.27, high * 0.07, "#e9b98c")
        scene.disc(wide * x, high * 0.27, high * 0.035, "#fff3cf")
        scene.stroke((wide * x, high * 0.84), (wide * x, high * 0.27), fill="#23262e", wide=9)
    for x, tall in ((0.3, 0.4), (0.62, 0.42), (0.69, 0.4)):
        person(scene, wide * x, high * 0.9, high * tall)


def racks(scene: Scene) -> None:
    """Draw bicycles in front of a library."""
    wide, high = scene.wide, scene.high
    scene.fade(0, high * 0.69, *DAY)
    scene.box(wide * 0.08, high * 0.12, wide * 0.92, high * 0.68, fill="#b9c4b1")
    scene.box(wide * 0.05, high * 0.08, wide * 0.95, high * 0.16, fill="#7d8b76")
    for number in range(5):
        left = wide * (0.13 + number * 0.155)
        scene.box(left, high * 0.24, left + wide * 0.11, high * 0.56, fill="#e7f0f2")
    scene.fade(high * 0.68, high, "#d6cfc2", "#bdb5a6")
    for number, fill in enumerate(COATS[:4]):
        bicycle(scene, wide * (0.12 + number * 0.2), high * 0.88, high * 0.2, fill)
    person(scene, wide * 0.92, high * 0.92, high * 0.46)


SCENES: dict[str, tuple[int, int, Callable[[Scene], None]]] = {
    "hall": (1500, 900, hall),
    "street": (1200, 800, street),
    "crossing": (1200, 800, crossing),
    "speaker": (800, 1200, speaker),
    "kerb": (800, 1200, kerb),
    "tables": (1200, 800, tables),
    "map": (1000, 1000, wall_map),
    "park": (1500, 750, park),
    "school": (1200, 900, walk_to_school),
    "bus": (1200, 800, bus_stop),
    "bench": (800, 1067, bench),
    "evening": (1200, 800, evening),
    "racks": (1200, 800, racks),
}


def draw_scenes(folder: Path) -> None:
    """Draw all of them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (wide, high, draw) in SCENES.items():
        scene = Scene(wide, high)
        draw(scene)
        scene.saved(folder / f"{name}.jpg")


if __name__ == "__main__":
    draw_scenes(MEDIA)
