"""Melodies that can be read from text and transposed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from orchestra_interval import above
from orchestra_pitch import Pitch
from orchestra_rhythm import beats


@dataclass(frozen=True)
class Note:
    pitch: Pitch
    beats: Fraction


@dataclass(frozen=True)
class Melody:
    notes: tuple[Note, ...]

    @classmethod
    def parse(cls, text: str) -> Melody:
        """Reads ``G4:q A4:e``: a pitch and a note value for every note."""
        pairs = (word.partition(":") for word in text.split())
        return cls(tuple(Note(Pitch.parse(pitch), beats(value)) for pitch, _, value in pairs))

    def transposed(self, interval: str) -> Melody:
        return Melody(tuple(Note(above(note.pitch, interval), note.beats) for note in self.notes))

    @property
    def beats(self) -> Fraction:
        return sum((note.beats for note in self.notes), Fraction(0))

    @property
    def compass(self) -> tuple[Pitch, Pitch]:
        """The lowest and the highest pitch."""
        pitches = [note.pitch for note in self.notes]
        return min(pitches), max(pitches)

    def __str__(self) -> str:
        return " ".join(str(note.pitch) for note in self.notes)
