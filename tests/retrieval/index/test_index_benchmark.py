"""The benchmark of the index runs, so that its figures can be had again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from tests.retrieval.indexes import news_like


def test_speed_compares_engines_at_several_sizes_and_draws_the_growth(tmp_path: Path) -> None:
    documents = news_like(400, seed=0)
    np.savez(
        tmp_path / "tokens.npz",
        tokens=np.array([term for document in documents for term in document], dtype=np.uint32),
        lengths=np.array([len(document) for document in documents]),
    )
    options = ["--tokens", "tokens.npz", "--count", "20", "--engines", "govnews,rank-bm25", "--scales", "0.5,1"]
    checkout = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", *options, "--check", "300", "--plot", "growth.svg"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(checkout), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "worst difference from rank-bm25 on 300 passages" in run.stdout
    assert run.stdout.count("govnews    ") == 2
    assert ElementTree.parse(tmp_path / "growth.svg").getroot().tag.endswith("svg")
