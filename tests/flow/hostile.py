"""Documents that were made to break a reader: each a name and the bytes it is served as."""

import gzip
import json

_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_CHANNEL = "<title>T</title><link>http://x.example/</link><description>D</description>"


def rss(items: str, *, prolog: str = _HEAD) -> bytes:
    return f'{prolog}<rss version="2.0"><channel>{_CHANNEL}{items}</channel></rss>'.encode()


def item(number: int, title: str = "公開研究会", guid: str | None = None) -> str:
    link = f"http://x.example/{number}"
    return (
        f"<item><title>{title} {number}</title><link>{link}</link>"
        f"<guid>{guid or link}</guid><description>学びを語り合った。</description></item>"
    )


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return rss("<item><title>&l9;</title></item>", prolog=f"{_HEAD}<!DOCTYPE rss [{entities}]>")


def _external(address: str) -> bytes:
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{address}">]>'
    return rss("<item><title>&x;</title></item>", prolog=_HEAD + doctype)


def documents(canary: str) -> dict[str, bytes]:
    """Return the documents by name; `canary` is an address that nothing may reach."""
    good = item(0)
    return {
        "billion-laughs": _laughs(),
        "quadratic": rss(
            f"<item><title>{'&a;' * 50_000}</title></item>",
            prolog=f'{_HEAD}<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
        ),
        "external-file": _external("file:///etc/passwd"),
        "external-http": _external(canary),
        "external-dtd": rss(good, prolog=f'{_HEAD}<!DOCTYPE rss SYSTEM "{canary}">'),
        "parameter-entity": rss(
            good, prolog=f'{_HEAD}<!DOCTYPE rss [<!ENTITY % p SYSTEM "{canary}"> %p;]>'
        ),
        "stylesheet": rss(good, prolog=f'{_HEAD}<?xml-stylesheet href="{canary}"?>'),
        "xinclude": rss(f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{canary}"/>'),
        "surrogate-reference": rss(item(1, "&#xD800;") + good),
        "beyond-unicode": rss(item(1, "&#x110000;") + good),
        "null-reference": rss(item(1, "&#0;") + good),
        "control-characters": rss(item(1, "a\x00b\x08c\x1bd") + good),
        "endless-reference": rss(item(1, "&#" + "9" * 100_000 + ";") + good),
        "long-title": rss(item(1, "学" * 1_000_000) + good),
        "long-author": rss(good.replace("</item>", f"<author>{'a' * 1_000_000}</author></item>")),
        "hundred-thousand-items": rss(
            "".join(
                f"<item><guid>{n}-a</guid><title>研究会 {n}</title></item>" for n in range(100_000)
            )
        ),
        "no-guid-no-link": rss("<item><title>公開研究会</title></item>" * 100),
        "one-guid-for-all": rss("".join(item(n, guid="same") for n in range(10))),
        "positional-guids": rss("".join(item(n, guid=str(n)) for n in range(10))),
        "deep": rss("<item><description>" + "<div>" * 200_000 + "</description></item>"),
        "deep-escaped": rss(
            "<item><title>x</title><link>http://x.example/d</link><description>"
            + "&lt;div&gt;" * 200_000
            + "</description></item>"
        ),
        "many-attributes": rss(
            "<item " + " ".join(f"a{n}='1'" for n in range(100_000)) + "><title>x</title></item>"
        ),
        "many-namespaces": rss(
            "<item "
            + " ".join(f'xmlns:n{n}="http://n{n}.example/"' for n in range(20_000))
            + "><title>x</title></item>"
        ),
        "unclosed": (_HEAD + "<rss><channel>" + "<item><title>" * 100_000).encode(),
        "truncated": rss(good + item(1))[:-90],
        "html": b"<!doctype html><title>Login</title><p>Please log in.",
        "json": json.dumps({"error": "no"}).encode(),
        "blank": b" \n" * 100_000,
        "nulls": b"\0" * 1_000_000,
        "random": bytes(range(256)) * 4_000,
        "utf-16-garbage": b"\xff\xfe" + b"\xd8\x00" * 100_000,
        "gzip-inside": gzip.compress(rss(good)),
        "angle-brackets": b"<" * 2_000_000,
        "ampersands": rss(item(1, "&" * 500_000) + good),
        "comment-without-end": rss("<!--" + "-" * 1_000_000),
        "cdata-without-end": rss("<item><title><![CDATA[" + "x" * 1_000_000),
        "doctype-without-end": (_HEAD + "<!DOCTYPE rss [" + "<!ENTITY " * 100_000).encode(),
        "bidi": rss(item(1, "\u202egnp.exe\u202c") + good),
        "script": rss(
            item(1, "&lt;script&gt;alert(1)&lt;/script&gt;＜script＞alert(1)＜/script＞") + good
        ),
        "path-in-guid": rss(item(1, guid="../../../../etc/passwd") + good),
        "newlines-in-title": rss(item(1, "a\r\nBcc: x@example.org") + good),
        "future": rss(good.replace("</item>", "<pubDate>1 Jan 2999 00:00:00 GMT</pubDate></item>")),
    }
