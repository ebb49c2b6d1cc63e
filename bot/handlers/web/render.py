"""Mailbox rows and screens -> HTML, whole pages or the pieces that the page's script puts in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import assert_never
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.dialogs.effects import DocumentKind, FetchFile, Notice, SendDocument, Show
from bot.dialogs.screens import Expects, Tone
from bot.handlers.web.assets import Asset
from bot.handlers.web.cookies import Visitor
from bot.i18n import DrawnScreen, Translator, translator
from bot.ports import Kept
from bot.services.rule_reading import RuleList, RulePage

ROWS_SHOWN = 20
"""How many messages a page opens with: enough to find one's place, light enough for a slow line."""

INPUT_MODES = MappingProxyType({Expects.NUMBER: "numeric"})
PICTURES = frozenset({DocumentKind.CARD, DocumentKind.INVITE_CARD, DocumentKind.ROLE_CARD, DocumentKind.PROGRESS})
"""Documents that are looked at in the page."""

CLICKABLE = frozenset({"http", "https", "tg"})
SCRIPT_WORDS = (
    "back_online",
    "busy",
    "copied",
    "not_sent",
    "offline",
    "sending",
    "sent",
    "stale",
    "still_working",
    "waiting",
    "you",
)


@dataclass(frozen=True, slots=True)
class Dock:
    """Where a person answers: choices, navigation, and how the field for typing behaves."""

    html: str
    progress: str
    placeholder: str
    input_mode: str
    takes_files: bool
    attach: str
    """What the button for files says: a photo beside a question, a file where workbooks are sent in."""
    seen: int


@dataclass(frozen=True, slots=True)
class Row:
    """One message of the log; the newest screen has a `dock`."""

    id: int
    html: str
    locale: str
    toast: str
    dock: Dock | None


class Renderer:
    """Draws what the channel shows."""

    def __init__(self, assets: Mapping[str, Asset], max_upload_bytes: int, new_id: Callable[[], str]) -> None:
        self._assets = assets
        self._max_upload_bytes = max_upload_bytes
        self._new_id = new_id
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def rows(self, kept: Sequence[Kept], visitor: Visitor) -> tuple[Row, ...]:
        """Draw mailbox rows, oldest first; only the newest screen can be answered."""
        newest = max((one.id for one in kept if isinstance(one.content, Show)), default=0)
        return tuple(row for one in kept if (row := self._row(one, visitor, newest)) is not None)

    def page(self, kept: Sequence[Kept], visitor: Visitor, *, locale: str, is_waiting: bool) -> str:
        """Draw the whole page: the last messages and where to answer. `is_waiting`: the reply is on its way."""
        rows = self.rows(kept[-ROWS_SHOWN:], visitor)
        screen = next((row for row in rows if row.dock is not None), None)
        dock = screen.dock if screen else None
        locale = rows[-1].locale if rows else locale
        words = translator(locale)
        last = rows[-1].id if rows else 0
        return self._draw(
            "page.html",
            words,
            rows=rows,
            dock=dock,
            toast=rows[-1].toast if rows else "",
            placeholder=words.text("web.type.nothing"),
            is_waiting=is_waiting,
            last=last,
            visitor=visitor,
            client_id=self._new_id(),
            config={
                "account": visitor.key,
                "form": visitor.form_token,
                "last": last,
                "seen": dock.seen if dock else None,
                "maxBytes": self._max_upload_bytes,
                "words": {name: words.text(f"web.{name}") for name in SCRIPT_WORDS}
                | {
                    "too_large": words.text("web.attach.too_large", {"megabytes": self._max_upload_bytes // 1_000_000}),
                    "lost": words.text("web.attach.lost"),
                },
            },
        )

    def rules_list(self, locale: str, listed: RuleList) -> str:
        """Draw the sets in force and what was found in them."""
        return self._draw("rules_list.html", translator(locale), listed=listed)

    def rules_set(self, locale: str, page: RulePage) -> str:
        """Draw a whole set, to be read and printed."""
        words = translator(locale)
        return self._draw("rules_set.html", words, page=page, page_title=words.say(page.name))

    def plain_page(self, locale: str, title: str, text: str, link: str, link_text: str) -> str:
        """Draw a page that says one thing and leads on. `title`, `text`, `link_text` are codes."""
        return self._draw("plain.html", translator(locale), title=title, text=text, link=link, link_text=link_text)

    def _row(self, kept: Kept, visitor: Visitor, newest: int) -> Row | None:
        words = translator(kept.locale)
        content = kept.content
        is_past = kept.id < newest
        toast, dock = "", None
        match content:
            case Show():
                screen = words.screen(content.screen)
                toast = words.say(content.toast) if content.toast else ""
                dock = None if is_past else self._dock(screen, kept.id, visitor, words)
                name, paragraphs = content.screen.name, _paragraphs(screen)
                html = self._draw("screen.html", words, id=kept.id, paragraphs=paragraphs, name=name, is_past=is_past)
            case Notice():
                notice = (_Paragraph(Tone.NOTICE, words.say(content.text), ""),)
                html = self._draw("screen.html", words, id=kept.id, paragraphs=notice, name="notice", is_past=is_past)
            case SendDocument(kind, of):
                query = f"?{urlencode({'of': of})}" if of else ""
                is_picture = kind in PICTURES
                html = self._draw(
                    "document.html", words, id=kept.id, kind=kind.value, query=query, is_picture=is_picture
                )
            case FetchFile():
                return None
            case _:
                assert_never(content)
        return Row(id=kept.id, html=html, locale=words.locale, toast=toast, dock=dock)

    def _dock(self, screen: DrawnScreen, row_id: int, visitor: Visitor, words: Translator) -> Dock:
        source = screen.source
        return Dock(
            html=self._draw(
                "choices.html", words, screen=screen, visitor=visitor, client_id=self._new_id(), last=row_id
            ),
            progress=self._draw("progress.html", words, screen=screen) if screen.progress else "",
            placeholder=words.text(f"web.type.{source.expects.value}"),
            input_mode=INPUT_MODES.get(source.expects, "text"),
            takes_files=source.takes_files,
            attach=words.text("web.attach" if source.name == "question" else "web.attach.file"),
            seen=source.revision,
        )

    def _draw(self, template: str, words: Translator, **values: object) -> str:
        return self._templates.get_template(template).render(
            t=words.text, say=words.say, lang=words.locale, assets=self._assets, **values
        )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    tone: Tone
    text: str
    address: str
    """Where a link leads; empty when the text is no address that may be opened."""


def _paragraphs(screen: DrawnScreen) -> tuple[_Paragraph, ...]:
    return tuple(
        _Paragraph(tone, text, text.strip() if tone is Tone.LINK and urlsplit(text.strip()).scheme in CLICKABLE else "")
        for tone, text in screen.paragraphs
    )
