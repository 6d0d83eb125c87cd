"""A piece of music: a melody over a row of chords."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestra_harmony import Chord, chord
from orchestra_melody import Melody
from orchestra_rhythm import seconds

__version__ = "3.0.2"


@dataclass(frozen=True)
class Score:
    title: str
    composer: str
    tempo: int
    melody: Melody
    chords: tuple[Chord, ...]

    @classmethod
    def written(cls, title: str, composer: str, tempo: int, *, melody: str, chords: str) -> Score:
        return cls(title, composer, tempo, Melody.parse(melody), tuple(chord(symbol) for symbol in chords.split()))

    def transposed(self, interval: str, title: str) -> Score:
        chords = tuple(chord.transposed(interval) for chord in self.chords)
        return replace(self, title=title, melody=self.melody.transposed(interval), chords=chords)

    @property
    def seconds(self) -> float:
        return seconds(self.melody.beats, self.tempo)
