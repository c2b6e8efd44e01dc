"""How long a cold `govnews ask` takes, beside what the interpreter, the store and the segmenter alone take.

    python benchmarks/start.py --library PATH ["QUESTION" ...]

They are run in turn, each in a process of its own; the ratio of the medians is what counts, as the times
themselves differ from machine to machine.  The second question of those asked by default has a typing slip, for
which the library's common words are read.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

FLOOR = "import sqlite_utils, pythainlp.tokenize as t; t.word_tokenize('ทดสอบ', engine='nlpo3')"
EXAMPLES = ("ใครเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก", "ใครเป็นประธานเปิดงานวันสัตวแพท์ที่นครศรี")


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
    parser.add_argument("questions", nargs="*", default=EXAMPLES)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=11)
    chosen = parser.parse_args()
    commands = [
        ["-c", FLOOR],
        *(["-m", "bot", "ask", text, "--library", str(chosen.library)] for text in chosen.questions),
    ]
    for command in commands:
        seconds(command)
    rounds = [[seconds(command) for command in commands] for _ in range(chosen.runs)]
    floor, *answers = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"interpreter, store and segmenter  {floor * 1000:6.0f} ms")
    for text, answer in zip(chosen.questions, answers, strict=True):
        print(f"govnews ask                       {answer * 1000:6.0f} ms   {answer / floor:.2f} times   {text}")


if __name__ == "__main__":
    main()
