"""Every sentence has an English one of the same shape, and both can be said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.dialogs.screens import Param
from bot.i18n import LOCALES, SOURCE_LOCALE, translator
from bot.messages import MESSAGES
from bot.messages.markers import Message, Plural
from tests.support import translations

SAME_IN_EVERY_LANGUAGE = {"copy.channel.telegram", "copy.channel.zalo", "nav.language"}
"""Names of services and of languages."""

TRANSLATED = tuple(locale for locale in LOCALES if locale != SOURCE_LOCALE)


class _Asked(dict[str, str]):
    """Remembers which parameters a sentence asks for."""

    def __missing__(self, name: str) -> str:
        self[name] = ""
        return ""


def test_the_catalogues_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main("check") == 0, capsys.readouterr().out


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_shows_every_number_and_every_word_it_is_given(code: str, locale: str) -> None:
    message = MESSAGES[code]
    names = _names(message)
    numbers: Mapping[str, Param] = {name: 701 + place for place, name in enumerate(names)}
    words: Mapping[str, Param] = {name: f"‹{name}›" for name in names}
    for params in (numbers, words):
        for count in (501, 1) if isinstance(message, Plural) else (None,):
            text = translator(locale).text(code, params, count)
            shown = [str(value) for value in params.values()] + ([] if count is None else [str(count)])
            assert [value for value in shown if value not in text] == []
            assert text.strip()
            assert "%(" not in text


@pytest.mark.parametrize("locale", TRANSLATED)
@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_with_words_of_its_own_differs_from_its_source(code: str, locale: str) -> None:
    """Names excepted: an English reader must not meet Vietnamese, nor a copy that nobody translated."""
    source, translated = (_worded(code, language) for language in (SOURCE_LOCALE, locale))
    has_words = any(letter.isalpha() for letter in source)
    assert (source != translated) == (has_words and code not in SAME_IN_EVERY_LANGUAGE)


@pytest.mark.parametrize("code", [code for code, message in MESSAGES.items() if isinstance(message, Plural)])
def test_english_says_one_thing_and_two_things_differently(code: str) -> None:
    params: Mapping[str, Param] = dict.fromkeys(_names(MESSAGES[code]), "-")
    one, two = (translator("en").text(code, params, count) for count in (1, 2))
    assert one.replace("1", "2") != two


def test_a_language_without_a_catalogue_is_answered_in_the_source_language() -> None:
    assert translator("fr").text("answer.yes") == translator(SOURCE_LOCALE).text("answer.yes") == "Có"


def _worded(code: str, locale: str) -> str:
    params = dict.fromkeys(_names(MESSAGES[code]), "-")
    return translator(locale).text(code, params, 2 if isinstance(MESSAGES[code], Plural) else None)


def _names(message: Message) -> tuple[str, ...]:
    """The parameters that a sentence names, other than its count."""
    asked = _Asked()
    for sentence in (message.one, message.many) if isinstance(message, Plural) else (message,):
        _ = sentence % asked
    return tuple(name for name in asked if name != "count")
