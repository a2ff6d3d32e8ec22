"""The form of `api` in an entry of sources.yaml: where the records of an answer stand."""

import re
import warnings
from typing import Annotated, Self

import jmespath
from pydantic import AfterValidator, Field, model_validator

from aggregator.config.fields import Form, Text, shown, suggestion, wrong

#: What a field of a record is read as: an item's own fields, then the details that pages, feeds
#: and reference lists show.
_FIELDS = (
    *("id", "title", "link", "summary", "body", "published", "updated", "authors", "categories"),
    *("language", "attachment", "starts", "ends", "place", "status", "organizer", "doi", "isbn"),
    *("issn", "journal", "volume", "issue", "pages", "publisher", "type", "rights", "relation"),
    "source",
)

#: How like a field another name must be to be a slip of the pen: "titel" is .80 and "publshed" .94,
#: "subtitle" (.77) and "publication" (.70) are names of their own. So is "eissn" (.89 of "issn"):
#: a slip hardly ever hits the first letter.
_MISSPELLED = 0.8

_PATH_IN_BRACES = re.compile(r"\{([^{}]+)\}")


def _step(value: int) -> int:
    if value < 1:
        raise wrong(f"{shown(value)} leads nowhere", "write 1 for pages, 50 for records by 50")
    return value


Step = Annotated[int, AfterValidator(_step), Field(json_schema_extra={"minimum": 1})]


class ApiForm(Form):
    """Where the records stand in the answer of a JSON or XML API."""

    records: Text = Field(description="path to the list of records: JMESPath, or ElementPath")
    fields: dict[str, Text] = Field(
        description="path inside a record by the item's field: title, link, published, summary …; "
        'a text with {path} in it is a template: "https://eric.ed.gov/?id={id}"; other names than '
        "an item's (doi, journal …) become details",
        json_schema_extra={"required": ["title"]},
    )
    next: Text | None = Field(None, description="path to the address of the next page")
    parameter: Text | None = Field(
        None, description="else: query parameter that counts pages or records"
    )
    step: Step = Field(1, description="by which the parameter grows")

    @model_validator(mode="after")
    def _spells_its_fields(self) -> Self:
        for name in self.fields:
            alike = [field for field in _FIELDS if field[0] == name[:1]]
            hint = suggestion(name, alike, cutoff=_MISSPELLED)
            if hint and name not in _FIELDS:
                known = f"known fields: {', '.join(_FIELDS)}; any other name becomes a detail"
                raise wrong("is not a known field", hint + known, key=f"fields.{name}")
        return self

    @model_validator(mode="after")
    def _gives_titles(self) -> Self:
        if "title" not in self.fields:
            remedy = f"add `title: …`, the path to it; known fields: {', '.join(_FIELDS)}"
            raise wrong("has no title", remedy, key="fields")
        return self

    @model_validator(mode="after")
    def _pages_in_one_way(self) -> Self:
        if self.next is not None and self.parameter is not None:
            remedy = "remove it: pages are found by `next`, or remove `next`"
            raise wrong("is given beside `next`", remedy, key="parameter")
        if self.parameter is None and "step" in self.model_fields_set:
            remedy = "add `parameter: …`, the query parameter that grows by it"
            raise wrong("is given without `parameter`", remedy, key="step")
        return self

    def check_jmespath(self) -> None:
        """Raise what is wrong with the first path that is not JMESPath."""
        _check_path("records", self.records)
        for name, path in self.fields.items():
            for part in path.split(" | ") if "{" in path else (path,):
                for each in _PATH_IN_BRACES.findall(part) or (part,):
                    _check_path(f"fields.{name}", each)
        if self.next is not None:
            _check_path("next", self.next)


def _check_path(where: str, path: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `word` for 'word' is old, and works
            jmespath.compile(path)
    except jmespath.exceptions.JMESPathError as err:
        said = str(err).split("\n", 1)[0].rstrip(".:")
        raise wrong(
            f"{shown(path)} is not JMESPath ({said})",
            'write a path like response.docs; a name with other signs in double quotes: "@id"',
            key=f"api.{where}",
        ) from err
