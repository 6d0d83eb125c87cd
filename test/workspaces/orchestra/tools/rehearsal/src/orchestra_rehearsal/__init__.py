"""Plays the whole concert and listens: ``python -m orchestra_rehearsal``."""

from __future__ import annotations

from orchestra_concert import programme

EXPECTED = ("violin: F#5", "viola: F#3", "opens at 740.0 Hz, lasts 8.0 s", "timpani: x...x...")


def missing() -> list[str]:
    """What should be heard and is not."""
    heard = programme()
    return [sound for sound in EXPECTED if sound not in heard]
