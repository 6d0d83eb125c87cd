"""Note values, tempo and how long they last."""

from __future__ import annotations

from fractions import Fraction

__version__ = "2.0.1"

#: Beats of each note value, a quarter note being one beat.
VALUES = {"w": Fraction(4), "h": Fraction(2), "q": Fraction(1), "e": Fraction(1, 2), "s": Fraction(1, 4)}
DOTTED = Fraction(3, 2)


def beats(value: str) -> Fraction:
    """Beats of a note value: ``q`` is a quarter, ``h.`` a dotted half."""
    dotted = value.endswith(".")
    try:
        plain = VALUES[value.rstrip(".") if dotted else value]
    except KeyError:
        raise ValueError(f"not a note value: {value!r}") from None
    return plain * DOTTED if dotted else plain


def seconds(count: Fraction, tempo: int) -> float:
    """How long ``count`` beats last at ``tempo`` beats per minute."""
    return float(count * 60 / tempo)
