"""`python -m bench.memory --segments 1000000`: TMX in and out and nearly equal texts, on SQLite.

Each part is a process of its own, whose peak of memory is told. The texts that are looked up are
entries of the memory of which a tenth or more is replaced at one place, or the number: how many are
found, and how long that takes (p50/p95).
"""

import argparse
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from bench.memory.measuring import PARTS, measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=100_000)
    number = parser.parse_args().segments
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            given = (part, Path(folder), number)
            process = get_context("spawn").Process(target=measured, args=given)
            process.start()
            process.join()
            if process.exitcode:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
