"""News from addresses: a feed, a page or a file of JSON lines that the operator names.

One polite request: robots.txt is obeyed, redirects are few and never leave https, size and time are limited.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from retrieval.model import Unread
from retrieval.sources.containers import File

AGENT = "govnews"
_MOST_REDIRECTS = 5
_LARGEST = 64 << 20
_SECONDS = 30.0
_ROBOTS_LARGEST = 512 << 10


class FetchError(Exception):
    """An address that gave nothing to read; the message is a full sentence."""


def is_address(source: str) -> bool:
    """Whether a source is an address and not a path."""
    return source.startswith(("http://", "https://"))


def find(source: str) -> Iterator[File | Unread]:
    """The file at an address."""
    try:
        data = fetch(source)
    except FetchError as error:
        yield Unread(source, str(error))
    else:
        yield File(source, len(data), lambda: io.BytesIO(data))


def fetch(address: str) -> bytes:
    """The content at an address; FetchError if it may not or cannot be read."""
    for _ in range(_MOST_REDIRECTS + 1):
        if not _robots(urlsplit(address)._replace(path="/robots.txt", query="", fragment="").geturl()).can_fetch(
            AGENT, address
        ):
            raise FetchError("The site's robots.txt does not allow this address to be read by programs.")
        status, target, data = _get(address, _LARGEST)
        if target is None:
            if status != 200:
                raise FetchError(f"The site answered with status {status} instead of the content.")
            return data
        if urlsplit(address).scheme == "https" and urlsplit(target).scheme != "https":
            raise FetchError("The site redirects from https to an address without it, which is not followed.")
        if not is_address(target):
            raise FetchError("The site redirects to something that is not a web address.")
        address = target
    raise FetchError(f"The site redirects more than {_MOST_REDIRECTS} times.")


def _get(address: str, largest: int) -> tuple[int, str | None, bytes]:
    """Status, the address that the answer redirects to (or None), and the content."""
    import httpx

    data = bytearray()
    try:
        with (
            httpx.Client(timeout=_SECONDS, headers={"User-Agent": AGENT}) as client,
            client.stream("GET", address) as response,
        ):
            if response.next_request is not None:
                return response.status_code, str(response.next_request.url), b""
            for block in response.iter_bytes():
                data += block
                if len(data) > largest:
                    raise FetchError(f"The content is larger than {largest >> 20} MB.")
            return response.status_code, None, bytes(data)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"The address cannot be reached: {str(error) or type(error).__name__}.") from None


@cache
def _robots(address: str) -> RobotFileParser:
    """The rules of a site; without a robots.txt everything is allowed, out of reach nothing is known to forbid."""
    rules = RobotFileParser(address)
    target: str | None = address
    status, data = 0, b""
    try:
        for _ in range(_MOST_REDIRECTS + 1):
            if target is None or not is_address(target):
                break
            status, target, data = _get(target, _ROBOTS_LARGEST)
    except FetchError:
        status = 0
    if status in (401, 403):
        rules.parse(["User-agent: *", "Disallow: /"])
    else:
        rules.parse(data.decode("utf-8", "replace").splitlines() if status == 200 else [])
    return rules
