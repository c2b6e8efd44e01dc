"""How long a cold `govnews ask` takes, beside what the interpreter, the store and the segmenter alone take.

    python benchmarks/start.py --library PATH "QUESTION"

Both are run in turn, each in a process of its own; the ratio of the medians is what counts, as the times
themselves differ from machine to machine.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

FLOOR = "import sqlite_utils, pythainlp.tokenize as t; t.word_tokenize('ทดสอบ', engine='nlpo3')"
EXAMPLE = "ใครเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก"


def seconds(arguments: list[str]) -> float:
    """Wall time of one process; what it prints is thrown away."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{arguments} ended with status {done.returncode}.")
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("question", nargs="?", default=EXAMPLE)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=11)
    chosen = parser.parse_args()
    ask = ["-m", "bot", "ask", chosen.question, "--library", str(chosen.library)]
    for warm_up in (ask, ["-c", FLOOR]):
        seconds(warm_up)
    pairs = [(seconds(ask), seconds(["-c", FLOOR])) for _ in range(chosen.runs)]
    answer, floor = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"govnews ask                      {answer * 1000:6.0f} ms")
    print(f"interpreter, store and segmenter {floor * 1000:6.0f} ms")
    print(f"ratio                            {answer / floor:6.2f}")


if __name__ == "__main__":
    main()
