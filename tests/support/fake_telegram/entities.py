"""Formatted text: HTML and explicit entities in, plain text and checked entities out; lengths in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.wire import JsonObject

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_TOKEN = re.compile(r"<|&")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_START_TAG = re.compile(r"""<([^\s>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)(>?)""")
_END_TAG = re.compile(r"</([^\s>]*)\s*(>?)")
_ATTRIBUTE = re.compile(r"""\s*(?:([^\s=>/"']+)\s*(?:=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]*)(?=[\s>]|$))?|(\S))""")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w))"
    r"|(?P<url>\bhttps?://[^\s<>\"]+)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.]+\b)"
    r"|(?P<mention>(?<!\w)@\w{4,32})"
    r"|(?P<hashtag>(?<!\w)#\w+)"
)
KNOWN_ENTITIES = frozenset(_TAGS.values()) | {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "text_mention",
    "expandable_blockquote",
}  # fmt: skip


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: a letter beyond the basic plane (most emoji) counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    start: int
    argument: str


class _HtmlParser:
    """Reads Telegram's HTML from left to right, as strictly as the real server."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[JsonObject] = []

    def fail(self, reason: str) -> Exception:
        return bad_request(f"can't parse entities: {reason}")

    def byte_offset(self, position: int) -> int:
        return len(self.source[:position].encode())

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def parse(self) -> tuple[str, list[JsonObject]]:
        position = 0
        while found := _TOKEN.search(self.source, position):
            self.add(self.source[position : found.start()])
            if found[0] == "&":
                position = self._reference(found.start())
            elif self.source.startswith("</", found.start()):
                position = self._end_tag(found.start())
            else:
                position = self._start_tag(found.start())
        self.add(self.source[position:])
        if self.open:
            raise self.fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def _reference(self, position: int) -> int:
        found = _REFERENCE.match(self.source, position)
        text = decode_reference(found) if found else ""
        if not found or not text:
            self.add("&")
            return position + 1
        self.add(text)
        return found.end()

    def _start_tag(self, position: int) -> int:
        found = _START_TAG.match(self.source, position)
        assert found is not None
        tag, attributes, closing = found[1].lower(), found[2], found[3]
        where = self.byte_offset(position)
        if not closing and not attributes:
            raise self.fail(f"Unclosed start tag at byte offset {where}")
        if tag not in _TAGS:
            raise self.fail(f'Unsupported start tag "{tag}" at byte offset {where}')
        argument = self._argument(tag, attributes, where)
        if not closing:
            raise self.fail(f'Unclosed start tag "{tag}" at byte offset {where}')
        if tag == "span" and argument != "tg-spoiler":
            raise self.fail(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(_Open(tag, self.offset, len(self.parts), argument))
        return found.end()

    def _argument(self, tag: str, attributes: str, where: int) -> str:
        wanted = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "blockquote": "expandable"}
        argument = ""
        for found in _ATTRIBUTE.finditer(attributes):
            if found[3]:
                raise self.fail(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            if found[1] == wanted.get(tag):
                value = found[2] or ""
                argument = _REFERENCE.sub(decode_reference, value[1:-1] if value[:1] in {'"', "'"} else value.lower())
                argument = argument or "expandable"
        return argument

    def _end_tag(self, position: int) -> int:
        where = self.byte_offset(position)
        if not self.open:
            raise self.fail(f"Unexpected end tag at byte offset {where}")
        found = _END_TAG.match(self.source, position)
        assert found is not None
        if not found[2]:
            raise self.fail(f"Unclosed end tag at byte offset {where}")
        last = self.open.pop()
        if found[1] and found[1].lower() != last.tag:
            raise self.fail(
                f'Unmatched end tag at byte offset {where}, expected "</{last.tag}>", found "</{found[1].lower()}>"'
            )
        if self.offset > last.offset:
            self._close(last)
        return found.end()

    def _close(self, last: _Open) -> None:
        entity: JsonObject = {"offset": last.offset, "length": self.offset - last.offset, "type": _TAGS[last.tag]}
        match last.tag:
            case "a":
                entity["url"] = last.argument or "".join(self.parts[last.start :])
                if "." not in entity["url"] and "://" not in entity["url"]:
                    return
            case "blockquote" if last.argument:
                entity["type"] = "expandable_blockquote"
            case "tg-emoji":
                if not last.argument.isdigit():
                    raise self.fail("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = last.argument
            case "code" if last.argument.startswith("language-"):
                entity["language"] = last.argument.removeprefix("language-")
            case "pre" if self.entities and self.entities[-1]["type"] == "code":
                inner = self.entities[-1]
                if (inner["offset"], inner["length"]) == (entity["offset"], entity["length"]) and "language" in inner:
                    inner["type"] = "pre"
                    return
            case _:
                pass
        self.entities.append(entity)


def decode_reference(found: re.Match[str]) -> str:
    """The letter behind `&lt;` or `&#7841;`; a number that is no letter gives an empty string."""
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Plain text and entities of Telegram's HTML; raises the ApiError "can't parse entities: ..."."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = _HtmlParser(source).parse()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities


def checked_entities(given: object, text: str) -> list[JsonObject]:
    """Entities sent along by the bot: unknown types left out, wrong ones refused."""
    if not isinstance(given, list):
        return []
    total, kept = utf16_length(text), list[JsonObject]()
    for entity in given:
        if not isinstance(entity, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        for field in ("offset", "length"):
            if not isinstance(entity.get(field), int):
                raise bad_request(f'can\'t parse MessageEntity: Field "{field}" must be of type Number')
        if entity.get("type") not in KNOWN_ENTITIES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        offset, length = entity["offset"], entity["length"]
        if offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if length < 0:
            raise bad_request(f"receive an entity with incorrect length {length}")
        if offset > total:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > total:
            end = offset + length
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
            )
        if length:
            kept.append({key: value for key, value in entity.items() if value is not None})
    return kept


def trimmed(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """The text as Telegram keeps it: no blank at either end, entities moved along."""
    short = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=len(short))
    lead = min(len(short) - len(short.lstrip(" \n")), first)
    short = short[lead:]
    if len(short) == len(text) or not entities:
        return short, entities
    total, kept = utf16_length(short), list[JsonObject]()
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], total - offset)
        if length > 0:
            kept.append({**entity, "offset": offset, "length": length})
    return short, kept


def found_entities(text: str) -> list[JsonObject]:
    """What Telegram marks by itself: commands, links, addresses, mentions, hashtags."""
    if "/" not in text and "@" not in text and "#" not in text:
        return []
    return [
        {"offset": utf16_length(text[: found.start()]), "length": utf16_length(found[0]), "type": found.lastgroup}
        for found in _FOUND.finditer(text)
    ]
