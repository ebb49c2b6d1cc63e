"""The text or caption of a call: parsed, trimmed, checked against its limit."""

from __future__ import annotations

from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.entities import checked_entities, found_entities, parse_html, trimmed
from tests.support.fake_telegram.errors import ApiError, bad_request
from tests.support.fake_telegram.wire import JsonObject

_SOURCE_BYTES_MAX = 1 << 15


def read_formatted(parameters: Parameters, source: str, entities_name: str) -> tuple[str, list[JsonObject]]:
    """Plain text and entities, as `parse_mode` or `entities` say.

    Raises: ApiError 400 "can't parse entities: ..." and its like; 501 for the Markdown modes, which the fake lacks.
    """
    if len(source) * 4 > _SOURCE_BYTES_MAX and len(source.encode()) > _SOURCE_BYTES_MAX:
        raise bad_request("text is too long")
    match parse_mode := parameters.text("parse_mode").lower():
        case "" | "none":
            text, entities = source, list[JsonObject]()
            if entities_name in parameters.values:
                given = parameters.json(entities_name, f"can't parse {entities_name} JSON object")
                entities = checked_entities(given, source)
        case "html":
            text, entities = parse_html(source)
        case "markdown" | "markdownv2":
            raise ApiError(501, f"Not Implemented: the fake does not read parse_mode {parse_mode}; use HTML")
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = trimmed(text, entities)
    marked = {(entity["offset"], entity["length"]) for entity in entities}
    entities += [entity for entity in found_entities(text) if (entity["offset"], entity["length"]) not in marked]
    return text, entities


def text_content(parameters: Parameters) -> JsonObject:
    """`text` and `entities` of a message, not empty; its length is the caller's to check."""
    source = parameters.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, entities = read_formatted(parameters, source, "entities")
    if not text:
        raise bad_request("text must be non-empty")
    content: JsonObject = {"text": text}
    if entities:
        content["entities"] = entities
    return content


def caption_content(parameters: Parameters) -> JsonObject:
    """`caption` and `caption_entities`; nothing when there is no caption."""
    source = parameters.text("caption")
    text, entities = read_formatted(parameters, source, "caption_entities") if source else ("", [])
    content: JsonObject = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content
