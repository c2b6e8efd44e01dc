"""Whether the bot lives and is ready, for whoever supervises it: ``/live`` and ``/ready`` over HTTP."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler


class _Live(RequestHandler):
    def get(self) -> None:
        """200 as long as the process answers."""
        self.write({"live": True})


class _Ready(RequestHandler):
    def initialize(self, ready: Callable[[], bool]) -> None:
        """Take the question that is asked at each request."""
        self._ready = ready

    def get(self) -> None:
        """200 when questions are being answered, 503 while starting, stopping or out of Telegram's reach."""
        ready = self._ready()
        self.set_status(200 if ready else 503)
        self.write({"ready": ready})


@asynccontextmanager
async def health(host: str, port: int, ready: Callable[[], bool]) -> AsyncIterator[int]:
    """Serve both addresses while inside; yields the port (0: the system chooses).  OSError if it is taken."""
    application = Application(
        [("/live", _Live), ("/ready", _Ready, {"ready": ready})], log_function=lambda handler: None
    )
    listening = socket.create_server((host, port))
    listening.setblocking(False)
    server = HTTPServer(application)
    server.add_socket(listening)
    try:
        yield listening.getsockname()[1]
    finally:
        server.stop()
        await server.close_all_connections()
