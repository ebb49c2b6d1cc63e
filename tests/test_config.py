"""Settings: sensible without any, every problem said at once with how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import ConfigError, load

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"


def test_no_settings_at_all_is_a_working_installation() -> None:
    config = load({})
    assert config.telegram is None
    assert (config.web_host, config.web_port) == ("127.0.0.1", 8080)
    assert config.data_dir == Path("var").resolve()
    assert config.database_url == f"sqlite:///{config.data_dir / 'hoctap.db'}"
    assert config.timezone.key == "Asia/Ho_Chi_Minh"


def test_the_database_lives_in_the_data_folder() -> None:
    assert load({"HOCTAP_DATA_DIR": "/srv/hoctap"}).database_url == "sqlite:////srv/hoctap/hoctap.db"


def test_telegram_needs_only_a_token() -> None:
    telegram = load({"HOCTAP_TELEGRAM_TOKEN": TOKEN}).telegram
    assert telegram is not None
    assert telegram.api_root == "https://api.telegram.org"
    assert telegram.webhook_url == ""


def test_secrets_are_not_in_the_representation() -> None:
    env = {
        "HOCTAP_TELEGRAM_TOKEN": TOKEN,
        "HOCTAP_TELEGRAM_WEBHOOK_URL": "https://hoctap.example.vn",
        "HOCTAP_TELEGRAM_WEBHOOK_SECRET": "rat-bi-mat",
        "HOCTAP_DATABASE_URL": "postgresql://hoctap:mat-khau@localhost/hoctap",
    }
    shown = repr(load(env))
    assert TOKEN not in shown
    assert "rat-bi-mat" not in shown
    assert "mat-khau" not in shown


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("HOCTAP_WEB_LISTEN", "8080", "127.0.0.1:8080"),
        ("HOCTAP_WEB_LISTEN", "localhost:99999", "127.0.0.1:8080"),
        ("HOCTAP_DATABASE_URL", "mysql://localhost/x", "postgresql://"),
        ("HOCTAP_TELEGRAM_TOKEN", "my token", "@BotFather"),
        ("HOCTAP_TELEGRAM_API", "api.telegram.org", "https://"),
        ("HOCTAP_TELEGRAM_RATE", "fast", "0 (no limit)"),
        ("HOCTAP_TIMEZONE", "Hanoi", "Asia/Ho_Chi_Minh"),
        ("HOCTAP_LOG", "loud", "debug, info"),
        ("HOCTAP_TELEGRAM_PROXY", "http://proxy:3128", "HOCTAP_TELEGRAM_TOKEN"),
        ("HOCTAP_TELEGRAM_TOKN", TOKEN, "HOCTAP_TELEGRAM_TOKEN"),
    ],
)
def test_a_problem_names_the_setting_and_how_to_mend_it(name: str, value: str, mend: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load({name: value})
    (problem,) = str(raised.value).splitlines()
    assert problem.startswith(f"{name}: ")
    assert mend in problem


def test_a_webhook_wants_both_its_settings() -> None:
    with pytest.raises(ConfigError, match="HOCTAP_TELEGRAM_WEBHOOK_SECRET: is missing"):
        load({"HOCTAP_TELEGRAM_TOKEN": TOKEN, "HOCTAP_TELEGRAM_WEBHOOK_URL": "https://x.vn"})


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        load({"HOCTAP_WEB_LISTEN": "x", "HOCTAP_TIMEZONE": "x", "HOCTAP_LOG": "x"})
    assert len(str(raised.value).splitlines()) == 3
