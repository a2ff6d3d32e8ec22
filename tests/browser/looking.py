"""Pages opened in Chromium, with an eye on all that they do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Dialog, Page, Request

from tests.browser.chromium import chromium

#: Where the site says it is; its page for missing pages, shown at any depth, names it in full.
BASE = "http://news.example/"

#: Pages that are opened at a time: alone, each takes three times as long.
BESIDE = 40

#: Yields each page's address and shapes: its elements, their attributes, and where these lead.
_LOOK = """async paths => {
  const pointing = new Set(["href", "src", "action", "formaction", "data", "poster", "srcset",
                            "xlink:href", "ping", "background", "cite", "style", "rel",
                            "http-equiv", "srcdoc"]);
  const where = (element, name) => {
    const value = element.getAttribute(name);
    if (["style", "rel", "http-equiv", "srcdoc"].includes(name)) return value;
    try { return new URL(value, element.ownerDocument.baseURI).protocol; }
    catch { return "broken"; }
  };
  const shapes = (root, found) => {
    for (const element of root.querySelectorAll("*")) {
      found.add(element.localName);
      for (const name of element.getAttributeNames()) {
        const led = pointing.has(name) ? ` ${where(element, name)}` : "";
        found.add(`${element.localName} ${name}${led}`);
      }
      if (element.localName === "template") shapes(element.content, found);
      if (element.shadowRoot) shapes(element.shadowRoot, found);
    }
    return found;
  };
  const look = async path => {
    const frame = document.createElement("iframe");
    const loaded = new Promise(resolve => frame.addEventListener("load", resolve));
    frame.src = path;
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument;
    if (page === null) return [path, "left", [], ""];
    const seen = [...shapes(page, new Set())];
    const heading = page.querySelector("h1")?.textContent ?? "";
    const at = page.location.href;
    frame.remove();
    return [path, at, seen, heading];
  };
  return await Promise.all(paths.map(look));
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a page is made of once it has been opened."""

    shapes: frozenset[str]
    heading: str


@dataclass
class Eye:
    """Opens pages of one host and notes what they did that they must not."""

    page: Page
    site: str
    ran: list[str] = field(default_factory=list)  #: dialogs, errors of scripts
    asked: list[str] = field(default_factory=list)  #: requests to any other host, by kind
    left: list[str] = field(default_factory=list)  #: pages that led elsewhere, or opened another

    def watch(self) -> None:
        """Begin to note."""
        context = self.page.context
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.ran.append(str(error.error)))
        context.on("request", self._request)
        context.on("page", lambda other: self.left.append(f"opened {other.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.ran.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, BASE)):
            self.asked.append(f"{request.resource_type}: {request.url}")

    def look(self, paths: Sequence[str]) -> dict[str, Look]:
        """Open pages, some at a time beside each other; return them by path."""
        self.page.goto(f"{self.site}empty.html")
        found: dict[str, Look] = {}
        for start in range(0, len(paths), BESIDE):
            rows = self.page.evaluate(_LOOK, list(paths[start : start + BESIDE]))
            for path, at, shapes, heading in rows:
                if at != f"{self.site}{path}":
                    self.left.append(f"{path} -> {at}")
                found[path] = Look(shapes=frozenset(shapes), heading=heading)
        return found


@contextmanager
def opened(site: str) -> Iterator[Eye]:
    """Yield an eye on a site; no policy of the pages' own hides what they would do without."""
    with chromium() as browser:
        context = browser.new_context(bypass_csp=True)
        context.set_default_timeout(120_000)
        eye = Eye(page=context.new_page(), site=site)
        eye.watch()
        yield eye
