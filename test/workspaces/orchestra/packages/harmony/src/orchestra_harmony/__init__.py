"""Triads and chord symbols."""

from __future__ import annotations

from dataclasses import dataclass

from orchestra_interval import above
from orchestra_pitch import Pitch

QUALITIES = {"": ("P1", "M3", "P5"), "m": ("P1", "m3", "P5"), "dim": ("P1", "m3", "A4"), "7": ("P1", "M3", "P5", "m7")}


@dataclass(frozen=True)
class Chord:
    root: Pitch
    quality: str

    @property
    def symbol(self) -> str:
        return str(self.root).rstrip("-0123456789") + self.quality

    @property
    def pitches(self) -> tuple[Pitch, ...]:
        return tuple(above(self.root, interval) for interval in QUALITIES[self.quality])

    def transposed(self, interval: str) -> Chord:
        return Chord(above(self.root, interval), self.quality)


def chord(symbol: str, octave: int = 3) -> Chord:
    """Reads ``G``, ``F#m`` or ``D7`` and sets it above the root in ``octave``."""
    size = 2 if symbol[1:2] in ("#", "b") else 1
    root, quality = symbol[:size], symbol[size:]
    if quality not in QUALITIES:
        raise ValueError(f"not a chord: {symbol!r}")
    return Chord(Pitch.parse(f"{root}{octave}"), quality)
