"""The HTTP side: ``/bot<token>/<method>`` as Telegram speaks it."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.simulator.api.methods import BotApi, unknown_method
from bot.simulator.api.params import Params, read_params
from bot.simulator.api.rates import Rates
from bot.simulator.api.refusals import Refusal
from bot.simulator.faults import Fault, Faults


@dataclass
class Call:
    """One call as it went over the wire; ``at`` counts seconds on a steady clock, ``status`` 0 means no answer."""

    number: int
    method: str
    params: dict[str, Any]
    at: float
    status: int = 0
    body: str = ""
    seconds: float = 0.0
    fault: str = ""

    @property
    def reply(self) -> Any:
        """What was answered, read anew from the wire; None if nothing or no JSON was."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def chat_id(self) -> int:
        """The chat that the call names, or 0."""
        try:
            return int(self.params.get("chat_id", 0))
        except (TypeError, ValueError):
            return 0


@dataclass
class Server:
    """The parts that answer a request, and the log of what was asked."""

    api: BotApi
    token: str
    faults: Faults = field(default_factory=Faults)
    rates: Rates = field(default_factory=Rates)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=200_000))
    port: int = 0
    started: float = field(default_factory=time.monotonic)
    _http: HTTPServer | None = None
    _numbers: int = 0

    async def start(self, routes: list[Any], port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one.  OSError if the port is taken."""
        application = Application(
            [(r"/bot([^/]*)/([A-Za-z0-9_]*)", BotHandler, {"server": self}), *routes],
            log_function=lambda handler: None,
        )
        listening = socket.create_server(("127.0.0.1", port), backlog=512)
        listening.setblocking(False)
        self.port = listening.getsockname()[1]
        self._http = HTTPServer(application)
        self._http.add_socket(listening)

    async def stop(self) -> None:
        """Let waiting calls end and close every connection."""
        await self.api.updates.close()
        if self._http is not None:
            self._http.stop()
            await self._http.close_all_connections()
            self._http = None

    def note(self, method: str, params: Params) -> Call:
        """Write a call into the log."""
        self._numbers += 1
        call = Call(self._numbers, method, dict(params), time.monotonic() - self.started)
        self.calls.append(call)
        self.api.world.tell("call_begins", call=call)
        return call


class BotHandler(RequestHandler):
    """One call of the Bot API."""

    def initialize(self, server: Server) -> None:
        """Given by the route."""
        self.server = server
        self.method = ""
        self.running = False

    def check_xsrf_cookie(self) -> None:
        """Bots send no cookies."""

    async def get(self, token: str, spelled: str) -> None:
        """Telegram takes GET and POST alike."""
        await self.post(token, spelled)

    async def post(self, token: str, spelled: str) -> None:
        """Run the method, or what is planned to go wrong."""
        server = self.server
        if token != server.token:
            # Telegram tells a token that is wrong from a word that cannot be one.
            refusal = Refusal(401, "Unauthorized") if ":" in token else Refusal(404, "Not Found")
            return self._answer(None, refusal.code, _refused(refusal))
        name = server.api.name(spelled)
        if name is None:
            refusal = unknown_method()
            return self._answer(None, refusal.code, _refused(refusal))
        self.method = name
        try:
            params = read_params(self.request)
        except Refusal as refusal:
            return self._answer(None, refusal.code, _refused(refusal))
        call = server.note(name, params)
        fault = server.faults.next(name)
        call.fault = fault.kind if fault else ""
        if fault is not None and not fault.after:
            return await self._go_wrong(call, fault)
        try:
            server.rates.admit(name, call.chat_id, server.api.world.now())
            self.running = True
            status, reply = 200, {"ok": True, "result": await server.api.call(name, params)}
        except Refusal as refusal:
            status, reply = refusal.code, _refused(refusal)
        finally:
            self.running = False
        if fault is not None:
            return await self._go_wrong(call, fault, status, reply)
        return self._answer(call, status, reply)

    async def _go_wrong(self, call: Call, fault: Fault, status: int = 0, reply: Any = None) -> None:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return self._answer(call, status, reply)
        if fault.kind == "refuse" and fault.refusal is not None:
            return self._answer(call, fault.refusal.code, _refused(fault.refusal))
        if fault.kind == "garbage":
            self._note_reply(call, 200, "<html> not JSON")
            self.finish(b"<html>\xff\xfe not JSON")
            return None
        self._note_reply(call, 0, "")
        connection = self.detach()
        connection.close()
        return None

    def _answer(self, call: Call | None, status: int, reply: Any) -> None:
        body = json.dumps(reply, ensure_ascii=False)
        self._note_reply(call, status, body)
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(body)

    def _note_reply(self, call: Call | None, status: int, body: str) -> None:
        if call is not None:
            call.status, call.body = status, body
            call.seconds = time.monotonic() - self.server.started - call.at
            self.server.api.world.tell("call", call=call)

    def on_connection_close(self) -> None:
        """A caller who hangs up no longer polls."""
        if self.running and self.method == "getUpdates":
            self.server.api.updates.abandon_poll()


def _refused(refusal: Refusal) -> dict[str, Any]:
    reply: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after is not None:
        reply["parameters"] = {"retry_after": refusal.retry_after}
    return reply
