"""Intervals by their names: how far one pitch lies above another."""

from __future__ import annotations

from orchestra_pitch import Pitch

#: Semitones of the diatonic intervals: P perfect, m minor, M major, A augmented.
SEMITONES = {
    "P1": 0,
    "m2": 1,
    "M2": 2,
    "m3": 3,
    "M3": 4,
    "P4": 5,
    "A4": 6,
    "P5": 7,
    "m6": 8,
    "M6": 9,
    "m7": 10,
    "M7": 11,
    "P8": 12,
}


def semitones(name: str) -> int:
    """``P5`` is 7; a leading minus goes down: ``-P5`` is -7."""
    sign, plain = (-1, name[1:]) if name.startswith("-") else (1, name)
    try:
        return sign * SEMITONES[plain]
    except KeyError:
        raise ValueError(f"not an interval: {name!r}") from None


def above(pitch: Pitch, name: str) -> Pitch:
    return pitch.raised(semitones(name))
