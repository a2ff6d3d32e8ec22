"""Translation models on disk: Argos packages, by language pair."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aggregator.errors import EngineDownError, UsageError
from aggregator.translate.inference import load
from aggregator.translate.offers import Downloads, Offer, Tell, fetch, tidy
from aggregator.translate.packages import (
    MAX_METADATA,
    read_metadata,
    require_installer,
    stem,
    unpack,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One installed translation model."""

    source: str  #: our language code
    target: str
    version: str
    path: Path
    numbers: tuple[int, ...]  #: the version, to compare
    stamp: int  #: when it was put there, in nanoseconds: tells re-installed ones apart

    @property
    def size(self) -> int:
        """The bytes it takes on the disk."""
        return sum(each.stat().st_size for each in self.path.rglob("*") if each.is_file())


def packages_folder(models: Path) -> Path:
    """Return the folder that holds the unpacked packages, where Argos itself looks for them."""
    return models / "argos-translate" / "packages"


def installed(models: Path) -> list[Model]:
    """Return the installed models, one per pair, sorted by pair; of several the newest version.

    Needs nothing of the extra. A folder that is no whole package is passed over, where Argos'
    own listing would fail for all.
    """
    newest = {
        (each.source, each.target): each
        for each in sorted(_all(models), key=lambda each: (each.numbers, each.stamp))
    }
    return [newest[pair] for pair in sorted(newest)]


def install_file(path: Path, models: Path) -> Model:
    """Install a package file (.argosmodel) in place of the pair's present model; return it.

    The package is unpacked and loaded once beside the others and only then moved among them:
    whatever goes wrong, what was installed stays installed.

    Raises:
        UsageError: the file is not a translation package; says why.
        EngineDownError: the extra is not installed, the model does not load, or the directory
            cannot be written.
    """
    with _staging(models) as folder:
        return _install(path, models, folder)


def install_offer(offer: Offer, models: Path, downloads: Downloads, tell: Tell) -> Model:
    """Download a package that the index offers and install it; return the model.

    A download that was cut short goes on where it ended, in this process or in a later one. A file
    that cannot be installed is thrown away.

    Raises:
        EngineDownError: the file cannot be had or is none, and whatever `install_file` raises it
            for.
    """
    require_installer()  # before hundreds of megabytes come
    folder = packages_folder(models).parent / "downloads"
    with _writing(models):
        folder.mkdir(parents=True, exist_ok=True)
    file = fetch(offer, folder, downloads, tell)
    try:
        return install_file(file, models)
    finally:
        tidy(offer, folder)


def remove(source: str, target: str, models: Path) -> None:
    """Remove the model of a pair.

    Raises:
        UsageError: none is installed.
        EngineDownError: the directory cannot be written.
    """
    with _staging(models) as folder:
        if not _take_away(source, target, models, folder, but=None):
            raise UsageError(f"no translation model for {source} -> {target} is installed")


def _all(models: Path) -> list[Model]:
    folder = packages_folder(models)
    found = [_read(each) for each in folder.iterdir()] if folder.is_dir() else []
    return [each for each in found if each is not None]


def _read(folder: Path) -> Model | None:
    file = folder / "metadata.json"
    try:
        with file.open(encoding="utf-8") as opened:
            said = read_metadata(opened.read(MAX_METADATA))
        stamp = file.stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    return Model(
        source=said.source,
        target=said.target,
        version=said.version,
        path=folder,
        numbers=said.numbers,
        stamp=stamp,
    )


def _install(path: Path, models: Path, folder: Path) -> Model:
    unpacked = folder / "unpacked"
    unpacked.mkdir()
    package = unpack(path, unpacked)
    load(package, workers=1)
    fresh = _read(package)
    if fresh is None:
        raise UsageError(f"{path} has no metadata.json that can be read")
    with _writing(models):
        place = _free_place(fresh, models)
        package.rename(place)
    # Only now: between the two there are two models, of which the newer is used, never none.
    _take_away(fresh.source, fresh.target, models, folder, but=place)
    return next(each for each in _all(models) if each.path == place)


def _free_place(model: Model, models: Path) -> Path:
    """Return where a package may go: a folder named as Argos names them, that is not there yet."""
    first = stem(model.source, model.target, model.version)
    taken = {each.name for each in packages_folder(models).iterdir()}
    names = [first, *(f"{first}-{count}" for count in range(len(taken) + 1))]
    return packages_folder(models) / next(each for each in names if each not in taken)


def _take_away(
    source: str, target: str, models: Path, trash: Path, *, but: Path | None
) -> list[Model]:
    """Move a pair's packages to *trash* whole, and return them."""
    gone = [
        each
        for each in _all(models)
        if (each.source, each.target) == (source, target) and each.path != but
    ]
    with _writing(models):
        for each in gone:
            each.path.rename(trash / each.path.name)
    return gone


@contextmanager
def _staging(models: Path) -> Iterator[Path]:
    """Give an empty folder on the packages' disk that is gone afterwards, with all in it."""
    parent = packages_folder(models).parent
    with _writing(models):
        packages_folder(models).mkdir(parents=True, exist_ok=True)
        for left in parent.glob("staging-*"):  # by a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix="staging-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _writing(models: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        raise EngineDownError(f"{models} cannot be written: {err.strerror or err}") from err
