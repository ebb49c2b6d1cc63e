from __future__ import annotations

from typing import Any

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import Person
from tests.support.fake_telegram.entities import found_entities, parse_html, trimmed, utf16_length
from tests.support.fake_telegram.errors import ApiError


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("trơn", "trơn", []),
        ("a &lt; b &amp;&quot;&gt; &#7871; &#x1EBF;", 'a < b &"> ế ế', []),
        ("&nbsp; & &copy; &amp", "&nbsp; & &copy; &", []),
        ("<b>đậm</b>", "đậm", [entity("bold", 0, 3)]),
        ("😀 <strong>đậm</strong>", "😀 đậm", [entity("bold", 3, 3)]),
        ("<B>đậm</>", "đậm", [entity("bold", 0, 3)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
        ("<b></b>x", "x", []),
        (
            '<a href="https://a.vn/?x=1&amp;y=2">đây</a>',
            "đây",
            [entity("text_link", 0, 3, url="https://a.vn/?x=1&y=2")],
        ),
        ("<a href='https://a.vn/a>b'>đây</a>", "đây", [entity("text_link", 0, 3, url="https://a.vn/a>b")]),
        ("<a>a.vn</a>", "a.vn", [entity("text_link", 0, 4, url="a.vn")]),
        ('<span class="tg-spoiler">kín</span>', "kín", [entity("spoiler", 0, 3)]),
        ("<tg-spoiler>kín</tg-spoiler>", "kín", [entity("spoiler", 0, 3)]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="5368">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5368")]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("ế <p>x</p>", 'Unsupported start tag "p" at byte offset 4'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


async def test_wrong_html_changes_nothing(api: Api, an: Person) -> None:
    description = await api.error("sendMessage", chat_id=an.chat_id, text="2 < 3", parse_mode="HTML")
    assert description.startswith("Bad Request: can't parse entities")
    assert an.screen() == ""


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("  đậm  ", [entity("bold", 2, 3)], ("đậm", [entity("bold", 0, 3)])),
        ("đậm  \n", [entity("bold", 0, 6)], ("đậm", [entity("bold", 0, 3)])),
        (" đậm", [entity("bold", 0, 4)], (" đậm", [entity("bold", 0, 4)])),
        ("x  ", [entity("bold", 1, 2)], ("x", [])),
        ("😀 x ", [entity("bold", 3, 1)], ("😀 x", [entity("bold", 3, 1)])),
    ],
)
def test_blanks_at_the_ends_go_and_entities_move(
    text: str, entities: list[dict[str, Any]], expected: tuple[str, list[dict[str, Any]]]
) -> None:
    assert trimmed(text, entities) == expected


def test_lengths_are_utf16_units() -> None:
    assert [utf16_length(text) for text in ("abc", "tiếng Việt", "😀", "")] == [3, 10, 2, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start moi-ABC", [entity("bot_command", 0, 6)]),
        ("gõ /help@hoctap_bot nhé", [entity("bot_command", 3, 16)]),
        ("câu 3/12", []),
        ("😀 https://hoc.vn/a?b", [entity("url", 3, 18)]),
        ("hỏi @nguyenan", [entity("mention", 4, 9)]),
        ("a@b.vn", [entity("email", 0, 6)]),
    ],
)
def test_commands_and_links_are_marked_by_themselves(text: str, expected: list[dict[str, Any]]) -> None:
    assert found_entities(text) == expected


async def test_explicit_entities_are_kept(api: Api, an: Person) -> None:
    given = [entity("bold", 0, 4), entity("text_link", 5, 3, url="https://a.vn")]
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="Chào bác", entities=given)
    assert message["entities"] == given


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ([entity("bold", 6, 1)], "entity begins after the end of the text at UTF-16 offset 6"),
        (
            [entity("bold", 2, 5)],
            "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 7",
        ),
        ([entity("bold", -1, 2)], "receive an entity with incorrect offset -1"),
        ([entity("sparkle", 0, 1)], "can't parse MessageEntity: Unsupported type specified"),
        (["bold"], "can't parse MessageEntity: expected an Object"),
        ([{"type": "bold"}], 'can\'t parse MessageEntity: Field "offset" must be of type Number'),
    ],
)
async def test_wrong_entities_are_refused(api: Api, an: Person, given: list[object], description: str) -> None:
    answer = await api.error("sendMessage", chat_id=an.chat_id, text="😀 ab", entities=given)
    assert answer == f"Bad Request: {description}"


async def test_markdown_is_refused_as_a_gap_of_the_fake(api: Api, an: Person) -> None:
    answer = await api("sendMessage", chat_id=an.chat_id, text="*x*", parse_mode="MarkdownV2")
    assert answer["error_code"] == 501
