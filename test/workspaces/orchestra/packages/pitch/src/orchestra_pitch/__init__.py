"""Pitches and their frequencies in twelve-tone equal temperament."""

from __future__ import annotations

import re
from dataclasses import dataclass

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
ACCIDENTALS = {"": 0, "#": 1, "b": -1}
WRITTEN = re.compile(r"([A-G])([#b]?)(-?\d+)")

#: The tuning fork, in hertz.
CONCERT_A = 440.0


@dataclass(frozen=True, order=True)
class Pitch:
    """One key of the keyboard, counted as MIDI does: A4 is 69."""

    number: int

    @classmethod
    def parse(cls, text: str) -> Pitch:
        """Reads scientific pitch notation: ``A4``, ``F#3``, ``Bb2``."""
        match = WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a pitch: {text!r}")
        letter, accidental, octave = match.groups()
        return cls(12 * (int(octave) + 1) + STEPS[letter] + ACCIDENTALS[accidental])

    def raised(self, semitones: int) -> Pitch:
        return Pitch(self.number + semitones)

    def frequency(self, concert_a: float = CONCERT_A) -> float:
        """In hertz: every semitone multiplies by the twelfth root of two."""
        return concert_a * 2 ** ((self.number - 69) / 12)

    def __str__(self) -> str:
        return f"{NAMES[self.number % 12]}{self.number // 12 - 1}"
