"""A browser without scripts: reads pages and submits the forms that are really on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

VOID = {"input", "meta", "link", "img", "br", "path", "rect"}


@dataclass
class Form:
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    """Label -> value of `choice`."""
    is_multipart: bool = False


class PageReader(HTMLParser):
    """Takes in what a test asks about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._button: str | None = None
        self._label = ""
        self._is_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self._is_data = tag == "script"
        if tag == "form":
            is_multipart = values.get("enctype") == "multipart/form-data"
            self.forms.append(Form(values["action"], is_multipart=is_multipart))
        elif tag == "input" and self.forms and values.get("type") != "file":
            self.forms[-1].fields[values["name"]] = values.get("value", "")
        elif tag == "button" and values.get("name") == "choice":
            self._button, self._label = values["value"], values["data-label"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._button is not None:
            self.forms[-1].buttons[self._label] = self._button
            self._button = None
        if tag == "script":
            self._is_data = False

    def handle_data(self, data: str) -> None:
        if not self._is_data:
            self.text += data

    def all(self, tag: str, **attrs: str) -> list[dict[str, str]]:
        return [v for t, v in self.tags if t == tag and all(v.get(k.rstrip("_")) == w for k, w in attrs.items())]

    @property
    def rows(self) -> list[int]:
        return [int(v["data-row"]) for t, v in self.tags if t == "article"]

    @property
    def labels(self) -> list[str]:
        return [label for form in self.forms for label in form.buttons]


class Person:
    """Somebody with a browser that runs no scripts."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = PageReader("")
        self.response = httpx.Response(200)

    async def open(self, address: str = "/") -> PageReader:
        self.response = await self.client.get(address, follow_redirects=True)
        self.page = PageReader(self.response.text)
        return self.page

    async def tap(self, label: str) -> PageReader:
        form = next(form for form in self.page.forms if label in form.buttons)
        return await self.submit(form.fields | {"choice": form.buttons[label]})

    async def type(self, text: str) -> PageReader:
        return await self.submit(self.composer | {"text": text})

    async def attach(self, name: str, data: bytes, mime: str, text: str = "") -> PageReader:
        return await self.submit(self.composer | {"text": text}, files={"file": (name, data, mime)})

    @property
    def composer(self) -> dict[str, str]:
        return next(form.fields for form in self.page.forms if form.is_multipart)

    async def submit(
        self, fields: dict[str, str], files: dict[str, tuple[str, bytes, str]] | None = None
    ) -> PageReader:
        headers = {"Origin": "http://chat.test"}
        self.response = await self.client.post(
            "/send", data=fields, files=files, headers=headers, follow_redirects=True
        )
        self.page = PageReader(self.response.text)
        return self.page
