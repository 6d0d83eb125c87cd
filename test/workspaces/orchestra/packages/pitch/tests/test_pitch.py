import unittest

from orchestra_pitch import Pitch


class PitchTest(unittest.TestCase):
    def test_the_tuning_fork_is_440_hertz(self) -> None:
        self.assertEqual(Pitch.parse("A4").frequency(), 440.0)

    def test_an_octave_doubles_the_frequency(self) -> None:
        low = Pitch.parse("Eb3")
        self.assertAlmostEqual(low.raised(12).frequency(), 2 * low.frequency())

    def test_sharps_and_flats_name_the_same_key(self) -> None:
        self.assertEqual(Pitch.parse("F#4"), Pitch.parse("Gb4"))


if __name__ == "__main__":
    unittest.main()
