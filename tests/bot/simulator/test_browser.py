"""The chat page in a real headless Chromium, with the real application and the sample news behind it.

Screenshots are left in ``artefacts/``.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes

from bot.settings import Secret, Settings
from bot.simulator import Simulator
from bot.simulator.run import simulation
from bot.telegram.application import build_application
from bot.texts import plain
from retrieval import Library

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

ARTEFACTS = Path(__file__).parents[3] / "artefacts"
SECONDS = 15
ENTER, ARROW_UP = "\ue007", "\ue013"
WIDE, PHONE = (1400, 900), (390, 844)
QUESTION = "ใครเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก"
OTHER_QUESTION = "ใครเป็นประธานเปิดการอบรมหัวหน้าสำนักงานจังหวัดเมื่อ 1 พ.ค. 60"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=th",
)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    pytest.importorskip("selenium", reason="selenium is not installed (pip install selenium)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no Chromium with its chromedriver is installed (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver, env={**os.environ, "SE_OFFLINE": "true"}))
    yield started
    started.quit()


@dataclass
class Running:
    """A simulation in a thread of its own."""

    simulator: Simulator
    loop: asyncio.AbstractEventLoop
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def bot(self, method: str, **params: object) -> Any:
        """A call as the bot would make it."""
        answer = httpx.post(f"{self.simulator.api_url}/bot{self.simulator.token}/{method}", json=params).json()
        assert answer["ok"], answer
        return answer["result"]


@contextmanager
def in_thread(build: Callable[[Simulator], AnyApplication]) -> Iterator[Running]:
    ready = threading.Event()
    found: list[Running] = []
    problems: list[BaseException] = []

    async def serve() -> None:
        async with simulation(build) as simulator:
            found.append(Running(simulator, asyncio.get_running_loop()))
            ready.set()
            await found[0].over.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            problems.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        if problems:
            raise problems[0]
        yield found[0]
    finally:
        if found:
            found[0].loop.call_soon_threadsafe(found[0].over.set)
        thread.join()
    assert not problems, problems


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Iterator[Running]:
    """The real application on the sample news."""

    def build(simulator: Simulator) -> AnyApplication:
        settings = Settings(
            token=Secret(simulator.token), api_url=simulator.api_url, state=tmp_path / "bot.db", cooldown=0.0
        )
        return build_application(settings, library)

    with in_thread(build) as running:
        yield running


@pytest.fixture
def mute() -> Iterator[Running]:
    """An application that says nothing by itself and answers a press with an alert."""

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer("อ่าน <b>ก่อน</b>", show_alert=True)

    def build(simulator: Simulator) -> AnyApplication:
        application = ApplicationBuilder().token(simulator.token).base_url(f"{simulator.api_url}/bot").build()
        application.add_handler(CallbackQueryHandler(pressed))
        return application

    with in_thread(build) as running:
        yield running


class Page:
    """What a person does and sees on the page."""

    def __init__(self, browser: Chrome, url: str, size: tuple[int, int], *, dark: bool = False) -> None:
        self.browser = browser
        self.resize(size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        # The page of the test before still looks for its server, which is gone: it ends before the log is emptied.
        browser.get("about:blank")
        self.complaints()
        browser.get(url)
        browser.execute_script("localStorage.clear()")
        browser.refresh()
        self.wait(lambda: browser.find_elements("css selector", ".chat"))

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def all(self, selector: str) -> list[WebElement]:
        return [each for each in self.browser.find_elements("css selector", selector) if each.is_displayed()]

    def one(self, selector: str) -> WebElement:
        found: list[WebElement] = self.wait(lambda: self.all(selector))
        return found[0]

    def wait(self, look: Callable[[], Any]) -> Any:
        """What ``look`` finds, once it finds something; elements that were just replaced are looked for again."""
        from selenium.common.exceptions import StaleElementReferenceException
        from selenium.webdriver.support.wait import WebDriverWait

        patient = WebDriverWait(
            self.browser, SECONDS, poll_frequency=0.05, ignored_exceptions=[StaleElementReferenceException]
        )
        return patient.until(lambda _: look())

    def click(self, selector: str) -> None:
        def clicked() -> bool:
            found = self.all(selector)
            if found:
                found[0].click()
            return bool(found)

        self.wait(clicked)

    def begin(self) -> str:
        """Press the start button and read the bot's welcome."""
        self.click("#begin")
        return self.hears()

    def key(self, text: str) -> None:
        """Press the newest button that says this."""

        def clicked() -> bool:
            found = [each for each in self.all(".key") if text in each.text]
            if found:
                found[-1].click()
            return bool(found)

        self.wait(clicked)

    def type(self, text: str, *, send: bool = True) -> None:
        self.one("#text").send_keys(text)
        if send:
            self.one("#text").send_keys(ENTER)

    def said(self, who: str = "bot") -> list[str]:
        """The texts of the bubbles of "bot", "me" or "other"."""
        return [each.text for each in self.all(f'.message[data-from="{who}"] .text')]

    def hears(self, *words: str, who: str = "bot") -> str:
        """The newest bubble, once it holds these words."""
        from selenium.common.exceptions import TimeoutException

        try:
            return str(self.wait(lambda: next((t for t in self.said(who)[-1:] if all(w in t for w in words)), None)))
        except TimeoutException:
            self.shot("simulator-failed")
            raise AssertionError(f"{words} never came; {who} said {self.said(who)}, see simulator-failed.png") from None

    def shot(self, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        assert self.browser.save_screenshot(str(ARTEFACTS / f"{name}.png"))

    def complaints(self) -> list[str]:
        """What the browser logged: errors of scripts, refused loads."""
        return [entry["message"] for entry in self.browser.execute("getLog", {"type": "browser"})["value"]]

    def width_overflows(self) -> bool:
        return bool(self.browser.execute_script("return document.documentElement.scrollWidth > innerWidth"))


def test_a_person_asks_reads_the_proof_and_turns_the_pages(browser: Chrome, news: Running) -> None:
    page = Page(browser, news.simulator.url, WIDE)
    page.shot("simulator-wide-empty")
    page.begin()
    page.type(QUESTION)
    page.hears("คมสัน เอกชัย", "12 พฤษภาคม 2552")
    bold = page.all('.message[data-from="bot"] strong')
    assert any("คมสัน เอกชัย" in each.text for each in bold)
    assert page.all('.message[data-from="bot"] blockquote')
    page.shot("simulator-wide-answer")
    page.type("/latest")
    first = page.hears("ข่าวล่าสุด", "1. ")
    page.key(plain("th", "button_next"))
    second = page.wait(lambda: next((t for t in page.said()[-1:] if t and t != first), None))
    assert second
    page.shot("simulator-wide-next")
    page.key(plain("th", "button_previous"))
    page.hears("ข่าวล่าสุด", "1. ")
    assert page.complaints() == []


def test_an_edited_question_gets_its_answer_edited(browser: Chrome, news: Running) -> None:
    page = Page(browser, news.simulator.url, WIDE)
    page.begin()
    page.type(QUESTION)
    page.hears("คมสัน เอกชัย")
    count = len(page.said())
    page.one("#text").send_keys(ARROW_UP)
    assert page.one("#context").get_attribute("data-kind") == "edit"
    page.one("#text").clear()
    page.type(OTHER_QUESTION)
    page.hears("กฤษฎา บุญราช")
    assert len(page.said()) == count
    assert page.all(".message.me .edited")
    assert page.all(".message.bot .edited")
    assert page.complaints() == []


def test_inline_cards_appear_while_typing_and_are_sent_into_a_group(browser: Chrome, news: Running) -> None:
    page = Page(browser, news.simulator.url, WIDE)
    page.click('[data-chat="supergroup"]')
    page.type(f"@{news.simulator.username} สัมมนาผู้นำต้นแบบ ตาก", send=False)
    page.wait(lambda: page.all(".card"))
    page.shot("simulator-wide-inline")
    page.click(".card")
    page.hears(who="me")
    assert page.one(".message.me .via").text.endswith(f"@{news.simulator.username}")
    assert not page.all("#cards")
    assert page.one("#text").get_attribute("value") == ""
    assert page.complaints() == []


def test_in_a_group_two_people_speak_and_the_bot_answers_only_when_meant(browser: Chrome, news: Running) -> None:
    page = Page(browser, news.simulator.url, WIDE)
    page.click('[data-chat="supergroup"]')
    page.type("สวัสดีทุกคน")
    page.one("#toast")
    page.click("#speaking button:not([aria-pressed=true])")
    page.wait(lambda: page.said("other"))
    page.type(f"@{news.simulator.username} {QUESTION}")
    page.hears("คมสัน เอกชัย")
    assert page.all(".message.bot .quoted")
    assert len(page.said()) == 1
    page.shot("simulator-wide-group")
    assert page.complaints() == []


def test_both_languages_change_the_page_the_menu_and_the_bot(browser: Chrome, news: Running) -> None:
    page = Page(browser, news.simulator.url, WIDE)
    thai = page.begin()
    page.click("#menu-button")
    thai_menu = [each.text for each in page.all("#menu [data-command]")]
    assert any(text.startswith("/help") for text in thai_menu)
    page.shot("simulator-wide-menu")
    page.click('[data-language="en"]')
    assert page.one("#send").get_attribute("aria-label") == "Send"
    page.click("#menu-button")
    english_menu = page.wait(
        lambda: (shown := [each.text for each in page.all("#menu [data-command]")]) != thai_menu and shown
    )
    assert len(english_menu) == len(thai_menu)
    page.click('[data-command="start"]')
    english = page.wait(lambda: next((t for t in page.said()[1:] if t), None))
    assert english != thai
    page.shot("simulator-wide-english")
    assert page.complaints() == []


def test_on_a_phone_one_thing_is_shown_at_a_time(browser: Chrome, news: Running) -> None:
    page = Page(browser, news.simulator.url, PHONE, dark=True)
    assert page.all("#chat")
    assert not page.all("#side")
    page.begin()
    page.type(QUESTION)
    page.hears("คมสัน เอกชัย")
    page.shot("simulator-phone-answer")
    assert not page.width_overflows()
    page.click("#back")
    page.one('[data-chat="private"]')
    assert not page.all("#chat")
    page.shot("simulator-phone-chats")
    page.click('[data-chat="private"]')
    page.click("#open-raw")
    page.click('#calls details[data-method="sendMessage"] summary')
    shown = page.wait(lambda: [each.text for each in page.all("#calls pre")])
    assert '"chat_id"' in shown[0]
    assert '"ok": true' in shown[1]
    assert news.simulator.token not in "".join(shown)
    page.shot("simulator-phone-raw")
    page.click("#close-raw")
    page.type(f"@{news.simulator.username} ตาก", send=False)
    page.wait(lambda: page.all(".card"))
    page.shot("simulator-phone-inline")
    assert not page.width_overflows()
    assert page.complaints() == []


def test_what_people_and_bots_write_is_shown_never_run(browser: Chrome, mute: Running) -> None:
    page = Page(browser, mute.simulator.url, WIDE)
    page.click("#begin")
    nasty = '<img src=x onerror="document.title=1"> &amp; <script>1</script>'
    page.type(nasty)
    assert page.hears(nasty, who="me")
    person = next(user for user in mute.simulator.world.users.values() if not user.is_bot)
    escaped = nasty.replace("&", "&amp;").replace("<", "&lt;")
    markup = (
        f"<b>{escaped}</b>\n<i>เอน <u>ขีด</u></i> <s>ฆ่า</s> <code>โค้ด</code> <tg-spoiler>ลับ</tg-spoiler> "
        '<a href="https://www.thaigov.go.th/?a=1&amp;b=2">ลิงก์ <b>หนา</b></a> <a href="tg://user?id=1">คน</a> '
        "/help #ข่าว @somebody pr@example.com\n<pre>a &lt; b</pre>\n<blockquote>ยก</blockquote>"
        f"<blockquote expandable>{'ยาว ' * 200}</blockquote>จบ"
    )
    keyboard = {"inline_keyboard": [[{"text": "<b>กด</b>", "callback_data": "x"}, {"text": "ที่มา", "url": "a.go.th"}]]}
    mute.bot("sendMessage", chat_id=person.id, text=markup, parse_mode="HTML", reply_markup=keyboard)
    assert page.hears(nasty, "จบ")
    links = [each.get_attribute("href") for each in page.all(".bot .text a")]
    assert links == ["https://www.thaigov.go.th/?a=1&b=2", "mailto:pr@example.com"]
    assert not page.all(".message img")
    folded = page.one(".bot .folded")
    before = folded.size["height"]
    folded.click()
    page.wait(lambda: page.one(".bot .expandable").size["height"] > before)
    page.key("<b>กด</b>")
    page.wait(lambda: page.one("#alert-text").text == "อ่าน <b>ก่อน</b>")
    page.shot("simulator-wide-alert")
    page.click("#alert button")
    assert page.complaints() == []


def test_typing_edits_and_deletions_show_as_they_happen(browser: Chrome, mute: Running) -> None:
    page = Page(browser, mute.simulator.url, WIDE)
    page.click("#begin")
    page.hears("/start", who="me")
    person = next(user for user in mute.simulator.world.users.values() if not user.is_bot)
    mute.bot("sendChatAction", chat_id=person.id, action="typing")
    page.one("#chat-status.typing")
    page.shot("simulator-wide-typing")
    sent = mute.bot("sendMessage", chat_id=person.id, text="ก่อน")
    page.hears("ก่อน")
    assert not page.all("#chat-status.typing")
    mute.bot("editMessageText", chat_id=person.id, message_id=sent["message_id"], text="หลัง")
    page.hears("หลัง")
    mute.bot("deleteMessage", chat_id=person.id, message_id=sent["message_id"])
    page.wait(lambda: page.said() == [])
    page.click('[data-chat="supergroup"]')
    mute.bot("sendMessage", chat_id=person.id, text="เรื่องใหม่")
    assert page.one(".unread").text == "1"
    assert page.complaints() == []


def test_light_and_dark_can_be_switched_and_are_remembered(browser: Chrome, mute: Running) -> None:
    page = Page(browser, mute.simulator.url, WIDE)

    def background() -> Any:
        return browser.execute_script("return getComputedStyle(document.body).backgroundColor")

    light = background()
    page.click("#theme")
    assert background() != light
    dark = background()
    browser.refresh()
    page.one(".chat")
    assert background() == dark
    page.click("#theme")
    assert background() == light


def test_the_page_comes_back_after_the_line_was_lost(browser: Chrome, mute: Running) -> None:
    page = Page(browser, mute.simulator.url, WIDE)
    page.click("#begin")
    page.hears("/start", who="me")

    def lose() -> None:
        for listener in list(mute.simulator.world.listeners):
            socket = getattr(listener, "__self__", None)
            if socket is not None and hasattr(socket, "ws_connection"):
                socket.close()

    mute.loop.call_soon_threadsafe(lose)
    page.wait(lambda: "offline" in (page.one("body").get_attribute("class") or ""))
    page.wait(lambda: "offline" not in (page.one("body").get_attribute("class") or ""))
    page.type("ยังอยู่")
    page.hears("ยังอยู่", who="me")
