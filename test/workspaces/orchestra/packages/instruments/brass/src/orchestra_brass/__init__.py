"""Trumpet, horn, trombone and tuba."""

from __future__ import annotations

from orchestra_instrument import Instrument

TRUMPET = Instrument.spanning("trumpet", "F#3", "D6")
HORN = Instrument.spanning("horn", "B1", "F5")
TROMBONE = Instrument.spanning("trombone", "E2", "F5")
TUBA = Instrument.spanning("tuba", "D1", "F4")

SECTION = (TRUMPET, HORN, TROMBONE, TUBA)
