"""The command line: what each command prints and with which status it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import govnews
from bot.simulator import Simulator
from retrieval import IngestReport, Library

CHAIR = "ใครเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก"
NOWHERE = "ใครชนะการประกวดร้องเพลงลูกทุ่งบนดาวอังคาร"
CHECKOUT = Path(__file__).parents[3]


def run(*arguments: object, input: str | bytes | None = None) -> Result:
    """The command line in this process; standard output and standard error apart."""
    return CliRunner().invoke(govnews, [str(argument) for argument in arguments], input=input)


def process(*arguments: object, stdin: int | None = None) -> subprocess.Popen[bytes]:
    """The command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=stdin,
    )


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run outside the checkout, where no .env of the developer lies."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))


def lines_of(items: Iterable[dict[str, str]]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


# ask


def test_ask_shows_the_name_the_proof_the_date_and_the_agency(library_path: Path) -> None:
    result = run("ask", CHAIR, "--library", library_path)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert "คมสัน เอกชัย" in first
    shown = "\n".join(rest)
    for part in ("ผู้ว่าราชการจังหวัดตาก", "│ ", "12 พฤษภาคม 2552", "กรมประชาสัมพันธ์", "https://"):
        assert part in shown


def test_ask_json_is_one_object_with_the_contracts_keys(library_path: Path) -> None:
    result = run("ask", CHAIR, "--library", library_path, "--json", "--limit", 2)
    answer = json.loads(result.stdout)
    assert list(answer) == ["question", "kind", "found", "answer", "detail", "sure", "results"]
    assert (answer["question"], answer["kind"], answer["found"]) == (CHAIR, "chair", True)
    assert answer["answer"] == "คมสัน เอกชัย"
    first = answer["results"][0]
    assert list(first) == [
        "title", "excerpt", "highlights", "date", "published", "agency", "url", "article_id", "score",
    ]  # fmt: skip
    assert first["date"] == "2009-05-12"
    assert all(0 <= start < end <= len(first["excerpt"]) for start, end in first["highlights"])
    assert len(answer["results"]) <= 2
    assert "ประธาน" in result.stdout, "Thai stays readable"


def test_ask_ends_with_status_1_where_no_article_answers(library_path: Path) -> None:
    result = run("ask", NOWHERE, "--library", library_path)
    assert (result.exit_code, "ไม่พบ" in result.stdout) == (1, True)
    answer = json.loads(run("ask", NOWHERE, "--library", library_path, "--json").stdout)
    assert (answer["found"], answer["answer"], answer["detail"]) == (False, None, None)


def test_ask_answers_an_english_question_in_english_words(library_path: Path) -> None:
    result = run("ask", "Who chaired the role model leaders seminar in Tak?", "--library", library_path)
    assert "May" in result.stdout or "news I have" in result.stdout


def test_batch_answers_line_by_line_in_order_and_keeps_empty_lines(library_path: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(f"\ufeff{CHAIR}\n\n  {NOWHERE}\r\n{CHAIR}", encoding="utf-8")
    result = run("ask", "--batch", questions, "--json", "--library", library_path)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [CHAIR, "", NOWHERE, CHAIR]
    assert [answer["found"] for answer in answers] == [True, False, False, True]
    assert result.exit_code == 0


def test_batch_reads_standard_input_and_ends_with_1_where_nothing_is_found(library_path: Path) -> None:
    result = run("ask", "--batch", "-", "--json", "--library", library_path, input=f"{NOWHERE}\n".encode())
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)


def test_batch_in_another_encoding_is_refused_with_the_line(library_path: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_bytes(b"one\n" + "คำถาม".encode("tis-620"))
    result = run("ask", "--batch", questions, "--json", "--library", library_path)
    assert result.exit_code == 2
    assert "Line 2" in result.stderr
    assert "UTF-8" in result.stderr


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "x", "--batch", "-"), ("ask", "x", "--limit", "0"), ("aks",)])
def test_wrong_use_ends_with_status_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [("ask", CHAIR), ("ask", CHAIR, "--json"), ("stats",), ("export",), ("chat",)])
def test_a_missing_library_is_one_clear_line_and_status_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*arguments, "--library", tmp_path / "none")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert str(tmp_path / "none") in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_setting_that_cannot_be_used_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVNEWS_LOG_LEVEL", "loud")
    result = run("stats")
    assert (result.exit_code, "GOVNEWS_LOG_LEVEL" in result.stderr) == (2, True)


def test_govnews_library_names_the_library(library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVNEWS_LIBRARY", str(library_path))
    assert run("ask", CHAIR).exit_code == 0


def test_ask_loads_nothing_of_telegram_the_chat_or_the_progress_bar(library_path: Path) -> None:
    script = (
        "import sys; from bot.cli import govnews\n"
        f"govnews(['ask', {CHAIR!r}, '--library', {str(library_path)!r}], standalone_mode=False)\n"
        "heavy = {'telegram', 'tornado', 'prompt_toolkit', 'rich', 'httpx'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# ingest, sample, export, stats


def test_ingest_says_what_was_read_and_reading_again_changes_nothing(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(lines_of({"title": f"ข่าวที่ {n}", "body": f"เนื้อหาข่าวที่ {n}"} for n in range(3)), encoding="utf-8")
    first = run("ingest", news, "--library", tmp_path / "library")
    assert (first.exit_code, "Read 3 articles" in first.stdout, "3 new" in first.stdout) == (0, True, True)
    again = run("ingest", news, "--library", tmp_path / "library")
    assert again.exit_code == 0
    assert "new" not in again.stdout


def test_ingest_names_what_it_could_not_read_and_keeps_the_rest(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(lines_of([{"title": "ข่าว", "body": "เนื้อหาข่าว"}]) + "{broken\n", encoding="utf-8")
    result = run("ingest", news, "--library", tmp_path / "library")
    assert result.exit_code == 1
    assert "1 could not be read" in result.stdout
    assert "news.jsonl" in result.stderr
    with Library.open(tmp_path / "library") as library:
        assert library.stats().articles == 1


@pytest.mark.parametrize("arguments", [("ingest",), ("ingest", "no-such-folder"), ("ingest", ".", "--format", "odd")])
def test_ingest_of_nothing_that_exists_ends_with_status_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*arguments, "--library", tmp_path / "library")
    assert result.exit_code == 2
    assert not (tmp_path / "library").exists()


def test_a_stopped_ingest_tells_what_is_kept_and_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = tmp_path / "news.jsonl"
    news.touch()
    monkeypatch.setattr(Library, "ingest", lambda *_, **__: IngestReport(read=7, added=7, interrupted=True))
    result = run("ingest", news, "--library", tmp_path / "library")
    assert result.exit_code == 130
    assert "7 new" in result.stdout
    assert "the same command goes on from there" in result.stderr


def test_sample_fills_an_empty_library_and_leaves_others_alone(tmp_path: Path) -> None:
    first = run("sample", "--library", tmp_path / "library")
    assert (first.exit_code, "new" in first.stdout) == (0, True)
    again = run("sample", "--library", tmp_path / "library")
    assert (again.exit_code, "already holds" in again.stdout) == (0, True)


def test_what_export_writes_ingest_reads_back_unchanged(library_path: Path, tmp_path: Path) -> None:
    written = tmp_path / "news.jsonl"
    assert run("export", written, "--library", library_path).exit_code == 0
    assert run("ingest", written, "--library", tmp_path / "copy").exit_code == 0
    again = run("export", "--library", tmp_path / "copy").stdout
    assert sorted(again.splitlines()) == sorted(written.read_text(encoding="utf-8").splitlines())


def test_stats_tells_what_the_library_holds(library_path: Path) -> None:
    with Library.open(library_path) as library:
        stats = library.stats()
    shown = run("stats", "--library", library_path)
    assert shown.exit_code == 0
    assert f"{stats.articles:,}" in shown.stdout
    assert stats.agencies[0][0] in shown.stdout
    told = json.loads(run("stats", "--library", library_path, "--json").stdout)
    assert (told["articles"], told["passages"], told["indexed"]) == (stats.articles, stats.passages, True)
    assert told["newest"] == stats.newest.isoformat() if stats.newest else None


# doctor


def test_doctor_is_content_with_a_good_library(library_path: Path) -> None:
    result = run("doctor", "--library", library_path)
    assert (result.exit_code, "✗" in result.stdout) == (0, False)
    assert "GOVNEWS_TOKEN is not set" in result.stdout


def test_doctor_tells_how_to_mend_a_missing_library(tmp_path: Path) -> None:
    result = run("doctor", "--library", tmp_path / "none")
    assert result.exit_code == 1
    assert "govnews ingest" in result.stdout


def test_doctor_finds_a_token_of_the_wrong_shape_without_showing_it(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVNEWS_TOKEN", "not-a-token-at-all")
    result = run("doctor", "--library", library_path)
    assert result.exit_code == 1
    assert "GOVNEWS_TOKEN" in result.stdout
    assert "not-a-token" not in result.stdout


async def test_doctor_asks_telegram_whether_the_token_is_valid(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Simulator() as simulator:
        monkeypatch.setenv("GOVNEWS_API_URL", simulator.api_url)
        monkeypatch.setenv("GOVNEWS_TOKEN", simulator.token)
        good = await asyncio.to_thread(run, "doctor", "--online", "--library", library_path)
        assert (good.exit_code, f"@{simulator.username}" in good.stdout) == (0, True)
        monkeypatch.setenv("GOVNEWS_TOKEN", "7000000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        wrong = await asyncio.to_thread(run, "doctor", "--online", "--library", library_path)
        assert (wrong.exit_code, "@BotFather" in wrong.stdout) == (1, True)
    gone = await asyncio.to_thread(run, "doctor", "--online", "--library", library_path)
    assert (gone.exit_code, "could not be asked" in gone.stdout) == (1, True)


# run and simulate


def test_run_without_a_token_says_where_to_get_one(library_path: Path) -> None:
    result = run("run", "--library", library_path)
    assert (result.exit_code, "@BotFather" in result.stderr) == (2, True)


async def test_run_with_a_refused_token_is_one_clear_line(library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Simulator() as simulator:
        monkeypatch.setenv("GOVNEWS_API_URL", simulator.api_url)
        monkeypatch.setenv("GOVNEWS_TOKEN", "7000000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        with process("run", "--library", library_path) as bot:
            _, told = await asyncio.to_thread(bot.communicate)
    assert bot.returncode == 2
    assert "GOVNEWS_TOKEN" in told.decode()
    assert b"AAAA" not in told
    assert b"Traceback" not in told


async def test_run_answers_in_telegram_and_stops_cleanly(library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Simulator() as simulator:
        monkeypatch.setenv("GOVNEWS_API_URL", simulator.api_url)
        monkeypatch.setenv("GOVNEWS_TOKEN", simulator.token)
        with process("run", "--library", library_path) as bot:
            somchai = simulator.person("สมชาย")
            answer = await somchai.ask(CHAIR, timeout=30)
            assert answer.marked("bold")[0] == "คมสัน เอกชัย"
            bot.send_signal(signal.SIGINT)
            _, told = await asyncio.to_thread(bot.communicate)
    assert bot.returncode == 0
    assert simulator.token.encode() not in told
    assert CHAIR.encode() not in told


def test_simulate_on_a_port_in_use_says_so(library_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with process("simulate", "--no-browser", "--port", port, "--library", library_path) as simulation:
            _, told = simulation.communicate()
    assert simulation.returncode == 2
    assert b"--port" in told
    assert len(told.splitlines()) == 1


def test_simulate_serves_the_page_until_ctrl_c(library_path: Path) -> None:
    with process("simulate", "--no-browser", "--port", 0, "--library", library_path) as simulation:
        assert simulation.stdout is not None
        first = simulation.stdout.readline().decode()
        address = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert address, first
        with urllib.request.urlopen(address[0], timeout=10) as page:
            assert b"<html" in page.read().lower()
        simulation.send_signal(signal.SIGINT)
        _, told = simulation.communicate()
    assert (simulation.returncode, told) == (0, b"")


# the process


def test_a_reader_who_stops_early_gets_no_traceback(library_path: Path) -> None:
    with process("export", "--library", library_path) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        export.stdout.readline()
        export.stdout.close()
        assert export.stderr.read() == b""
    assert export.returncode == 141


def test_ctrl_c_is_one_line_and_status_130(library_path: Path) -> None:
    with process("ask", "--batch", "-", "--json", "--library", library_path, stdin=subprocess.PIPE) as ask:
        assert ask.stdin is not None
        assert ask.stdout is not None
        assert ask.stderr is not None
        ask.stdin.write(f"{CHAIR}\n".encode())
        ask.stdin.flush()
        assert json.loads(ask.stdout.readline())["found"], "an answer comes as soon as it is found"
        os.kill(ask.pid, signal.SIGINT)
        assert ask.stderr.read().decode().strip() == "Stopped."
    assert ask.returncode == 130


def test_every_command_explains_itself() -> None:
    listed = run("--help").stdout
    names = govnews.list_commands(govnews.make_context("govnews", ["stats"]))
    assert {"ask", "chat", "doctor", "export", "ingest", "run", "sample", "simulate", "stats"} <= set(names)
    for name in names:
        assert name in listed
        assert run(name, "--help").exit_code == 0
