"""`python -m bench.events [--why]`: prints the figures of each language, by half."""

import sys

from bench.events.corpus import LANGUAGES, cases
from bench.events.scores import measure


def main() -> int:
    """Print the table; `--why` lists what was read wrong in the half that calibrates."""
    why = "--why" in sys.argv
    for half in ("calibrates", "scored", "later", "last"):
        print(f"{half:<12} day F1   time  place  deadline  online")
        for language in LANGUAGES:
            complaints: list[str] = []
            counts = measure((c for c in cases(language) if c.half == half), complaints)
            values = "".join(f"{value:>8.3f}" for value in counts.figures().values())
            print(f"{language:<12}{values}")
            if why and half != "scored":
                print("".join(f"    {each}\n" for each in complaints), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
