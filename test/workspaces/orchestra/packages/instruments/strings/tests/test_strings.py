import unittest

from orchestra_melody import Melody
from orchestra_strings import VIOLA, VIOLIN


class StringsTest(unittest.TestCase):
    def test_the_viola_takes_what_lies_below_the_violin(self) -> None:
        melody = Melody.parse("D4:h A3:h B3:h F#3:h")
        self.assertFalse(VIOLIN.reaches(*melody.compass))
        self.assertTrue(VIOLA.reaches(*melody.compass))


if __name__ == "__main__":
    unittest.main()
