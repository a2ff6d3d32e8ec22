"""The error tree: everything this program raises on purpose, and nothing else.

    AggregatorError
      + ConfigError            the operator's file is wrong; nothing runs; exit code 2
      + UsageError             the command cannot be carried out as given; exit code 2
      + StageError             one source, page or sentence failed; it is recorded, the run goes on
        + FetchError
          - TimedOutError
          - TooLargeError
          - RefusedError       the server said no: status, and when to come back
          - DisallowedError    the site's robots.txt said no
          - ForbiddenAddressError
          - KeyMissingError
        + ParseError
        + NormalizeError
        + OverrunError         what another process was to do took too long or too much
        + EmbedError           no vectors: the engine is missing, or does not answer
        + TranslateError
          - EngineDownError
          - BadTranslationError
          - BudgetError        the engine was asked for as much as a day allows
        + PublishError
      + StoreError             the run stops
        - SchemaError          the database is newer than this program, or half migrated

A class' docstring is its default message.
Foreign errors never leave the room that met them: it raises one of these `from` them.
"""

from typing import ClassVar


class AggregatorError(Exception):
    """Something this program foresaw went wrong."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


class ConfigError(AggregatorError):
    """A configuration file is wrong."""

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        remedy: str | None = None,
    ) -> None:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{message}" + (f"\n  {remedy}" if remedy else ""))
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy


class UsageError(AggregatorError):
    """The command cannot be carried out as given."""

    exit_code = 2


class StageError(AggregatorError):
    """One source, page or sentence failed; the run goes on."""

    stage: ClassVar[str] = "stage"


class FetchError(StageError):
    """The address could not be fetched."""

    stage = "fetch"

    def __init__(
        self,
        message: str | None = None,
        *,
        url: str = "",
        status: int = 0,
        retry_after: str | None = None,
    ) -> None:
        super().__init__(message)
        self.url = url
        self.status = status
        self.retry_after = retry_after


class TimedOutError(FetchError):
    """The server did not finish within the deadline."""


class TooLargeError(FetchError):
    """The answer is larger than allowed."""


class RefusedError(FetchError):
    """The server refused the request."""


class DisallowedError(FetchError):
    """The site's robots.txt asks not to fetch the address."""


class ForbiddenAddressError(FetchError):
    """The address is not one that may be fetched: only public http and https hosts are."""


class KeyMissingError(FetchError):
    """The address needs a key that is not there."""


class StatusError(OSError):
    """A server of the operator's answered with another status than 200."""

    def __init__(self, status: int, reason: str, body: bytes) -> None:
        super().__init__(f"{status} {reason}".strip())
        self.status = status
        self.body = body  #: its beginning


class ParseError(StageError):
    """The document is not what its source's format says."""

    stage = "parse"


class NormalizeError(StageError):
    """The item lacks what an article needs."""

    stage = "normalize"


class OverrunError(StageError):
    """The work took longer or more memory than allowed."""


class EmbedError(StageError):
    """There are no vectors."""

    stage = "embed"


class TranslateError(StageError):
    """The text could not be translated."""

    stage = "translate"


class EngineDownError(TranslateError):
    """The translation engine does not answer."""


class BadTranslationError(TranslateError):
    """The translation engine gave no usable answer."""


class BudgetError(TranslateError):
    """The translation engine was asked for as much as a day allows."""


class PublishError(StageError):
    """The output could not be written; the previous output is untouched."""

    stage = "publish"


class StoreError(AggregatorError):
    """The database could not be used."""


class SchemaError(StoreError):
    """The database was made by a newer version of this program."""
