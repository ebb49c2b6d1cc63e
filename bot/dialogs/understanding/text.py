"""Typed text in one form, whatever keyboard, font or Unicode form it came in."""

from __future__ import annotations

import re
import unicodedata

LONGEST_UNDERSTOOD = 200
"""Letters of the longest text a reader tries to understand; longer ones are a letter, not an answer."""

_LONGEST_LOOKED_AT = 2_000
"""Code points a reader looks at: decomposed marks and invisible signs may make a short text this long."""

_MEANT_BY_SIGN = (
    dict.fromkeys("👍👌✅☑✔🆗", " yes ")
    | dict.fromkeys("👎❌✖🙅🚫⛔", " no ")
    | dict.fromkeys("❓❔🤔🤷", "?")
    | {"ð": "đ", "➖": "-", "−": "-", "’": "", "‘": "", "‛": "", "′": ""}
)
_MEANT_BY_CATEGORY = (
    dict.fromkeys(("Cc", "Cn", "Co", "Cs", "Zs", "Zl", "Zp", "So", "Sk", "Ps", "Pe", "Pi", "Pf"), " ")
    | dict.fromkeys(("Cf", "Me"), "")
    | {"Pd": "-"}
)
_ODD = re.compile(r"[^ -~a-zà-ïñ-ɏ\u0300-\u036fạ-ỹ]")
_ASCII_SIGNS = str.maketrans(dict.fromkeys('"()[]{}*_^\x7f' + "".join(map(chr, range(32))), " ") | {"'": "", "`": ""})
_SPACES = re.compile(r"\s+")
_REPEATED_SIGN = re.compile(r"([^\w\s.,-])\1+|([.,])\2+(?![0-9])")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLAIN_VOWELS = "aăâeêioôơuưy"
_TONED = {
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone) for vowel in _PLAIN_VOWELS for tone in ("", *_TONES)
}
_VOWEL = "[" + "".join(_TONED) + "]"
_NUCLEUS = re.compile(
    rf"(?:(q[uùúũủụ]|g[iìíĩỉị])({_VOWEL}{{1,3}})|(?<!{_VOWEL})({_VOWEL}{{2,3}}))"
    rf"(?!{_VOWEL}|[\u0300-\u036f])(?=([a-zđ])?)"
)

_FOLDS = str.maketrans(
    {letter: unicodedata.normalize("NFD", vowel)[0] for letter, (vowel, _) in _TONED.items()} | {"đ": "d"}
)


def normal(text: str) -> str:
    """Return a text in lower case, one Unicode form and one spelling of tones, its accents kept.

    Full-width digits become digits, invisible signs go, 👍 becomes "yes" and ❌ "no", other pictures go, brackets
    and quotes become spaces, dashes "-", repeated signs one, and a tone stands where the dictionary has it ("hoà" is
    "hòa"). Time is linear in the length.
    """
    plain = text.isascii()
    if not plain:
        text = unicodedata.normalize("NFKC", text).upper().casefold()
        text = unicodedata.normalize("NFKC", text)
        text = unicodedata.normalize("NFC", _ODD.sub(_meant_by_sign, text))
    else:
        text = text.lower()
    text = text.translate(_ASCII_SIGNS)
    if not plain and not text.isascii():
        text = _NUCLEUS.sub(_tone_in_place, text)
    return _REPEATED_SIGN.sub(r"\1\2", _SPACES.sub(" ", text)).strip()


def fold(text: str) -> str:
    """Return a text as `normal` does, without diacritics: "Dạ có Ạ" is "da co a", "đ" is "d"."""
    return fold_normal(normal(text))


def fold_normal(text: str) -> str:
    """Return a text that already is in the form of `normal` without its diacritics."""
    if text.isascii():
        return text
    text = text.translate(_FOLDS)
    if text.isascii():
        return text
    letters = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _SPACES.sub(" ", letters).strip()


def understandable(text: str) -> str | None:
    """Return the normal form of a text with its lines parted by ";", or None if it is empty or too long."""
    if len(text) > _LONGEST_LOOKED_AT:
        return None
    text = text.strip()
    if "\n" in text:
        text = text.replace("\n", " ; ")
    said = normal(text)
    return said if 0 < len(said) <= LONGEST_UNDERSTOOD else None


def visible(text: str) -> str:
    """Return a text in composed form without signs that have no shape."""
    if text.isascii():
        return text
    text = "".join(c for c in text if not "\ufe00" <= c <= "\ufe0f" and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", text)


def _meant_by_sign(found: re.Match[str]) -> str:
    sign = found[0]
    meant = _MEANT_BY_SIGN.get(sign)
    if meant is not None:
        return meant
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Mn" and "\ufe00" <= sign <= "\ufe0f":
        return ""
    return _MEANT_BY_CATEGORY.get(category, sign)


def _tone_in_place(found: re.Match[str]) -> str:
    """Put the one tone of a syllable on the letter that carries it in the dictionary."""
    onset, nucleus, coda = found[1] or "", found[2] or found[3], found[4]
    letters = onset + nucleus
    if letters.isascii():
        return letters
    parted = [_TONED.get(letter, (letter, "")) for letter in letters]
    tones = [tone for _, tone in parted if tone]
    if len(tones) != 1:
        return letters
    vowels = [vowel for vowel, _ in parted]
    first = len(onset)
    marked = [i for i in range(first, len(vowels)) if vowels[i] in "ăâêôơư"]
    if marked:
        place = marked[-1]
    elif coda:
        place = len(vowels) - 1
    else:
        place = first + (len(nucleus) - 1) // 2
    vowels[place] = unicodedata.normalize("NFC", vowels[place] + tones[0])
    return "".join(vowels)
