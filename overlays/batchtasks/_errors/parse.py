"""Read the body of a refusal: the service's own, another service's, a proxy's page, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from batchtasks._validation.values import seconds_of_http_date

# All texts are cut before they are searched: some patterns below take quadratic time on text made to slow them down.
_MAX_PAGE = 4_000
_MAX_TEXT = 8_000
_MAX_SHOWN = 500
_MAX_VALUES = 50
_TRAILER = re.compile(r"^(RequestId|Time):(.*)$", re.IGNORECASE)
# Credentials that a page or the service's own text may quote.
_SECRETS = (
    (re.compile(r"(SharedKey(?:Lite)?\s+[^\s:]+:)[A-Za-z0-9+/=]+", re.IGNORECASE), r"\1***"),
    (re.compile(r"(Bearer\s+)[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), r"\1***"),
    (re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])"), "***"),
    (re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])"), "***"),
    (re.compile(r"([?&]sig=)[^&\s'\"<>]+", re.IGNORECASE), r"\1***"),
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)


@frozen
class ErrorBody:
    """What could be read of a refusal."""

    code: str | None = None
    message: str = ""
    values: tuple[tuple[str, str], ...] = ()
    request_id: str | None = None


def without_secrets(text: str) -> str:
    """Return a text, cut to 8,000 characters, with signatures, tokens and account keys replaced by ***."""
    text = text[:_MAX_TEXT]
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def read_error_body(content: bytes, content_type: str | None) -> ErrorBody:
    """Return what can be read of any body; never raises."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _from_text(_decode(content, content_type))
    if isinstance(document, str):
        return _from_text(document)
    return error_body_from(document) if isinstance(document, dict) else ErrorBody()


def error_body_from(document: dict[str, Any]) -> ErrorBody:
    """Return what can be read of an error in JSON."""
    inner = document
    for wrapper in ("error", "odata.error", "Error"):
        if isinstance(document.get(wrapper), dict):
            inner = document[wrapper]
    code = inner.get("code") or inner.get("Code") or document.get("code")
    if code is None and isinstance(inner.get("error"), str):
        code = inner["error"]
    text = inner.get("message") or inner.get("Message") or inner.get("error_description") or inner.get("detail") or ""
    if isinstance(text, dict):
        text = text.get("value") or ""
    message, request_id = _without_trailer(str(text)[:_MAX_TEXT])
    return ErrorBody(
        code=without_secrets(str(code)) if code is not None else None,
        message=without_secrets(message),
        values=tuple(_values(inner.get("values"))),
        request_id=request_id,
    )


def _values(values: Any) -> list[tuple[str, str]]:
    if not isinstance(values, list):
        return []
    pairs = [(item.get("key"), item.get("value")) for item in values[:_MAX_VALUES] if isinstance(item, dict)]
    return [(str(key), without_secrets(str(value))) for key, value in pairs if key is not None]


def _without_trailer(text: str) -> tuple[str, str | None]:
    kept, request_id = [], None
    for line in text.splitlines():
        match = _TRAILER.match(line.strip())
        if match is None:
            kept.append(line)
        elif match.group(1).casefold() == "requestid":
            request_id = match.group(2).strip() or None
    return "\n".join(kept).strip(), request_id


def _from_text(text: str) -> ErrorBody:
    text = text[:_MAX_PAGE]
    title = _TITLE.search(text)
    if title and title.group(1).strip():
        text = title.group(1)
    elif "<" in text:
        text = _TAG.sub(" ", text)
    text = without_secrets(" ".join(text.split()))
    return ErrorBody(message=text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + " ...")


def _decode(content: bytes, content_type: str | None) -> str:
    charset = re.search(r"charset=[\"']?([\w.:-]+)", (content_type or "")[:200], re.IGNORECASE)
    for name in ("utf-8", charset.group(1) if charset else "latin-1"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def retry_after_of(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that Retry-After (seconds or a date) or its variants in milliseconds ask for, or None."""
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        milliseconds = _number(headers.get(name))
        if milliseconds is not None:
            return milliseconds / 1000
    text = headers.get("Retry-After")
    seconds = _number(text)
    if seconds is not None:
        return seconds
    until = seconds_of_http_date(text)
    if until is None:
        return None
    # If the service sent its own time, both dates are by its clock, so a wrong clock here does no harm.
    there = seconds_of_http_date(headers.get("Date"))
    return max(0.0, until - (now if there is None else there))


def _number(text: str | None) -> float | None:
    try:
        number = float((text or "")[:100])
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
