"""Names, codes, and commands with arguments."""

from __future__ import annotations

import pytest

from bot.dialogs.understanding import CODE_ALPHABET, Command, read_code, read_name, split_command


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lan", "Lan"), ("  Cô   Lan ", "Cô Lan"), ("Nguye\u0302\u0303n Thi\u0323 Lan", "Nguyễn Thị Lan"),
        ("Ông Bảy", "Ông Bảy"),
        ("Út", "Út"), ("Bà Năm", "Bà Năm"), ("Huy", "Huy"), ("Nghi", "Nghi"), ("Đạt", "Đạt"),
        ("Y Bhăm Êban", "Y Bhăm Êban"),
        ("Ksor H'Nhung", "Ksor H'Nhung"), ("Lan\u200b", "Lan"), ("Chị Hai 🌸", "Chị Hai 🌸"),
        ("Lan\u00a0Anh", "Lan Anh"),
        ("Lan 2", "Lan 2"), ("N.T. Lan", "N.T. Lan"), ("O", "O"), ("Mai", "Mai"), ("a" * 60, "a" * 60),
        ("Sáu", "Sáu"), ("lan\n", "lan"),
        ("LAN", "LAN"),
        ("Ba má Tí", "Ba má Tí"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_people_like_to_be_called(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "\u200b", "123", "0912345678", "+84 912 345 678", "Lan 0912.345.678", "...", "🌸", "/help", "／help",
        "http://x.vn",
        "www.lan.vn", "lan.com", "t.me/lan", "lan@mail.vn", "@lan", "a" * 61, "Lan\nMai", "Lan\x00", "Lan\x1b[0m",
        "\ud800Lan", "quay lại",
        "giúp", "hủy", "help", "để sau", "có", "không", "ko", "dạ", "?", "a" * 10_000, "\ue000Lan", "Lan\u2028Mai",
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused(typed: str) -> None:
    assert read_name(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCD2345", "ABCD2345"), ("abcd-2345", "ABCD2345"), (" abcd 2345 ", "ABCD2345"), ("ABCD–2345", "ABCD2345"),
        ("O0Il", "0011"),
        ("123456", "123456"), ("123 456", "123456"), ("１２３４５６", "123456"),
        ("https://t.me/HocTapBot?start=ABCD2345", "ABCD2345"),
        ("http://127.0.0.1:8080/?m=abcd2345", "ABCD2345"), ("https://hoctap.vn/vao?x=1&m=ABCD-2345#a", "ABCD2345"),
        ("Kính mời cô chú mở liên kết này: https://hoctap.vn/?m=ABCD2345 để tự đánh giá", "ABCD2345"), ("ABCD", "ABCD"),
        ("ABCD\u200b2345", "ABCD2345"), ("https://hoctap.vn/?m=ABCD2345 https://t.me/B?start=abcd2345", "ABCD2345"),
    ],
)  # fmt: skip
def test_a_code_is_read(typed: str, code: str) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "", "ABC", "A" * 17, "ABCU", "mã là", "ABCD/2345", "ABCD2345!", "/start ABCD2345", "help", "back", "quay lại",
        "https://hoctap.vn/",
        "?m=", "?m=ab", "https://a.vn/?m=ABCD https://a.vn/?m=EFGH", "có", "đúng mã", "12-3",
        "A" * 10_000, "ABCD\x002345",
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert read_code(typed) is None


def test_the_alphabet_of_codes_has_no_look_alikes() -> None:
    assert len(set(CODE_ALPHABET)) == 32
    assert not set("ILOU") & set(CODE_ALPHABET)


@pytest.mark.parametrize(
    ("typed", "command", "argument"),
    [
        ("/start ABCD2345", Command.START, "ABCD2345"), ("/start", Command.START, ""),
        ("/start@HocTapBot  aB-c ", Command.START, "aB-c"),
        ("/ngonngu tiếng Anh", Command.LANGUAGE, "tiếng Anh"), ("/Link 123456", Command.LINK, "123456"),
        ("để sau", Command.LATER, ""),
        ("/nope x", None, ""), ("có", None, ""), ("", None, ""), ("/start " + "x" * 300, None, ""),
        ("\u200b/help", Command.HELP, ""),
        ("/help\nvới", Command.HELP, "với"),
    ],
)  # fmt: skip
def test_a_slash_command_is_parted_from_its_argument(typed: str, command: Command | None, argument: str) -> None:
    assert split_command(typed) == (command, argument)
