"""Addresses as they are compared and published."""

import re
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin, urlsplit

from aggregator.errors import NormalizeError

#: Parameters that say how a reader came, not what is read: campaign tools of Google, Meta,
#: Microsoft, X, Yandex, HubSpot, Mailchimp, Matomo, Adobe, Piano, Naver, WeChat and Zalo, by the
#: names their documentation gives. Whoever adds one makes sure that no site selects content by it.
TRACKING_PARAMETERS = frozenset(
    (
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid",
        "yclid", "igshid", "igsh", "ttclid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
        "_hsenc", "_hsmi", "hsctatracking", "_ga", "_gl", "vero_id", "oly_anon_id",
        "oly_enc_id", "s_cid", "spm", "n_cid", "napm", "wt_mc", "wt.mc_id", "pk_campaign",
        "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid",
        "__twitter_impression", "srsltid", "gad_source", "gad_campaignid", "mibextid",
        "fb_action_ids", "fb_action_types", "fb_source", "ref_src", "ocid", "xtor", "at_medium",
        "at_campaign", "cmpid", "epik", "chksm", "zarsrc", "gidzl", "piwik_campaign", "piwik_kwd",
    )
)  # fmt: skip

#: Every parameter of these families: Google Analytics' and Matomo's.
TRACKING_PREFIXES = ("utm_", "mtm_")

#: Session numbers that old servers write into their links. `sid` is not among them: many
#: systems number their articles by it.
SESSION_PARAMETERS = frozenset(
    (
        "jsessionid", "phpsessid", "cfid", "cftoken", "zenid", "sessionid", "session_id", "sessid",
        "oscsid", "asp.net_sessionid",
    )
)  # fmt: skip
SESSION_PREFIXES = ("aspsessionid",)

DEFAULT_PORTS = {"http": 80, "https": 443}

# The second is ASP.NET's for browsers without cookies.
_SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid)=[^;/]*|(?<=/)\([SAF]\([a-z0-9]{8,}\)\)/", re.IGNORECASE
)
# What joining leaves as it is: with a host, and without the parameters it may tidy away.
_COMPLETE = re.compile(r"https?://[^/?#;][^;]*")
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")

# Signs of a page made for phones: https://amp.dev/documentation/guides-and-tutorials/ and what
# common systems write (sp is Japan's, wap China's). Only as whole segments: /ampang/ is a place in
# Malaysia. And who links from a feed says so in some systems.
_TWIN_HOST = re.compile(r"^(?:www|m|mobile|amp|sp|wap|touch)\.(?=[^.]+\.)")
_TWIN_PATH = re.compile(
    r"^/(?:amp|m|mobile|sp|wap)(?=/.)|/(?:amp|amp\.html)/?$|(?<=\w)\.amp(?=\.html?$|$)"
)
_TWIN_QUERY = re.compile(
    r"(?:amp(?:=1|=true)?|output(?:Type)?=amp|m=1|mobile=(?:1|yes|true)|view=mobile"
    r"|device=(?:mobile|pc)|(?:ref|from|source|src)=(?:rss|feed|atom))"
)
# https://developers.google.com/amp/cache/overview
_AMP_CACHE = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/amp/|[a-z0-9-]+\.cdn\.ampproject\.org/[cv]/)(s/)?(?=[^/]+\.)"
)
_SLASHES = re.compile("//+")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|jsp|aspx?|do)$", re.IGNORECASE)

#: Addresses remembered at a time: those of the largest feeds. An item's key is mostly its link.
ADDRESSES = 1024

#: Hosts remembered at a time: a run reads a few hundred sources.
HOSTS = 1024

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SIGNS = _UNRESERVED | frozenset(b"/:@!$&'()*+,;=%")
_QUERY_SIGNS = _PATH_SIGNS | frozenset(b"?")
_ANY_QUERY_SIGN = "!#$%&'()*+,/:;=?@[]^`{|}\\"
_ESCAPED = re.compile("(?:%[0-9A-Fa-f]{2}){2}")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})?")
# What most addresses are: signs that stand for themselves, and nothing to be taken apart.
_SIMPLE = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(/[A-Za-z0-9._~/:@!$&'*+,=-]*)?"
    r"(?:\?([A-Za-z0-9._~/:@!$&'()*+,;=?-]*))?"
)


def canonical_url(url: str, base: str = "") -> str:
    """Return the one address under which *url* is known here.

    Two links to the same article give the same string: scheme and host are lower-cased, a
    default port, user name, fragment, tracking and session parameters go, escapes are written in
    one way, and the other parameters keep their order (which matters to some old systems). What
    is canonical stays as it is.

    Raises:
        NormalizeError: *url* cannot be made an absolute http(s) address against *base*.
    """
    try:
        # WHATWG URL: control characters at the ends and tabs and line breaks anywhere are
        # dropped, and a backslash is a slash. https://url.spec.whatwg.org/#url-parsing
        return _canonical(_absolute(base, _slashes(_CONTROL.sub("", url).strip())))
    except ValueError as err:
        raise NormalizeError(f"not a usable address: {url[:200]!r}") from err


def place_of(url: str) -> str:
    """Return what the addresses of one page have in common: `host/path?query`; "" for no address.

    Without scheme, the host's www., m. or amp., the marks of AMP and mobile twins and of AMP's
    caches, the name of an index file, and a slash at the end; the parameters in the order of their
    names, and letters in the one form of Unicode (NFC) however often they were escaped.
    """
    try:
        parts = urlsplit(_AMP_CACHE.sub("http://", canonical_url(url), count=1))
    except NormalizeError:
        return ""
    host = _TWIN_HOST.sub("", parts.netloc)
    path = _SLASHES.sub("/", _composed(parts.path))
    path = _TWIN_PATH.sub("", _INDEX.sub("/", path)).rstrip("/")
    query = [part for part in parts.query.split("&") if part and not _TWIN_QUERY.fullmatch(part)]
    return f"{host}{path or '/'}{'?' if query else ''}{'&'.join(sorted(query))}"


def _composed(path: str) -> str:
    """Return a path with the letters that its escapes write; as it is where they write none."""
    if "%" not in path:
        return path
    try:
        text = unquote(path, errors="strict")
        if _ESCAPED.search(text):
            text = unquote(text, errors="strict")
    except UnicodeDecodeError:
        return path
    return quote(normalize("NFC", text), safe="/:@!$&'()*+,;=~")


def file_url(url: str, base: str = "") -> str:
    """Return the absolute address of a file: canonical but for its query, kept to the letter.

    A file may be signed by its query, and what counts readers elsewhere counts downloads here.

    Raises:
        NormalizeError: *url* cannot be made an absolute http(s) address against *base*.
    """
    address, question, query = url.partition("#")[0].partition("?")
    try:
        query = quote(_CONTROL.sub("", query).strip(), safe=_ANY_QUERY_SIGN)
    except ValueError as err:  # half a character
        raise NormalizeError(f"not a usable address: {url[:200]!r}") from err
    return f"{canonical_url(address, base)}{question if query else ''}{query}"


def _absolute(base: str, url: str) -> str:
    # Joined, it would be taken apart and put together again: half of the time all this takes.
    return url if _COMPLETE.fullmatch(url) else urljoin(base, url)


@lru_cache(maxsize=ADDRESSES)
def _canonical(url: str) -> str:
    """Return an absolute address in its one form. Raises ValueError where it is none."""
    if simple := _SIMPLE.fullmatch(url):
        scheme, host, path, query = simple.groups("")
        port, fragment = None, ""
    else:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
        path = _SESSION_IN_PATH.sub("", _escaped(parts.path, _PATH_SIGNS))
        query, fragment = (
            _escaped(parts.query, _QUERY_SIGNS),
            _escaped(parts.fragment, _QUERY_SIGNS),
        )
    authority = _authority(scheme, host, port)
    if query := _lean(query) if query else "":
        query = f"?{query}"
    # "#!" addresses are routed by their fragment.
    fragment = f"#{fragment}" if fragment.startswith("!") else ""
    return f"{scheme}://{authority}{_without_dots(path)}{query}{fragment}"


def _slashes(url: str) -> str:
    if "\\" not in url:
        return url
    head = re.split(r"[?#]", url, maxsplit=1)[0]
    return head.replace("\\", "/") + url[len(head) :]


@lru_cache(maxsize=HOSTS)
def _authority(scheme: str, host: str, port: int | None) -> str:
    """Return host and port. Raises ValueError (UnicodeError is one) for what is none."""
    if scheme not in DEFAULT_PORTS:
        raise ValueError("only http and https addresses lead to articles")
    host = f"[{host}]" if ":" in host else host.removesuffix(".")
    host = host.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        raise ValueError("the host is missing or malformed")
    return host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"


def _escaped(text: str, signs: frozenset[int]) -> str:
    """Return *text* with every escape in its one form. Raises UnicodeEncodeError."""
    data = _ESCAPE.sub(_one_escape, text.encode("utf-8"))
    return "".join(chr(byte) if byte in signs else f"%{byte:02X}" for byte in data)


def _one_escape(found: re.Match[bytes]) -> bytes:
    if found[1] is None:
        return b"%25"
    byte = int(found[1], 16)
    return bytes((byte,)) if byte in _UNRESERVED else found[0].upper()


def _lean(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_noise(part))


def _is_noise(parameter: str) -> bool:
    # Some systems escape their links twice.
    name = parameter.partition("=")[0].lower().removeprefix("amp;")
    return (
        name in TRACKING_PARAMETERS
        or name in SESSION_PARAMETERS
        or name.startswith(TRACKING_PREFIXES + SESSION_PREFIXES)
    )


def _without_dots(path: str) -> str:
    """Return *path* without `.` and `..` segments (RFC 3986, section 5.2.4)."""
    if path.startswith("/") and "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def host_of(url: str) -> str:
    """Return the host that a URL names; "" if it names none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def without_credentials(url: str) -> str:
    """Return a URL as it may be shown: without name and password."""
    return _CREDENTIALS.sub("", url, count=1)
