"""Precision and recall of the facts of who presided, against articles read by hand.

``chairs.csv`` names, for articles picked at random, everybody who by the article's own words presided over, opened or
closed an event that had happened; several names with ``|``, none where nobody did.  Most of the articles speak of a
chair or an opening, and a few dozen do not.  An announced event counts as none, and so does the office of chair of a
body ("a committee that X chairs").  The rows' first half was looked at while the code was written, the second
only at the end: on it precision was 0.975 and recall 0.928 before anything seen there was mended.

    python benchmarks/chairs.py PATH    PATH: a library, or the corpus as a folder or an archive

Counted are the facts that answers are made of: chaired, opened and closed, not planned and not merely held.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from retrieval import Article, FactKind, Library, Unread, sources
from retrieval.facts import extraction as facts
from retrieval.sources import Piece

TABLE = Path(__file__).with_name("chairs.csv")
PRESIDED = {FactKind.CHAIRED, FactKind.OPENED, FactKind.CLOSED}
_SAME = 0.88
"""How alike two spellings of a name are at least: a slip of a letter or two is still the person."""
_ADDRESS = re.compile(rb"https?://\S+\s*$")


@dataclass(slots=True)
class Score:
    """Names counted over articles: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, url: str, wanted: set[str], found: set[str]) -> None:
        """Count an article's names."""
        right = {name for name in found if any(same(name, other) for other in wanted)}
        missed = {name for name in wanted if not any(same(name, other) for other in found)}
        self.right += len(right)
        self.wrong += len(found - right)
        self.missed += len(missed)
        if missed or found - right:
            self.errors.append(f"{url}  missed: {', '.join(sorted(missed))}  wrong: {', '.join(sorted(found - right))}")

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def same(one: str, other: str) -> bool:
    """Whether two spellings name the same person, spaces and slips of a letter aside."""
    one, other = (re.sub(r"\s+", "", name) for name in (one, other))
    return one == other or SequenceMatcher(None, one, other).ratio() >= _SAME


def told(article: Article) -> set[str]:
    """Everybody who presided, by the facts read from an article."""
    found = (f for f in facts.read(article).facts if f.kind in PRESIDED and not f.planned)
    return {name for fact in found for name in fact.person.split(" และ ")}


def articles(path: Path, urls: set[str]) -> Iterator[Article]:
    """The articles with these addresses, from a library or from files of the corpus."""
    if (path / "store.db").exists():
        with Library.open(path) as library:
            for url in urls:
                if article := library.article(Article("", "", url=url).id):
                    yield article
        return
    wanted = set(urls)
    for file in sources.find(str(path)):
        for piece in () if isinstance(file, Unread) else file.pieces():
            if not wanted:
                return
            if not isinstance(piece, Piece) or not (end := _ADDRESS.search(piece.data[-400:])):
                continue
            if end.group().strip().decode("utf-8", "replace") not in wanted:
                continue
            for item in sources.read(piece):
                if isinstance(item, Article) and item.url in wanted:
                    wanted.discard(item.url)
                    yield item


def score(rows: list[tuple[str, set[str]]], found: Mapping[str, set[str]]) -> Score:
    """The score of some rows of the table, by the names found in each article."""
    result = Score()
    for url, names in rows:
        if url in found:
            result.add(url, names, found[url])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--errors", action="store_true", help="name the articles that were read otherwise")
    chosen = parser.parse_args()
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = [(row["url"], {n for n in row["name"].split("|") if n}) for row in csv.DictReader(table)]
    found = {str(a.url): told(a) for a in articles(chosen.path, {url for url, _ in rows})}
    print(f"{len(found)} of {len(rows)} articles\n\n| half | names | precision | recall |\n| --- | --- | --- | --- |")
    half = len(rows) // 2
    for name, part in (("development", rows[:half]), ("test", rows[half:]), ("both", rows)):
        result = score(part, found)
        print(f"| {name} | {sum(len(names) for _, names in part)} | {result.precision:.3f} | {result.recall:.3f} |")
        if chosen.errors and name != "both":
            print("\n".join(result.errors))


if __name__ == "__main__":
    main()
