"""Timpani, and rhythms drawn as text."""

from __future__ import annotations

from fractions import Fraction

from orchestra_instrument import Instrument
from orchestra_rhythm import beats

TIMPANI = Instrument.spanning("timpani", "D2", "C4")


def drawn(pattern: str) -> str:
    """One character per eighth note, ``x`` for a stroke: ``q e e`` is ``x.xx``."""
    eighths = [int(beats(value) / Fraction(1, 2)) for value in pattern.split()]
    return "".join("x" + "." * (count - 1) for count in eighths)
