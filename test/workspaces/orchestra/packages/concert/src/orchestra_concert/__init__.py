"""An evening with the orchestra, at your terminal."""

from __future__ import annotations

from orchestra_arrangement import arranged
from orchestra_programme import rendered
from orchestra_score import Score

CANON = Score.written(
    "Canon in D",
    "Pachelbel",
    tempo=60,
    melody="F#5:q E5:q D5:q C#5:q B4:q A4:q B4:q C#5:q",
    chords="D A Bm F#m G D G A",
)
ODE = Score.written(
    "Ode to Joy",
    "Beethoven",
    tempo=132,
    melody="B3:q B3:q C4:q D4:q D4:q C4:q B3:q A3:q G3:q G3:q A3:q B3:q B3:q. A3:e A3:h",
    chords="G D7 G D",
)


def programme() -> str:
    encore = ODE.transposed("-P4", "Ode to Joy, a fourth lower")
    pieces = (arranged(CANON, "h h"), arranged(ODE, "q q e e q"), arranged(encore, "q. e q q"))
    return rendered("The Monorepo Philharmonic", pieces)


def main() -> None:
    print(programme())
