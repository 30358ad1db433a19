"""Content-Encoding: the bodies of answers unpacked."""

from __future__ import annotations

import zlib

from batchtasks._outgoing import Outgoing


def unpacked(content: bytes, encodings: str, request: Outgoing) -> bytes:
    """Undo the encodings that a Content-Encoding header names; raises ConnectionFailed if the content is damaged."""
    try:
        for encoding in reversed([name.strip() for name in encodings.lower().split(",")]):
            if encoding in ("gzip", "x-gzip"):
                content = _inflate(content, 16 + zlib.MAX_WBITS)
            elif encoding == "deflate":
                content = _deflated(content)
            elif encoding != "identity":
                break  # nothing that was asked for: it is handed on as it is
    except zlib.error as error:
        raise request.broke_off(f"the answer's {encodings} cannot be unpacked: {error}") from None
    return content


def _deflated(content: bytes) -> bytes:
    try:
        return _inflate(content, zlib.MAX_WBITS)
    except zlib.error:
        # Some servers leave the wrapping out.
        return _inflate(content, -zlib.MAX_WBITS)


def _inflate(content: bytes, kind: int) -> bytes:
    parts = []
    while content:  # gzip may come in several members
        reader = zlib.decompressobj(kind)
        parts.append(reader.decompress(content))
        if not reader.eof:
            raise zlib.error("it is cut short")
        content = reader.unused_data
    return b"".join(parts)
