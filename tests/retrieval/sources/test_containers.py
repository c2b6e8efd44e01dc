"""Folders and archives: read in order, without unpacking, and whatever is in them does no harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Unread
from retrieval.sources import File, Piece, archives, containers, find

NEWS = "ผู้ว่าฯ เปิดงานมหกรรมผักปลอดภัย ครั้งที่ {}"


def _all(*sources: Path) -> list[Piece | Unread]:
    found: list[Piece | Unread] = []
    for source in sources:
        for item in find(str(source)):
            found += item.pieces() if isinstance(item, File) else [item]
    return found


def _places(source: Path) -> list[str]:
    return [item.place for item in _all(source) if isinstance(item, Piece)]


def _unread(source: Path) -> list[Unread]:
    return [item for item in _all(source) if isinstance(item, Unread)]


def _tar(path: Path, members: dict[str, str], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def _zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def _folder(path: Path, members: dict[str, str]) -> Path:
    for name, text in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


MEMBERS = {
    "2023/06/ด้านสังคม_1.txt": NEWS.format(1),
    "2023/06/ด้านสังคม_2.txt": NEWS.format(2),
    "2024/ข่าว\tรอง  นรม_1.txt": NEWS.format(3),
}

PACKERS: dict[str, Callable[[Path], Path]] = {
    "news": lambda path: _folder(path, MEMBERS),
    "news.zip": lambda path: _zip(path, MEMBERS),
    "news.tar": lambda path: _tar(path, MEMBERS),
    "news.tar.gz": lambda path: _tar(path, MEMBERS, "w:gz"),
    "news.tar.xz": lambda path: _tar(path, MEMBERS, "w:xz"),
    "news.tar.bz2": lambda path: _tar(path, MEMBERS, "w:bz2"),
}


@pytest.mark.parametrize("name", PACKERS)
def test_every_container_gives_the_same_items_in_order(name: str, tmp_path: Path) -> None:
    items = _all(PACKERS[name](tmp_path / name))
    assert [item.data.decode() for item in items if isinstance(item, Piece)] == list(MEMBERS.values())
    assert items[0].place == f"{name}/2023/06/ด้านสังคม_1.txt"
    assert "\t" not in items[2].place


@pytest.mark.parametrize("compress", [gzip.compress, lzma.compress, bz2.compress])
def test_a_single_compressed_file_is_read(compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "news.txt.packed"
    path.write_bytes(compress(NEWS.encode()))
    (item,) = _all(path)
    assert isinstance(item, Piece)
    assert item.data == NEWS.encode()


def test_nothing_is_written_when_an_archive_is_read(tmp_path: Path) -> None:
    path = _tar(tmp_path / "news.tar.gz", {"../../up.txt": NEWS, "/tmp/absolute.txt": NEWS, "a/../b.txt": NEWS}, "w:gz")
    before = sorted(tmp_path.rglob("*"))
    assert len(_places(path)) == 3
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_no_news_is_passed_over_or_named(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path / "news",
        {
            "a.txt": NEWS,
            "README.md": "x",
            ".hidden": "x",
            "LICENSE": "x",
            "photo.jpg": "x",
            "ข่าว มท.": NEWS,
            "plain": NEWS,
        },
    )
    assert [place.partition("/")[2] for place in _places(folder)] == ["a.txt", "plain", "ข่าว มท."]
    assert [item.place for item in _unread(folder)] == ["news/photo.jpg"]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NEWS, encoding="utf-8")
    assert _places(path) == ["notes.md"]


def test_links_in_circles_are_not_followed(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "news", {"a.txt": NEWS, "in/b.txt": NEWS})
    (folder / "in" / "round").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    assert _places(folder) == ["news/a.txt", "news/in/b.txt"]
    assert {item.place for item in _unread(folder)} == {"news/in/round", "news/self.txt"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "news", {"a.txt": NEWS})
    os.mkfifo(folder / "b.txt")
    assert [item.place for item in _unread(folder)] == ["news/b.txt"]


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (item,) = _unread(tmp_path / "gone.txt")
    assert item.place == str(tmp_path / "gone.txt")
    assert "no such file" in item.reason


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "news", {"a.txt": "", "b.txt": " \n\n ", "c.txt": NEWS})
    assert [item.place for item in _unread(folder)] == ["news/a.txt", "news/b.txt"]
    assert _places(folder) == ["news/c.txt"]


@pytest.mark.parametrize("name", [name for name in PACKERS if name != "news"])
def test_an_archive_that_was_cut_off_gives_what_it_still_holds(name: str, tmp_path: Path) -> None:
    path = PACKERS[name](tmp_path / name)
    path.write_bytes(path.read_bytes()[: 2000 if name == "news.tar" else -20])
    items = _all(path)
    assert isinstance(items[-1], Unread)
    assert "damaged or cut off" in items[-1].reason


def test_an_archive_of_noise_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    (item,) = _unread(path)
    assert "damaged" in item.reason


def test_an_encrypted_file_in_an_archive_is_named_and_the_rest_read(tmp_path: Path) -> None:
    path = _zip(tmp_path / "news.zip", MEMBERS)
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    path.write_bytes(data)
    assert len(_places(path)) == 2
    assert [item.reason for item in _unread(path)] == ["The file is encrypted."]


def test_an_archive_in_an_archive_is_named(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "inner.zip", MEMBERS)
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "inner.zip")
    assert "inside an archive" in _unread(path)[0].reason


class _WindowsName(zipfile.ZipInfo):
    """A member whose name is written as Thai Windows did, without the mark for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp874"), 0


def test_thai_names_of_old_zip_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(_WindowsName("ข่าว_1.txt"), NEWS)
    assert _places(path) == ["news.zip/ข่าว_1.txt"]


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_files_of_every_kind_give_the_same_items(format: int, tmp_path: Path) -> None:
    names = ["short.txt", f"{'folder/' * 20}long.txt", "ข่าวคณะรัฐมนตรีประจำสัปดาห์.txt"]
    path = tmp_path / "news.tar"
    with tarfile.open(path, "w", format=format) as archive:
        archive.addfile(_entry("folder", tarfile.DIRTYPE))
        for name in names:
            archive.addfile(_entry(name, size=len(NEWS.encode())), io.BytesIO(NEWS.encode()))
    assert [item.place for item in _all(path)] == [f"news.tar/{name}" for name in names]
    assert all(isinstance(item, Piece) and item.data == NEWS.encode() for item in _all(path))


def _entry(name: str, type: bytes = tarfile.REGTYPE, *, size: int = 0) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.size = type, size
    return entry


def test_a_large_file_in_a_tar_file_is_read_as_a_stream(tmp_path: Path) -> None:
    lines = '{"title": "ข่าว", "body": "เนื้อหา"}\n' * 60_000
    path = _tar(tmp_path / "news.tar.gz", {"news.jsonl": lines, "photo.jpg": lines, "after.txt": NEWS}, "w:gz")
    items = [item for item in _all(path) if isinstance(item, Piece)]
    assert b"".join(item.data for item in items[:-1]).decode() == lines
    assert items[-1].place == "news.tar.gz/after.txt"


@given(st.integers(0, 6 * 512), st.integers(0, 255))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_tar_file_is_named_or_read_but_never_fatal(tmp_path: Path, at: int, byte: int) -> None:
    data = bytearray(_tar(tmp_path / "news.tar", MEMBERS).read_bytes())
    data[at] = byte
    (tmp_path / "broken.tar").write_bytes(data)
    assert all(item.place.startswith("broken.tar") for item in _all(tmp_path / "broken.tar"))


def test_links_in_a_tar_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "news.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert "link" in _unread(path)[0].reason


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_FREE", 1 << 20)
    bombs = [_zip(tmp_path / "bomb.zip", {f"{i}.txt": "a" * (1 << 20) for i in range(3)})]
    bombs.append(_tar(tmp_path / "bomb.tar.xz", {f"{i}.txt": "a" * (1 << 20) for i in range(3)}, "w:xz"))
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * (3 << 20)))
    for path in (*bombs, tmp_path / "bomb.txt.gz"):
        assert "grows to more than" in _unread(path)[-1].reason


def test_an_item_too_large_is_named_without_being_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST_ITEM", 1 << 19)
    large = "ก" * (1 << 18)
    folder = _folder(tmp_path / "news", {"a.txt": large, "b.txt": NEWS})
    assert _places(folder) == ["news/b.txt"]
    assert "larger than" in _unread(folder)[0].reason
    assert "larger than" in _unread(_tar(tmp_path / "a.tar", {"a.txt": large}))[0].reason


def test_json_lines_come_in_stretches_of_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    line = '{"title": "ข่าว", "body": "' + "ก" * 1000 + '"}\n'
    path.write_text(line * 2000, encoding="utf-8")
    pieces = [item for item in _all(path) if isinstance(item, Piece)]
    assert len(pieces) > 3
    assert b"".join(piece.data for piece in pieces) == path.read_bytes()
    assert all(piece.data.endswith(b"\n") for piece in pieces)
    assert pieces[1].first_line == pieces[0].data.count(b"\n") + 1


def test_a_line_without_end_is_named_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LONGEST_LINE", 1 << 20)
    good = b'{"title": "a", "body": "b"}\n'
    path = tmp_path / "news.jsonl"
    path.write_bytes(good * 3 + b'{"title": "' + b"a" * (5 << 20) + b'"}\n' + good * 2)
    items = _all(path)
    assert b"".join(item.data for item in items if isinstance(item, Piece)) == good * 5
    (unread,) = (item for item in items if isinstance(item, Unread))
    assert unread.place == "news.jsonl, line 4"
    last = items[-1]
    assert isinstance(last, Piece)
    assert last.first_line == 5


def test_undecodable_names_can_be_printed() -> None:
    assert containers.shown(b"news\xff\n.txt".decode("utf-8", "surrogateescape")) == "news\ufffd .txt"
