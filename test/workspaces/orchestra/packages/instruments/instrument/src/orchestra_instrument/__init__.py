"""What every instrument has: a name and a compass."""

from __future__ import annotations

from dataclasses import dataclass

from orchestra_pitch import Pitch


@dataclass(frozen=True)
class Instrument:
    name: str
    lowest: Pitch
    highest: Pitch

    @classmethod
    def spanning(cls, name: str, lowest: str, highest: str) -> Instrument:
        return cls(name, Pitch.parse(lowest), Pitch.parse(highest))

    def reaches(self, lowest: Pitch, highest: Pitch) -> bool:
        return self.lowest <= lowest and highest <= self.highest
