"""The security headers of every answer, as data. A test asks for them on every route."""

CONTENT_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    "require-trusted-types-for 'script'", "trusted-types 'none'",
))

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    # Not `no-referrer`: over HTTPS the form protection compares the referrer with our own address.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
# The page that registers a worker is the only one that may have a trusted-types policy, and that one
# knows a single address (`static/js/reminders.js`): browsers take a worker's from such a policy alone.
WITH_WORKER = "/me/reminders"
WORKER_POLICY = CONTENT_POLICY.replace("trusted-types 'none'", "trusted-types reminders")
# The last page of ours before one of somebody else's. There is no form on it.
OUTWARD = "/lines/out/"
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
PAGE_CACHE = "no-store"
# What is for everybody to read, by programs too: no cookie, no session, kept a little while by whoever
# likes. Nothing of one person is ever below these addresses.
OPEN_DATA = ("/feeds/meetings.json", "/feeds/bmlt/", "/api/")
OPEN_CACHE = "public, max-age=300"
OPEN_TO_OTHER_PAGES = {"Access-Control-Allow-Origin": "*"}
STATIC_CACHE = "public, max-age=31536000, immutable"
STATIC_ASKED = "public, no-cache"


def headers_for(path: str) -> dict[str, str]:
    """What every answer at this path carries."""
    if path.startswith(OUTWARD):
        return HEADERS | {"Referrer-Policy": "no-referrer"}
    here = path == WITH_WORKER or path.startswith(f"{WITH_WORKER}/")
    return HEADERS | {"Content-Security-Policy": WORKER_POLICY} if here else HEADERS


def add_headers(response, path: str, versioned: bool, https: bool):
    """Set them on one answer. Pages are never stored; a static file may be kept for ever if its
    address carries its fingerprint, and otherwise is asked for anew (script modules are, because
    one imports the other by its plain name). Open data may be kept for some minutes, by anybody, and
    read by the pages of others; what went wrong is not kept."""
    response.headers.update(headers_for(path) | (HTTPS_ONLY if https else {}))
    if path.startswith(OPEN_DATA):
        response.headers.update(OPEN_TO_OTHER_PAGES)
    response.headers["Cache-Control"] = _kept_how(path, versioned) if response.status_code in (200, 304) else PAGE_CACHE
    return response


def without_a_page(https: bool) -> list[tuple[str, str]]:
    """What an answer carries that never comes by Flask: refused sockets, and refusals before any page."""
    return [*HEADERS.items(), ("Cache-Control", PAGE_CACHE), *(HTTPS_ONLY.items() if https else ())]


def _kept_how(path, versioned):
    if path.startswith("/static/"):
        return STATIC_CACHE if versioned else STATIC_ASKED
    return OPEN_CACHE if path.startswith(OPEN_DATA) else PAGE_CACHE
