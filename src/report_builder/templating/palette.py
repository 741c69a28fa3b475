"""A palette: the colours that go with a theme's main one, each as dark as what it is for needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from report_builder.compiled import once
from report_builder.settings.layers import COMPUTED, RAMP
from report_builder.templating.contrast import LEAST, contrast

_WHITE = "#FFFFFF"
_ENOUGH = LEAST + 0.1  # for what is rounded on the way
_SEEN = 3.1  # the contrast of a shape (1.4.11); dark words upon it have 4.7
_ON_DARK = 1.9  # of light words with white: they have 9 on the nearly black of dark screens
_DARK, _DARKER = 7.5, 12.0
# The contrasts of a ramp's second, fourth and last colour with white: no two colours of it, nor the
# tint, are as light as each other, and words can be read on each.
_BESIDE_DARK, _BESIDE_LIGHT = (4.7, 2.3, 6.0), (2.0, 2.7, 9.5)
_GREY = 0.03  # a chroma below which a colour has no hue to speak of
_WARM, _BLUE = 60.0, 255.0  # the hues that stand beside grey
_AROUND = range(105, 256, 25)  # degrees from a hue to those that may stand beside it
_GROUNDS = (0.0, 0.01, 0.02)  # how much lighter quiet grounds may be than they mostly are
_DEFICIENCIES = ("protan", "deutan", "tritan")


def completed(given: str, written: Mapping[str, str]) -> dict[str, str]:
    """Return a theme's colours with those that no file writes, computed from its main colour.

    The main colour is the one that is ``given``, or else the one written. One that is too light
    for words is darkened until white words upon it, and it upon white and the quiet grounds,
    have enough contrast.
    """
    if not (given or "brand" in written) or all(name in written for name in COMPUTED):
        return dict(written)
    return {**_palette(given or written["brand"], tuple(sorted(written.items()))), **written}


@lru_cache(maxsize=64)
def _palette(main: str, written: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    key = f"{version('coloraide')} {main} {written}"
    made: Mapping[str, str] = once("palette", key, lambda: _computed(main, dict(written)))
    return made


def _computed(main: str, fixed: Mapping[str, str]) -> Mapping[str, str]:
    """Return the computed colours, with those that are fixed in place of theirs."""
    # Imported here, as below: it takes its time, and most runs know their colours.
    from coloraide import Color

    _, chroma, hue = Color(main).convert("oklch").coords(nans=False)
    if chroma < _GREY:
        chroma, other, colourful = 0.0, _WARM, 0.1
    else:
        other, colourful = _beside(hue, chroma), min(max(chroma, 0.1), 0.16)

    def grounds(lighter: float) -> dict[str, str]:
        mist = _colour(0.955 + lighter, min(chroma, 0.014), hue)
        sand = _colour(0.968 + lighter, 0.009, other)
        return {"mist": fixed.get("mist", mist), "sand": fixed.get("sand", sand)}

    tried = [grounds(lighter) for lighter in _GROUNDS]
    made = next((g for g in tried if _reads(main, g.values())), tried[0])
    brand = fixed.get("brand") or _readable(main, made.values())
    accent = fixed.get("accent") or _shade(other, colourful, _DARK)
    soft = 0.6 * chroma
    near, far, end = _BESIDE_DARK if contrast(brand, _WHITE) >= _DARK else _BESIDE_LIGHT
    made |= {
        "brand": brand,
        "accent": accent,
        "line": _colour(0.82, min(chroma, 0.02), hue),
        "link": brand if chroma else _shade(_BLUE, 0.13, 6.5),
        "tint": _shade(hue, soft, _SEEN),
        RAMP[0]: brand,
        RAMP[1]: _shade(hue, soft, near),
        RAMP[2]: _colour(0.935, min(chroma, 0.008), hue),
        RAMP[3]: _shade(other, 0.6 * colourful, far),
        RAMP[4]: _shade(other, colourful, end),
        "brand-shade": _other_shade(brand),
        "accent-shade": _other_shade(accent),
        "brand-on-dark": _shade(hue, soft, _ON_DARK),
        "link-on-dark": _shade(hue if chroma else _BLUE, soft or 0.08, _ON_DARK),
    }
    return {**made, **{name: fixed[name] for name in made if name in fixed}}


def _readable(main: str, grounds: Iterable[str]) -> str:
    """Return a colour if it can be read on white and on all grounds, or else a darker one."""
    from coloraide import Color

    grounds = tuple(grounds)
    if _reads(main, grounds):
        return main.upper()
    light, chroma, hue = Color(main).convert("oklch").coords(nans=False)
    return _lightest(light, chroma, hue, lambda colour: _reads(colour, grounds, _ENOUGH))


def _reads(colour: str, grounds: Iterable[str], least: float = LEAST) -> bool:
    return all(contrast(colour, ground) >= least for ground in (_WHITE, *grounds))


def _beside(hue: float, chroma: float) -> float:
    """Return the hue that everybody tells best from another, whatever they see of colours."""
    strong = min(max(chroma, 0.1), 0.16)

    def apart(other: float) -> float:
        pairs = ((_DARK, 1.0), (_SEEN, 0.6))
        return min(
            _difference(_shade(hue, part * chroma, ratio), _shade(other, part * strong, ratio))
            for ratio, part in pairs
        )

    return max(((hue + step) % 360 for step in _AROUND), key=apart)


def _difference(one: str, other: str) -> float:
    """Return how different two colours look to those who see the least of it (CIEDE2000)."""
    from coloraide import Color

    pair: tuple[Any, Any] = Color(one), Color(other)
    seen = [pair, *(tuple(c.filter(name, 1) for c in pair) for name in _DEFICIENCIES)]
    return min(float(a.delta_e(b, method="2000")) for a, b in seen)


def _other_shade(colour: str) -> str:
    """Return a shade of a colour that is told from it: lighter, or darker where it is light."""
    from coloraide import Color

    _, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    is_dark = contrast(colour, _WHITE) > _DARK - 0.1
    return _shade(hue, chroma, _ENOUGH if is_dark else _DARKER)


@lru_cache(maxsize=256)
def _shade(hue: float, chroma: float, ratio: float) -> str:
    """Return the lightest colour of a hue that has at least some contrast with white."""
    return _lightest(1.0, chroma, hue, lambda colour: contrast(colour, _WHITE) >= ratio)


def _lightest(most: float, chroma: float, hue: float, serves: Callable[[str], bool]) -> str:
    """Return the lightest colour of a hue, up to a lightness, that serves; all darker ones do."""
    low, high = 0.0, most
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if serves(_colour(middle, chroma, hue)) else (low, middle)
    return _colour(low, chroma, hue)


def _colour(light: float, chroma: float, hue: float) -> str:
    from coloraide import Color

    made = Color("oklch", [light, chroma, hue]).fit("srgb", method="oklch-chroma")
    return made.convert("srgb").to_string(hex=True, fit="clip").upper()
