"""Screens as Telegram's HTML and buttons; the fake's strict parser reads them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.screens import Choice, Layout, Screen, Tone
from bot.handlers.telegram.quirks import CALLBACK_DATA_MAX_BYTES, LABEL_MAX, TEXT_MAX, utf16_length
from bot.handlers.telegram.render import Rendered, render, render_texts, split
from bot.i18n import translator
from tests.handlers.telegram.fakes import question, screen, words
from tests.support.fake_telegram.entities import parse_html


def rendered(drawn: Screen) -> Rendered:
    return render(translator("vi").screen(drawn))


def text_of(drawn: Screen) -> str:
    (text,) = rendered(drawn).texts
    return text


def labels(drawn: Screen) -> list[list[str]]:
    keyboard = rendered(drawn).keyboard
    assert keyboard is not None
    return [[button["text"] for button in row] for row in keyboard["inline_keyboard"]]


def choices(*texts: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{number}", words(text)) for number, text in enumerate(texts))


def test_a_question() -> None:
    assert rendered(question()) == Rendered(
        texts=("Câu 3/12 ▰▱▱▱▱▱▱▱▱▱\n\n<b>Nhà mình có góc học tập không?</b>",),
        keyboard={
            "inline_keyboard": [
                [{"text": "Có", "callback_data": "7:yes"}, {"text": "Không", "callback_data": "7:no"}],
                [{"text": "Vì sao hỏi?", "callback_data": "7:why"}, {"text": "Quay lại", "callback_data": "7:back"}],
            ]
        },
    )


@pytest.mark.parametrize(
    ("tone", "expected"),
    [
        (Tone.PLAIN, "Đã ghi"),
        (Tone.HEADING, "<b>Đã ghi</b>"),
        (Tone.QUESTION, "<b>Đã ghi</b>"),
        (Tone.DONE, "✅ Đã ghi"),
        (Tone.NOTICE, "ℹ️ Đã ghi"),
        (Tone.QUIET, "<i>Đã ghi</i>"),
        (Tone.LINK, "Đã ghi"),
    ],
)
def test_tones(tone: Tone, expected: str) -> None:
    assert text_of(screen((tone, "Đã ghi"))) == expected


def test_every_tone_can_be_set() -> None:
    for tone in Tone:
        assert render_texts([(tone, "a")])


def test_what_people_wrote_is_never_markup() -> None:
    text = text_of(screen((Tone.QUIET, '<b>An & Bình</b> "2<3" &lt;')))
    assert parse_html(text) == (
        '<b>An & Bình</b> "2<3" &lt;',
        [{"offset": 0, "length": 27, "type": "italic"}],
    )


def test_a_screen_without_choices_has_no_keyboard() -> None:
    assert rendered(screen("Cảm ơn.")).keyboard is None


def test_a_list_stands_one_below_the_other() -> None:
    assert labels(screen("?", choices=choices("Một", "Hai", "Ba"))) == [["Một"], ["Hai"], ["Ba"]]


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (("Đồng ý", "Không đồng ý"), [["Đồng ý", "Không đồng ý"]]),
        (("Có, từ hai mươi chữ", "Không"), [["Có, từ hai mươi chữ"], ["Không"]]),
    ],
)
def test_a_pair_stands_side_by_side_where_a_phone_has_room(texts: tuple[str, ...], rows: list[list[str]]) -> None:
    assert labels(screen("?", choices=choices(*texts), layout=Layout.PAIR)) == rows


@pytest.mark.parametrize(
    ("count", "lengths"), [(1, [1]), (5, [5]), (6, [6]), (7, [4, 3]), (10, [5, 5]), (11, [6, 5]), (13, [5, 5, 3])]
)
def test_a_keypad_has_even_rows_of_at_most_six(count: int, lengths: list[int]) -> None:
    drawn = screen("?", choices=choices(*map(str, range(count))), layout=Layout.KEYPAD)
    assert [len(row) for row in labels(drawn)] == lengths


def test_a_keypad_of_longer_labels_has_fewer_columns() -> None:
    drawn = screen("?", choices=choices("0 - 10 %", "11 - 20 %", "21 - 30 %", "31 - 40 %"), layout=Layout.KEYPAD)
    assert [len(row) for row in labels(drawn)] == [4]
    drawn = screen("?", choices=choices("dưới 10 quyển", "từ 10 quyển", "từ 50 quyển"), layout=Layout.KEYPAD)
    assert [len(row) for row in labels(drawn)] == [2, 1]


def test_navigation_stands_below_two_a_row() -> None:
    drawn = screen("?", choices=choices("1", "2", "3"), navigation=choices("Vì sao?", "Để sau", "Tạm nghỉ"))
    assert labels(drawn)[-2:] == [["Vì sao?", "Để sau"], ["Tạm nghỉ"]]


def test_labels_a_phone_would_cut_are_written_out_above_numbered_buttons() -> None:
    long = "Hội Khuyến học xã xác nhận bằng văn bản cho tất cả các thành viên trong gia đình"
    drawn = screen((Tone.QUESTION, "Ai xác nhận?"), choices=choices("Không ai", long))
    assert text_of(drawn) == f"<b>Ai xác nhận?</b>\n\n1. Không ai\n2. {long}"
    (first,), (second,) = labels(drawn)
    assert first == "1. Không ai"
    assert second.startswith("2. Hội Khuyến học")
    assert second.endswith("…")
    assert utf16_length(second) <= LABEL_MAX


def test_the_longest_id_fits_a_button() -> None:
    drawn = screen("?", revision=10**18, choices=(Choice("x" * 40, words("Có")),))
    keyboard = rendered(drawn).keyboard
    assert keyboard is not None
    assert len(keyboard["inline_keyboard"][0][0]["callback_data"].encode()) <= CALLBACK_DATA_MAX_BYTES


def test_a_long_screen_is_split_between_paragraphs_and_the_keyboard_comes_last() -> None:
    drawn = screen("a" * 3000, (Tone.QUIET, "b" * 1000), "c" * 200, choices=choices("Có"))
    result = rendered(drawn)
    assert result.texts == ("a" * 3000 + "\n\n<i>" + "b" * 1000 + "</i>", "c" * 200)
    assert result.keyboard is not None


def test_paragraphs_that_just_fit_stay_together() -> None:
    assert len(render_texts([(Tone.PLAIN, "a" * 2000), (Tone.PLAIN, "b" * (TEXT_MAX - 2002))])) == 1
    assert len(render_texts([(Tone.PLAIN, "a" * 2000), (Tone.PLAIN, "b" * (TEXT_MAX - 2001))])) == 2


def test_a_paragraph_too_long_by_itself_is_split_at_the_end_of_a_sentence() -> None:
    sentence = "Câu này dài vừa phải. "
    first, second = split(sentence * 250, TEXT_MAX)
    assert first.endswith("vừa phải.")
    assert second.startswith("Câu này")


def test_lines_come_before_sentences_and_words_before_letters() -> None:
    assert split("một hai. ba\nbốn năm", 14) == ("một hai. ba", "bốn năm")
    assert split("một hai ba", 8) == ("một hai", "ba")
    assert split("mộthaiba", 5) == ("mộtha", "iba")


TEXTS = st.text(st.sampled_from('aă ộ.\n&<>"🌾👨‍👩‍👧'), max_size=300)


@given(TEXTS, st.integers(4, 40))
def test_pieces_fit_and_lose_nothing_but_blanks(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < utf16_length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.lists(st.tuples(st.sampled_from(Tone), TEXTS.map(lambda text: text * 20)), max_size=6))
def test_every_message_is_valid_html_within_the_limit(blocks: list[tuple[Tone, str]]) -> None:
    seen = ""
    for message in render_texts(blocks):
        text, _ = parse_html(message)
        assert utf16_length(text) <= TEXT_MAX
        seen += text
    for sign in "✅ℹ️":
        seen = seen.replace(sign, "")
    assert "".join(seen.split()) == "".join("".join(text for _, text in blocks).split())
