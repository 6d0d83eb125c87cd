"""Violin, viola, cello and double bass."""

from __future__ import annotations

from orchestra_instrument import Instrument

VIOLIN = Instrument.spanning("violin", "G3", "A7")
VIOLA = Instrument.spanning("viola", "C3", "E6")
CELLO = Instrument.spanning("cello", "C2", "C6")
DOUBLE_BASS = Instrument.spanning("double bass", "E1", "C5")

SECTION = (VIOLIN, VIOLA, CELLO, DOUBLE_BASS)
