"""Who plays what."""

from __future__ import annotations

from dataclasses import dataclass

import orchestra_brass
import orchestra_strings
from orchestra_instrument import Instrument
from orchestra_pitch import Pitch
from orchestra_score import Score

try:
    import orchestra_percussion
except ModuleNotFoundError:  # the extra "percussion" is not installed
    orchestra_percussion = None


@dataclass(frozen=True)
class Arrangement:
    score: Score
    soloist: Instrument
    choir: Instrument
    drums: str


def arranged(score: Score, pulse: str) -> Arrangement:
    """The first strings that reach the melody play it, the first brass that reach the chords hold them."""
    tones = sorted(pitch for chord in score.chords for pitch in chord.pitches)
    return Arrangement(
        score=score,
        soloist=_able(orchestra_strings.SECTION, *score.melody.compass),
        choir=_able(orchestra_brass.SECTION, tones[0], tones[-1]),
        drums=orchestra_percussion.drawn(pulse) if orchestra_percussion else "",
    )


def _able(section: tuple[Instrument, ...], lowest: Pitch, highest: Pitch) -> Instrument:
    for instrument in section:
        if instrument.reaches(lowest, highest):
            return instrument
    raise ValueError(f"nobody reaches {lowest} to {highest}")
