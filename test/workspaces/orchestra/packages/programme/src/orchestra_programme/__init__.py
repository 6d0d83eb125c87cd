"""The programme of an evening, as text."""

from __future__ import annotations

from collections.abc import Iterable

from orchestra_arrangement import Arrangement

WIDTH = 56


def rendered(heading: str, pieces: Iterable[Arrangement]) -> str:
    lines = [heading, "=" * WIDTH]
    for number, piece in enumerate(pieces, start=1):
        lines += ["", *_entry(number, piece)]
    return "\n".join(lines)


def _entry(number: int, piece: Arrangement) -> list[str]:
    score = piece.score
    title = f"{number}. {score.title}"
    opening = score.melody.notes[0].pitch
    lines = [
        f"{title} {' ' + score.composer:.>{WIDTH - len(title) - 1}}",
        f"   {piece.soloist.name}: {score.melody}",
        f"   {piece.choir.name}: {' '.join(chord.symbol for chord in score.chords)}",
        f"   opens at {opening.frequency():.1f} Hz, lasts {score.seconds:.1f} s",
    ]
    return [*lines, f"   timpani: {piece.drums}"] if piece.drums else lines
