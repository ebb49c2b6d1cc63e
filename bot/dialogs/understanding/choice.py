"""One of several labels, meant by its place or by its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.dialogs.understanding.courtesy import ENDINGS, OPENING_PHRASES
from bot.dialogs.understanding.phrases import Phrases, Words, cores, fits, listed, words
from bot.dialogs.understanding.text import normal, understandable
from bot.dialogs.understanding.yes_no import SPELLINGS

_OPENINGS = Phrases(
    OPENING_PHRASES
    | listed("chọn, xin chọn, em chọn, tôi chọn, lấy, là, thuộc, thuộc loại, loại, mức, i choose, chắc chắn là")
)
_PLACES = {
    word: place
    for place, spelled in (
        (1, "1 một mot nhất nhat one first"),
        (2, "2 hai two second"),
        (3, "3 ba three third"),
        (4, "4 bốn bon tư tu four fourth"),
        (5, "5 năm nam five fifth"),
        (6, "6 sáu six sixth"),
        (7, "7 bảy bay bẩy seven"),
        (8, "8 tám tam eight"),
        (9, "9 chín chin nine"),
    )
    for word in spelled.split()
}
_ONLY_AFTER_ORDINAL = frozenset(("nhất", "nhat", "tư", "tu", "first", "second", "third", "fourth", "fifth", "sixth"))
_LETTERS = "abcdef"
_PLACE_IS_NAMED = Phrases(
    listed(
        "số, câu, ý, mục, ô, dòng, nút, cái, cái số, đáp án, phương án, lựa chọn, câu số, ý số, mục số",
        "phương án số, no, option",
        "number, #, thứ, cái thứ, câu thứ, ý thứ, lựa chọn thứ, phương án thứ, dòng thứ, số thứ, lựa chọn số",
        "đáp án số, the",
    )
)
_FIRST = Phrases(
    listed(
        "đầu tiên, cái đầu tiên, cái đầu, câu đầu, ý đầu, đầu, dòng đầu, ý đầu tiên, first, the first, the first one"
    )
)
_LAST = Phrases(
    listed(
        "cuối, cuối cùng, cái cuối, cái cuối cùng, câu cuối, ý cuối, ý cuối cùng, chót, sau chót, last",
        "the last, the last one",
    )
)
_NEGATIONS = frozenset(("khong", "chua", "chang", "not", "no", "never", "dont"))
_WITHOUT_MEANING = frozenset(
    listed(
        "co, la, va, cua, mot, cac, nhung, trong, tu, den, duoc, roi, o, hay, hoac, cho, voi, thi, nao, tren",
        "duoi, hon",
        "it, the, a, of, or, and, to",
    )
)
_FEWEST_LETTERS_BEGUN = 3


def read_choice(text: str, labels: Sequence[str]) -> int | None:
    """Understand which label a person means.

    A place counts from one ("2", "số 2", "cái thứ hai", "đầu tiên"). Words mean a label when they are the label, begin
    it, or are some of its telling words, and do so for that label alone; a label's "không" is never dropped. When a
    bare number is one label and the place of another, neither is meant; beside labels that are numbers it is no place.

    Returns: the index from zero, or None.
    """
    said = understandable(text)
    if said is None or "?" in said or not labels:
        return None
    typed = words(said.strip(" ;.,!"), SPELLINGS)
    of_labels = tuple(_words_of(label) for label in labels)
    labels_are_numbers = any(len(label) == 1 and label[0].typed.isdecimal() for label in of_labels)
    for core in cores(typed, _OPENINGS, ENDINGS):
        place = _place(core, len(labels))
        meant = _label_meant(core, of_labels)
        if place is not None and meant != place and (meant is not None or (len(core) == 1 and labels_are_numbers)):
            return None
        if place is not None or meant is not None:
            return meant if place is None else place
    return None


@lru_cache(maxsize=1024)
def _words_of(label: str) -> Words:
    return tuple(word for word in words(normal(label)) if word.typed[-1].isalnum())


def _place(said: Words, count: int) -> int | None:
    """Return the index that words say by place."""
    if _FIRST.find(said):
        return 0
    if _LAST.find(said):
        return count - 1
    named = _PLACE_IS_NAMED.opening(said)
    if len(said) != named + 1:
        return None
    word = said[-1].typed
    if word.isdecimal() and len(word) < len("1000"):
        place = int(word)
    elif named and said[named - 1].folded != "thu" and word in _LETTERS:
        place = _LETTERS.index(word) + 1
    elif named or word not in _ONLY_AFTER_ORDINAL:
        place = _PLACES.get(word, 0)
    else:
        return None
    return place - 1 if 1 <= place <= count else None


def _label_meant(said: Words, labels: tuple[Words, ...]) -> int | None:
    """Return the one label that words are, begin, or are part of, in this order."""
    exact = [i for i, label in enumerate(labels) if len(label) == len(said) and _all_fit(said, label)]
    if exact or (len(said) == 1 and said[0].typed[-1].isdigit()):
        return exact[0] if len(exact) == 1 else None
    begun = [i for i, label in enumerate(labels) if _begins(said, label)]
    if begun:
        others = labels[: begun[0]] + labels[begun[0] + 1 :]
        return begun[0] if len(begun) == 1 and _tells(said, others) else None
    if all(word.folded in _WITHOUT_MEANING | _NEGATIONS or word.typed[-1].isdigit() for word in said):
        return None
    if any(word.typed[-1].isdigit() or word.typed in _PLACES for word in said):
        return None  # "5 cuốn" is not "trên 5 cuốn"
    within = [i for i, label in enumerate(labels) if _is_within(said, label)]
    return within[0] if len(within) == 1 and not _drops_denial(said, labels[within[0]]) else None


def _all_fit(said: Words, label: Words) -> bool:
    return all(
        word.folded == meant.folded and fits(word.typed, meant.typed) for word, meant in zip(said, label, strict=False)
    )


def _begins(said: Words, label: Words) -> bool:
    if len(said) > len(label) or not _all_fit(said[:-1], label) or _denies(label[len(said) :]):
        return False
    last, meant = said[-1], label[len(said) - 1]
    if last.folded == meant.folded:
        return fits(last.typed, meant.typed)
    begun = meant.folded if last.typed.isascii() else meant.typed
    return len(last.folded) >= _FEWEST_LETTERS_BEGUN and begun.startswith(last.typed)


def _tells(said: Words, others: tuple[Words, ...]) -> bool:
    """Say whether words tell enough to choose: "có" alone does only where every other label says no."""
    if any(word.folded not in _WITHOUT_MEANING for word in said):
        return True
    return said[0].folded == "co" and all(label and label[0].folded in _NEGATIONS for label in others)


def _is_within(said: Words, label: Words) -> bool:
    rest = list(label)
    for word in said:
        found = next((m for m in rest if word.folded == m.folded and fits(word.typed, m.typed)), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _drops_denial(said: Words, label: Words) -> bool:
    return _denies(label) and not _denies(said)


def _denies(said: Words) -> bool:
    return any(word.folded in _NEGATIONS for word in said)
