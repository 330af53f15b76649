"""Response headers: what the browser may load, keep and tell others; and compression of pages."""

from __future__ import annotations

import gzip

from flask import Response, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
COMPRESS_FROM = 1_000  # bytes; below, the headers outweigh the gain


def protect(response: Response) -> Response:
    """Strict defaults; nothing personal stays in a cache."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def takes_gzip() -> bool:
    """Whether the browser takes gzip; it may be named only to be refused (`gzip;q=0`)."""
    return request.accept_encodings.quality("gzip") > 0


def compress(response: Response) -> Response:
    """Gzip for pages: a study page is a few kilobytes instead of twenty on a slow phone."""
    if (
        response.mimetype != "text/html"
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or not takes_gzip()
        or (response.content_length or 0) < COMPRESS_FROM
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), 5))
    response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response
