"""Take out of an answer what names an account or a moment: what is left can be compared and passed on.

| what | becomes |
|---|---|
| the account's address, name, region and key | `<account>`, `<name>`, `<key>` ... |
| the random prefix of the ids of a run | `<p>` |
| a GUID, a time with seven digits, an HTTP date | `<guid>`, `<time .7>`, `<date>` |
| an eTag | `<etag 1>`, numbered as they come within a scenario |
| Base64 text, an access token, an IP address | `<base64 44>`, `<token>`, `<ip>` |
| a `$skiptoken`, and a header that is not known | its form: `<form A9-a>`, letters as a or A, digits as 9 |
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

# Headers whose values say nothing about the account once they are masked. Of all others only the form is kept.
KNOWN_HEADERS = frozenset(
    ("accept", "accept-encoding", "allow", "authorization", "cache-control", "client-request-id", "connection",
     "content-encoding", "content-length", "content-type", "dataserviceid", "dataserviceversion", "date", "etag", "if-match",
     "if-modified-since", "if-none-match", "if-unmodified-since", "last-modified", "location", "ocp-date", "ocp-range",
     "odata-version", "request-id", "retry-after", "return-client-request-id", "server", "strict-transport-security",
     "transfer-encoding", "vary", "www-authenticate", "x-content-type-options")
)  # fmt: skip
_LONGEST_TEXT = 2000
_SIMPLE: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\beyJ[\w-]+\.[\w-]+\.[\w-]*", "<token>"),
    (r"(?i)\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", "<guid>"),
    (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "<time>"),
    (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d+)Z", lambda found: f"<time .{len(found[1])}>"),
    (r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "<date>"),
    (r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b", "<ip>"),
    (r"\b[\w.+-]+@[\w-]+\.[\w.]+\b", "<mail>"),
    (r"(?<![\w+/])[A-Za-z0-9+/]{27,}={0,2}(?![\w+/=])", lambda found: _base64(found[0])),
)


def _base64(text: str) -> str:
    """Return the mask of Base64 text; a long word or path of plain letters is none."""
    plain = re.fullmatch(r"[A-Za-z/]+|\d+|[a-z]+\d*|(.)\1+", text)
    return text if plain and not text.endswith("=") else f"<base64 {len(text)}>"


def form(text: str) -> str:
    """Return what a text is made of: runs of letters as a or A, of digits as 9; other characters stay."""
    for pattern, sign in ((r"[a-z]+", "a"), (r"[A-Z]+", "A"), (r"[0-9]+", "9"), (r"[^\x20-\x7e]+", "?")):
        text = re.sub(pattern, sign, text)
    return f"<form {text[:200]}>"


class LeakError(Exception):
    """A recording would hold something that it must not; nothing has been written."""


class Mask:
    """Masks the answers of one scenario.

    Args:
        names: What each secret text becomes; longer texts are replaced first, in any letter case.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        pairs = sorted(names, key=lambda pair: -len(pair[0]))
        self._patterns = [(_whole(text), mask) for text, mask in pairs]
        self._etags: dict[str, int] = {}

    def text(self, text: str) -> str:
        """Return a text without names and moments."""
        text = re.sub(r"(skiptoken=)([^&\s\"]*)", lambda found: found[1] + form(found[2]), text, flags=re.IGNORECASE)
        for pattern, mask in self._patterns:
            text = pattern.sub(lambda _, mask=mask: mask, text)  # type: ignore[misc]
        text = re.sub(r"0x8[0-9A-Fa-f]{10,16}\b", self._etag, text)
        for simple, mask_of in _SIMPLE:
            text = re.sub(simple, mask_of, text)
        return text

    def _etag(self, found: re.Match[str]) -> str:
        number = self._etags.setdefault(found[0].lower(), len(self._etags) + 1)
        return f"<etag {number}>"

    def value(self, value: Any) -> Any:
        """Return a JSON value without names and moments; its members keep their order."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.value(inside) for key, inside in value.items()}
        if isinstance(value, list):
            return [self.value(inside) for inside in value]
        return value

    def body(self, raw: bytes) -> Any:
        """Return the body of an answer: a JSON value, text, or None for no body."""
        if not raw:
            return None
        try:
            return self.value(json.loads(raw.decode("utf-8-sig")))
        except ValueError:
            return self.text(raw.decode("utf-8", "replace"))[:_LONGEST_TEXT]

    def header(self, name: str, value: str) -> str:
        """Return the value of a header: masked if the header is known, else its form."""
        if name.lower() == "authorization":
            return " ".join([value.partition(" ")[0], "<signature>"])
        return self.text(value) if name.lower() in KNOWN_HEADERS else form(value)


def _whole(text: str) -> re.Pattern[str]:
    """A text as a whole word: an account called `job` must not change every `job` within a longer word.

    In a URL `%27` may come before it.
    """
    return re.compile(rf"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{{2}})){re.escape(text)}(?![A-Za-z0-9])", re.IGNORECASE)


def plain(value: Any) -> Any:
    """Return a masked text without what differs by chance: the numbers of eTags, zeros at the end of a time."""
    return (
        re.sub(r"<(etag|time) \.?[1-9]>", r"<\1>", re.sub(r"<etag \d+>", "<etag>", value))
        if isinstance(value, str)
        else value
    )


def check(text: str, secrets: Iterable[str]) -> None:
    """Raise LeakError if a text holds one of the secrets, plain or as it would be in a URL or in JSON."""
    for secret in secrets:
        for form_of in {secret, json.dumps(secret)[1:-1], secret.replace("/", "%2F").replace("+", "%2B")}:
            if _whole(form_of).search(text) or (len(form_of) > 12 and form_of.lower() in text.lower()):
                raise LeakError("A name or key of the account was left in the recording; nothing was written.")
