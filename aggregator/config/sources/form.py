"""The form of one entry in sources.yaml: its keys, what each may hold, and which go together."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import soupsieve
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from aggregator.config.fields import (
    UNIQUE,
    Charset,
    CountryCode,
    Form,
    Language,
    Slug,
    Text,
    Url,
    Zone,
    placeholders,
    shown,
    web_address,
    wrong,
)
from aggregator.config.settings import key_variable
from aggregator.config.sources.api_form import ApiForm
from aggregator.model import Format, Kind

#: Stands in a source's address, in braces, for a secret of the environment: see `key_variable`.
_KEY = "key"

#: Keys of an entry that only some formats have.
_ONLY_FOR: Mapping[str, tuple[Format, ...]] = {
    "select": ("html-list",),
    "oai": ("oai-pmh",),
    "api": ("json-api", "xml-api"),
    "match": ("sitemap",),
}

#: Those of them that an enabled source of these formats must have, and what to write.
_NEEDED: Mapping[str, str] = {
    "select": 'add `select: {item: "ul.news > li"}`: html-list needs selectors',
    "api": "add `api: {records: items, fields: {title: title, link: url}}`: "
    "an API's answer needs paths to what it says",
}

#: Further pages of a list that are read when everything on the first is new. A hundred pages of
#: ten rows are the backlog of some years; more would keep one host busy for the whole run.
_MOST_PAGES = 100

_PART_IN_BRACES = re.compile(r"\{[^{}]+\}")
_ADDRESS_PART = re.compile(r"[1-9]|[a-zA-Z_][a-zA-Z0-9_.:-]*")
_OAI_NAME = re.compile(r"[A-Za-z0-9_.!~*'()-]+")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _selector(value: str) -> str:
    try:
        soupsieve.compile(value)
    # Pseudo-elements and at-rules are valid CSS that soupsieve says it does not implement.
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as err:
        said = str(err).split("\n", 1)[0].rstrip(".")
        raise wrong(
            f"`{value}` is not a CSS selector ({said})",
            'write one that Beautiful Soup knows, in quotes: "ul.news > li"',
        ) from err
    return value


def _expression(value: str) -> str:
    if not value.strip():
        remedy = "write a regular expression in single quotes: '/news/[0-9]+', or remove the key"
        raise wrong("is empty", remedy)
    try:
        re.compile(value)
    except (re.error, OverflowError) as err:
        raise wrong(
            f"{shown(value)} is not a regular expression ({err})",
            "write one that Python knows, in single quotes: '/news/[0-9]+'",
        ) from err
    return value


def _address_template(value: str) -> str:
    names = placeholders(value)
    for name in names:
        if not _ADDRESS_PART.fullmatch(name):
            remedy = "write {1}, {2} … for the call's arguments, {data-id} for an attribute"
            raise wrong(f"{{{name}}} stands for nothing", remedy)
    if not names:
        remedy = 'write where they go: "/view.do?id={1}"; a link with an address needs no `address`'
        raise wrong(f"{shown(value)} has no {{1}} and no {{attribute}}", remedy)
    rest = _PART_IN_BRACES.sub("0", value)
    if said := web_address(rest if "://" in rest else f"http://host/{rest.lstrip('/')}"):
        raise wrong(f"{shown(value)} {said}", 'write an address: "/view.do?id={1}"')
    return value


def _day(value: str) -> str:
    try:
        if not _ISO_DAY.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(value)
    except ValueError as err:
        raise wrong(f"{shown(value)} is not a day", "write YYYY-MM-DD: 2024-01-01") from err
    return value


def _oai_name(value: str) -> str:
    if not _OAI_NAME.fullmatch(value):
        raise wrong(f"{shown(value)} is no prefix of OAI-PMH", "write one like oai_dc")
    return value


def _page_count(value: int) -> int:
    if not 1 <= value <= _MOST_PAGES:
        raise wrong(f"{shown(value)} is too few or too many", f"write 1 to {_MOST_PAGES}")
    return value


Selector = Annotated[str, AfterValidator(_selector), Field(json_schema_extra={"minLength": 1})]
Expression = Annotated[str, AfterValidator(_expression), Field(json_schema_extra={"minLength": 1})]
AddressTemplate = Annotated[
    str, AfterValidator(_address_template), Field(json_schema_extra={"pattern": r"\{[^{}]+\}"})
]
Day = Annotated[
    str, AfterValidator(_day), Field(json_schema_extra={"pattern": f"^{_ISO_DAY.pattern}$"})
]
OaiName = Annotated[
    str, AfterValidator(_oai_name), Field(json_schema_extra={"pattern": f"^{_OAI_NAME.pattern}$"})
]
PageCount = Annotated[
    int,
    AfterValidator(_page_count),
    Field(json_schema_extra={"minimum": 1, "maximum": _MOST_PAGES}),
]


Phrases = Annotated[list[Text], *UNIQUE]


class PageForm(Form):
    """What is looked for on an article's own page; it wins over what the list says.

    What no selector is given for is found by what pages tell machines and by what looks like a
    text, so that `page: {}` is enough for most sites; an attachment is found by a selector only.
    """

    title: Selector | None = Field(None, description="selector of the headline")
    date: Selector | None = Field(None, description="selector of the date")
    summary: Selector | None = Field(None, description="selector of the lead paragraph")
    body: Selector | None = Field(None, description="selector of the text")
    author: Selector | None = Field(None, description="selector of the author's name")
    attachment: Selector | None = Field(None, description="selector of links to files")
    remove: Selector | None = Field(
        None, description="selector of what is no part of the article: share bars, related links"
    )


class SelectForm(Form):
    """Where the articles stand on an HTML page that lists them.

    `item` finds the rows, and the others look inside one row. `item` may find the links
    themselves, for a page whose rows nobody has seen yet (`a[href*="/news/"]`): an item that is
    an <a> is its own link, and its text is the title unless `title` says otherwise.
    """

    item: Selector = Field(description="selector of one row of the list, or of the link itself")
    link: Selector = Field("a[href]", description="selector of the link in a row")
    address: AddressTemplate | None = Field(
        None,
        description="for links that a script follows: the article's address, with {1}, {2} … for "
        "the arguments of the call in onclick or href, {data-id} for an attribute of the link",
    )
    title: Selector | None = Field(None, description="selector of the title; without: the link")
    date: Selector | None = Field(None, description="selector of the date in a row")
    summary: Selector | None = Field(None, description="selector of the summary in a row")
    next: Selector | None = Field(None, description="selector of the link to the list's next page")


class OaiForm(Form):
    """What is harvested of an OAI-PMH repository."""

    prefix: OaiName = Field("oai_dc", description="metadataPrefix; every repository has oai_dc")
    set: Text | None = Field(None, description="only this set (setSpec)")
    since: Day | None = Field(None, description="YYYY-MM-DD: no older records are asked for")


def _schema_rules() -> list[dict[str, Any]]:
    """Return what the validators below ask for in the schema's words, so that editors show it."""
    disabled = {"properties": {"enabled": {"const": False}}, "required": ["enabled"]}
    rules: list[dict[str, Any]] = [
        {
            "if": disabled,
            "then": {"required": ["reason"]},
            "else": {"not": {"required": ["reason"]}},
        }
    ]
    for key, formats in _ONLY_FOR.items():
        of_these = {"properties": {"format": {"enum": list(formats)}}, "required": ["format"]}
        rules.append({"if": of_these, "else": {"not": {"required": [key]}}})
        if key in _NEEDED:
            needed = {"anyOf": [disabled, {"required": [key]}]}
            rules.append({"if": of_these, "then": needed})
    return rules


class SourceForm(Form):
    """One site that is read."""

    model_config = ConfigDict(json_schema_extra={"allOf": _schema_rules()})  # type: ignore[dict-item]

    id: Slug = Field(description="country code and short name; never changed, entries build on it")
    name: Text = Field(description="as the site calls itself")
    name_en: Text = Field(description="English, with a word on what it is")
    country: CountryCode = Field(description="country code, `int` for the network itself")
    language: Language = Field(description="what it writes in")
    homepage: Url = Field(description="where its readers go")
    url: Url = Field(
        description="what is fetched: the feed, the list page, the API's address; {key} in it "
        "stands for the value of AGGREGATOR_KEY_…"
    )
    format: Format = Field(description="in which form it tells of its articles")
    kinds: Annotated[list[Kind], *UNIQUE] = Field(
        description="what it publishes; the first is the kind of an item that says nothing itself"
    )
    timezone: Zone | None = Field(
        None, description="IANA name for dates without a zone; without: the country's"
    )
    charset: Charset | None = Field(
        None, description="overrides what the server and the document say"
    )
    select: SelectForm | None = Field(None, description="for html-list: where the articles stand")
    oai: OaiForm | None = Field(None, description="for oai-pmh: what is harvested")
    api: ApiForm | None = Field(None, description="for json-api, xml-api: where the records stand")
    match: Expression | None = Field(
        None, description="for sitemap: a regular expression that articles' addresses fit"
    )
    page: PageForm | None = Field(
        None, description="read each article's page as well; {}: find everything there by itself"
    )
    pages: PageCount = Field(
        5, description="most further pages of a list that are read when all on the first is new"
    )
    referer: Url | None = Field(
        None, description="for servers that answer only to visitors from this address"
    )
    remove: Phrases | None = Field(
        None, description="phrases that the site puts around its titles and texts, as it does"
    )
    keep: Phrases | None = Field(
        None,
        description="lines that are taken for such phrases by mistake, as the site writes them",
    )
    enabled: bool = Field(default=True, description="false: listed, but not read")
    reason: Text | None = Field(None, description="why it is not enabled")

    @model_validator(mode="after")
    def _says_why_it_is_disabled(self) -> Self:
        if not self.enabled and self.reason is None:
            raise wrong("is missing", "say why: `reason: …`", key="reason")
        if self.enabled and self.reason is not None:
            remedy = "add `enabled: false`, or remove the reason"
            raise wrong("is given for a source that is enabled", remedy, key="reason")
        return self

    @model_validator(mode="after")
    def _has_an_address_to_ask(self) -> Self:
        if placeholders(self.homepage):
            raise wrong("has a placeholder in braces", "write the real address", key="homepage")
        others = [name for name in placeholders(self.url) if name != _KEY]
        if self.enabled and others:
            raise wrong("has a placeholder in braces", self._instead_of(others[0]), key="url")
        return self

    def _instead_of(self, name: str) -> str:
        if name.lower() == _KEY:
            return "write {key}, in lower case"
        variable = key_variable(self.id)
        known = f"{{{name}}} stands for nothing: only {{key}} does, for the value of {variable}"
        real = "write the real address, or add `enabled: false` and a reason"
        return f"{known}; else {real}" if name else real

    @model_validator(mode="after")
    def _keeps_its_key_in_path_and_query(self) -> Self:
        remedy = "a key may stand only in the path or the query: https://api.example.org/?key={key}"
        parts = urlsplit(self.url)
        if f"{{{_KEY}}}" in f"{parts.netloc}{parts.fragment}".lower():
            raise wrong("has {key} where it would not stay secret", remedy, key="url")
        if self.referer and placeholders(self.referer):
            raise wrong(
                "has a placeholder in braces", f"write the real one; {remedy}", key="referer"
            )
        return self

    @model_validator(mode="after")
    def _has_what_its_format_needs(self) -> Self:
        for key, formats in _ONLY_FOR.items():
            given = getattr(self, key) is not None
            if given and self.format not in formats:
                remedy = f"remove it, or write `format: {formats[0]}`"
                said = f"is only for {' and '.join(formats)}, not for {self.format}"
                raise wrong(said, remedy, key=key)
            if not given and self.enabled and key in _NEEDED and self.format in formats:
                raise wrong("is missing", _NEEDED[key], key=key)
        return self

    @model_validator(mode="after")
    def _has_paths_of_its_format(self) -> Self:
        if self.format == "json-api" and self.api is not None:
            self.api.check_jmespath()
        return self

    @model_validator(mode="after")
    def _counts_pages_in_its_address(self) -> Self:
        name = self.api.parameter if self.api else None
        if name and not re.search(rf"[?&]{re.escape(name)}=[0-9]+(?:[&#]|$)", self.url):
            remedy = f"write the address of the first page, with its number: …?{name}=1"
            raise wrong(f"has no `{name}=` with a number to count up", remedy, key="url")
        return self

    @model_validator(mode="after")
    def _says_what_page_it_means(self) -> Self:
        if "page" in self.model_fields_set and self.page is None:
            remedy = "write `page: {}` to read articles' pages, or remove the key"
            raise wrong("is empty", remedy, key="page")
        return self


#: The form of one whole file.
SourcesForm = list[SourceForm]
