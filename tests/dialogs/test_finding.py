"""Rules are found by words: in short names, questions, reasons, criterion titles and articles, best first."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs.finding import LONGEST_QUERY, MOST_WORDS, Hit, find, words_of
from bot.dialogs.rule_words import in_order
from bot.dialogs.understanding import fold
from bot.scoring.model import CriteriaSet, Text
from bot.scoring.shipped import load_shipped
from tests.scoring.strategies import ANY, criteria_sets

SHIPPED = load_shipped()
SETS = in_order(s for s in SHIPPED if s.is_in_force(date(2026, 11, 22)))


def named(hits: tuple[Hit, ...]) -> list[str]:
    return [f"{hit.named.vi} / {hit.criteria.id}" for hit in hits]


# --- what is found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["tủ sách", "tu sach", "TỦ SÁCH", "  tủ,  sách! ", "tu\u0309 sa\u0301ch", "sách tủ"])
def test_words_are_found_however_they_are_typed(query: str) -> None:
    assert "Tủ sách chung / cong_dong_thon_mau" in named(find(SETS, query))


def test_what_is_named_so_comes_before_what_only_mentions_it() -> None:
    assert named(find(SETS, "pho cap"))[:3] == [
        "Phổ cập mầm non / cong_dong_hoc_tap_xa",
        "Phổ cập tiểu học / cong_dong_hoc_tap_xa",
        "Phổ cập THCS / cong_dong_hoc_tap_xa",
    ]


def test_what_is_named_just_so_comes_before_what_is_named_longer() -> None:
    assert named(find(SETS, "quỹ khuyến học"))[:2] == [
        "Quỹ khuyến học / cong_dong_thon_mau",
        "Quỹ khuyến học của họ / dong_ho_mau",
    ]


def test_a_set_comes_before_the_indicators_of_its_name() -> None:
    assert named(find(SETS, "gia đình học tập"))[:2] == [
        "Gia đình học tập (phiếu mẫu) / gia_dinh_mau",
        "Gia đình học tập / dong_ho_mau",
    ]


def test_an_article_is_found() -> None:
    hits = find(SETS, "Điều 6 khoản 5")
    articles = [hit.indicator.article for hit in hits if hit.indicator is not None]
    assert articles[:3] == [
        "TT 25/2023/TT-BGDĐT, Điều 6 khoản 5 điểm a; Điều 7 khoản 5 điểm a",
        "TT 25/2023/TT-BGDĐT, Điều 6 khoản 5 điểm b; Điều 7 khoản 5 điểm b",
        "TT 25/2023/TT-BGDĐT, Điều 6 khoản 5 điểm b; Điều 7 khoản 5 điểm b",
    ]


def test_a_set_is_found_by_its_title() -> None:
    first = find(SETS, "dòng họ")[0]
    assert (first.criteria.id, first.at, first.indicator) == ("dong_ho_mau", None, None)


def test_english_is_found_too() -> None:
    assert "Tủ sách chung / cong_dong_thon_mau" in named(find(SETS, "shared books"))


def test_of_a_bare_structure_the_criteria_are_found() -> None:
    bare = next(s for s in SHIPPED if s.is_structure_only)
    hit = find((bare,), "binh dang gioi")[0]
    assert (hit.at, hit.indicator, hit.named.vi) == (11, None, "Thực hiện bình đẳng giới")
    assert hit.number == "12"


def test_a_word_is_found_by_its_beginning_but_not_by_what_is_inside_it() -> None:
    assert "Trung tâm học tập / cong_dong_hoc_tap_xa" in named(find(SETS, "trung tam"))
    assert named(find(SETS, "ngoa ngu")) == named(find(SETS, "ngoai ngu"))
    assert not find(SETS, "goai")


def test_short_words_and_numbers_mean_themselves() -> None:
    """'họ' is not the beginning of 'học', and 2 is not the beginning of 2023."""
    assert all("họ" in words_of(" ".join(texts(hit, "vi"))) for hit in find(SETS, "họ"))
    assert not find(SETS, "202")


def test_diacritics_mean_themselves_unless_nothing_has_them() -> None:
    with_them, without = find(SETS, "tủ sách"), find(SETS, "tu sach")
    assert len(with_them) < len(without)
    assert set(named(with_them)) <= set(named(without))
    assert named(find(SETS, "tũ sách")) == named(without)


def test_all_words_must_occur_in_one_language() -> None:
    assert find(SETS, "tủ sách")
    assert find(SETS, "shared books")
    assert not find(SETS, "tủ sách books")


@pytest.mark.parametrize("query", ["", "  ", "?", "🍉", "–", "\u200b", "dưa hấu"])
def test_nothing_is_found_by_what_says_nothing(query: str) -> None:
    assert find(SETS, query) == ()


# --- what always holds ------------------------------------------------------------------------------------------------


def texts(hit: Hit, language: str) -> list[str]:
    """All that is looked at for a hit, said once more here."""
    criteria = hit.criteria
    if hit.at is None:
        return [criteria.title.in_locale(language), criteria.issuing_document]
    title = criteria.criteria[hit.at].title.in_locale(language)
    i = hit.indicator
    if i is None:
        return [title]
    return [*(text.in_locale(language) for text in (i.short, i.question, i.why)), title, i.article]


@cache
def folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words_of(text))


def holds(hit: Hit, query: str) -> bool:
    """Whether every word is, or begins, a word of the hit, without regard to diacritics."""
    looked_for = [fold(word) for word in words_of(query[:LONGEST_QUERY])[:MOST_WORDS]]
    for language in ("vi", "en"):
        words = frozenset[str]().union(*(folded(text) for text in texts(hit, language)))
        if all(
            w in words or (len(w) > 2 and not w.isdecimal() and any(word.startswith(w) for word in words))
            for w in looked_for
        ):
            return True
    return False


def everything(sets: tuple[CriteriaSet, ...]) -> list[Hit]:
    hits = []
    for criteria in sets:
        hits.append(Hit(criteria))
        for at, criterion in enumerate(criteria.criteria):
            hits.extend(Hit(criteria, at, indicator) for indicator in criterion.indicators)
            if not criterion.indicators:
                hits.append(Hit(criteria, at))
    return hits


VOCABULARY = sorted({word for hit in everything(SETS) for text in texts(hit, "vi") for word in words_of(text)})
QUERIES = st.one_of(
    st.lists(st.sampled_from(VOCABULARY).map(fold), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY).map(lambda word: fold(word)[:3]), min_size=1, max_size=3).map(" ".join),
)


@settings(max_examples=60, deadline=None)
@given(QUERIES)
def test_exactly_what_holds_all_words_is_found_once(query: str) -> None:
    hits = find(SETS, query)
    assert len(set(map(id_of, hits))) == len(hits)
    assert {id_of(hit) for hit in hits} == {id_of(hit) for hit in everything(SETS) if holds(hit, query)}


@settings(max_examples=60, deadline=None)
@given(st.data(), criteria_sets(structure_only=None, wording=ANY))
def test_everything_is_found_by_its_own_name(data: st.DataObject, criteria: CriteriaSet) -> None:
    hit = data.draw(st.sampled_from(everything((criteria,))))
    name = hit.named.in_locale(data.draw(st.sampled_from(("vi", "en"))))
    found = find((criteria,), name)
    assert id_of(hit) in {id_of(each) for each in found} or not words_of(name)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_looked_for(query: str) -> None:
    hits = find(SETS, query)
    assert all(holds(hit, query) for hit in hits)


def id_of(hit: Hit) -> tuple[str, int | None, str]:
    return hit.criteria.id, hit.at, hit.indicator.id if hit.indicator is not None else ""


def test_a_set_is_looked_at_as_it_is_not_as_one_of_the_same_name_was() -> None:
    first = SETS[0]
    renamed = CriteriaSet(**{name: getattr(first, name) for name in first.__slots__} | {"title": Text("Dưa hấu")})
    assert find((first,), "dưa hấu") == ()
    assert [hit.criteria.title.vi for hit in find((renamed,), "dưa hấu")] == ["Dưa hấu"]
