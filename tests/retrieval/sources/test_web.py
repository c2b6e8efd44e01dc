"""News from an address, on a server of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from retrieval import Article, Unread
from retrieval.sources import File, Piece, find, read, web

LINE = '{"title": "ผู้ว่าฯ เปิดงาน", "body": "มีผู้มาร่วมงานหกร้อยคน", "url": "https://news.example/1"}\n'

Site = dict[str, tuple[int, dict[str, str], bytes]]


@pytest.fixture
def serve() -> Iterator[Callable[[Site], tuple[str, list[str]]]]:
    """A server of pages by path; gives its address and the list of paths that were asked for."""
    servers: list[ThreadingHTTPServer] = []

    def start(site: Site) -> tuple[str, list[str]]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                status, headers, body = site.get(self.path, (404, {}, b"nothing here"))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}", asked

    web._robots.cache_clear()
    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _all(address: str) -> list[Article | Unread]:
    found: list[Article | Unread] = []
    for file in find(address):
        for item in file.pieces() if isinstance(file, File) else [file]:
            found += read(item) if isinstance(item, Piece) else [item]
    return found


def _refused(address: str) -> str:
    (item,) = _all(address)
    assert isinstance(item, Unread), item
    assert item.place == address
    return item.reason


def test_json_lines_at_an_address_are_read(serve: Callable[[Site], tuple[str, list[str]]]) -> None:
    address, asked = serve({"/news.jsonl": (200, {}, LINE.encode())})
    (article,) = _all(f"{address}/news.jsonl")
    assert isinstance(article, Article)
    assert (article.title, article.source_file) == ("ผู้ว่าฯ เปิดงาน", f"{address}/news.jsonl")
    assert asked == ["/robots.txt", "/news.jsonl"]


def test_robots_txt_is_obeyed(serve: Callable[[Site], tuple[str, list[str]]]) -> None:
    address, asked = serve({
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
        "/private/news.jsonl": (200, {}, LINE.encode()),
        "/news.jsonl": (200, {}, LINE.encode()),
    })  # fmt: skip
    assert "robots.txt" in _refused(f"{address}/private/news.jsonl")
    assert "/private/news.jsonl" not in asked
    assert isinstance(_all(f"{address}/news.jsonl")[0], Article)


def test_a_site_that_hides_its_robots_txt_is_left_alone(serve: Callable[[Site], tuple[str, list[str]]]) -> None:
    address, _ = serve({"/robots.txt": (403, {}, b""), "/news.jsonl": (200, {}, LINE.encode())})
    assert "robots.txt" in _refused(f"{address}/news.jsonl")


def test_a_redirect_is_followed_but_not_for_ever(serve: Callable[[Site], tuple[str, list[str]]]) -> None:
    address, _ = serve({
        "/old": (301, {"Location": "/news.jsonl"}, b""),
        "/news.jsonl": (200, {}, LINE.encode()),
        "/round": (302, {"Location": "/round"}, b""),
        "/away": (302, {"Location": "file:///etc/passwd"}, b""),
    })  # fmt: skip
    assert isinstance(_all(f"{address}/old")[0], Article)
    assert "redirects more than" in _refused(f"{address}/round")
    assert _refused(f"{address}/away")


def test_an_error_of_the_site_is_told(serve: Callable[[Site], tuple[str, list[str]]]) -> None:
    address, _ = serve({"/broken": (500, {}, b"")})
    assert "status 404" in _refused(f"{address}/gone")
    assert "status 500" in _refused(f"{address}/broken")


def test_content_without_end_is_refused(
    serve: Callable[[Site], tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_LARGEST", 1 << 20)
    address, _ = serve({"/huge": (200, {}, b"a" * (2 << 20))})
    assert "larger than 1 MB" in _refused(f"{address}/huge")


def test_a_site_out_of_reach_is_told(serve: Callable[[Site], tuple[str, list[str]]]) -> None:
    assert "cannot be reached" in _refused("http://127.0.0.1:1/news")
