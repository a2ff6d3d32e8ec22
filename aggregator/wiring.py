"""The one room that names concrete engines: constructors, the clock and the environment."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from aggregator.classify import Classifier
from aggregator.config import (
    KEY_PREFIX,
    Settings,
    doubts,
    key_variable,
    likelihood,
    read_glossary,
    read_pipelines,
    read_settings,
    read_sources,
    read_topics,
    signs_head,
    vectors_head,
)
from aggregator.embed import Embedder
from aggregator.embed.bundled import Bundled, fault
from aggregator.embed.http import Remote
from aggregator.embed.none import Nothing
from aggregator.errors import ConfigError, UsageError
from aggregator.fetch import Downloads, Fetcher, Guard, Limits, poster
from aggregator.flow import PIVOT, Lexicon, Progress, Run, Site
from aggregator.model import Concept, Pipeline, Source
from aggregator.model.topics import Topic
from aggregator.processes import Processes
from aggregator.store import Database
from aggregator.translate.engines import Engine
from aggregator.translate.engines.argos import ArgosEngine, prepare
from aggregator.translate.engines.chat import Chat, Glossary
from aggregator.translate.engines.libretranslate import LibreTranslate
from aggregator.translate.engines.none import NoEngine
from aggregator.translate.offers import Offer, Pair, read_offers

#: A feed of 50 kB takes some 10 ms, the slowest page of the corpora 0.5 s.
WORK_S = 30.0

#: What a worker may take beside the programs' own code. Its own data are 60 MB; a feed of 15 MB,
#: the most that is fetched, needs some 200 more.
WORK_BYTES = 280_000_000

#: Where Argos itself looks for packages, if `ARGOS_PACKAGE_INDEX` names no other place.
ARGOS_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main"

#: Twenty sentences are some 1,000 tokens, of which a small machine makes five a second.
CHAT_TIMEOUT_S = 300.0

#: More would only wait for the one process that stores.
MOST_WORKERS = 4


def clock() -> datetime:
    """Return the time in UTC: the program's only clock."""
    return datetime.now(UTC)  # noqa: TID251 - this is where it is


def settings() -> Settings:
    """Return the settings of this process' environment and directory.

    Raises:
        ConfigError: A variable's value cannot be used.
    """
    return read_settings(os.environ, Path.cwd())  # noqa: TID251 - handed to config, which reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home directory's configuration, its open database and its tools."""

    settings: Settings
    sources: Mapping[str, Source]
    pipelines: Sequence[Pipeline]
    glossary: Sequence[Concept]
    topics: Sequence[Topic]
    database: Database

    def choose(self, names: Sequence[str]) -> Sequence[Pipeline]:
        """Return the pipelines of these names, all if none is given.

        Raises:
            UsageError: There is no pipeline of that name.
        """
        known = {pipeline.name: pipeline for pipeline in self.pipelines}
        for name in names:
            if name not in known:
                raise UsageError(f"there is no pipeline {name!r}; there are: {', '.join(known)}")
        return [known[name] for name in names] if names else self.pipelines


def open_home(found: Settings) -> Home:
    """Read a home's configuration and open its database, brought up to date.

    Raises:
        ConfigError: A file is missing or wrong.
        StoreError: The database cannot be used.
    """
    closed = _read_home(found)
    closed.database.migrate()
    return closed


def _read_home(found: Settings) -> Home:
    """Read a home's configuration; its database is left as it is."""
    sources = read_sources(found.sources_file)
    # A home may have none; then no terms are found, and no topics told.
    glossary = read_glossary(found.glossary_file) if found.glossary_file.exists() else ()
    concepts = {concept.id for concept in glossary}
    topics = read_topics(found.topics_file, concepts) if found.topics_file.exists() else ()
    pipelines = read_pipelines(found.pipelines_dir, sources, {topic.id for topic in topics})
    return Home(
        settings=found,
        sources={source.id: source for source in sources},
        pipelines=pipelines,
        glossary=glossary,
        topics=topics,
        database=Database(found.database_url),
    )


def new_run(home: Home, names: Sequence[str], tell: Progress, *, early: bool = False) -> Run:
    """Return a run of the live web over some pipelines, ready to be completed.

    With `early` sources that are not due yet are read as well.

    Raises:
        UsageError: There is no pipeline of that name.
    """
    vectors = embedder(home.settings)
    lexicon = Lexicon.of(home.glossary)
    able = engines(home.settings, lexicon)
    return Run(
        id=0,
        now=clock(),
        sources=home.sources,
        pipelines=home.choose(names),
        database=home.database,
        fetcher=fetcher(home.settings, home.sources),
        workers=workers(),
        engines=able,
        embedder=vectors,
        classifier=classifier(home.topics, vectors),
        likelihood=likelihood(vectors.name, vectors.version),
        doubts=doubts(vectors.name, vectors.version),
        site=Site(
            output=home.settings.output,
            base_url=home.settings.base_url,
            contact=home.settings.contact,
            pipelines=home.pipelines,
            topics={topic.id: topic.name for topic in home.topics},
        ),
        tell=tell,
        lexicon=lexicon,
        budgets=budgets(home.settings, able),
        early=early,
    )


def fetcher(found: Settings, sources: Mapping[str, Source]) -> Fetcher:
    """Return what asks servers in our name, with the sources' keys."""
    return Fetcher(
        guard=Guard(), user_agent=user_agent(found), limits=Limits(), keys=_keys(found, sources)
    )


def _keys(found: Settings, sources: Mapping[str, Source]) -> dict[str, str]:
    names = {source_id: key_variable(source_id).removeprefix(KEY_PREFIX) for source_id in sources}
    return {source_id: found.keys[name] for source_id, name in names.items() if name in found.keys}


def workers() -> Processes:
    """Return what parses: a process a core, each input within a time and a memory."""
    cores = len(os.sched_getaffinity(0))
    return Processes(min(cores, MOST_WORKERS), WORK_S, WORK_BYTES)


def sample_run(home: Home, allowances: Mapping[str, str], now: datetime, tell: Progress) -> Run:
    """Return a run of the sample web: on loopback no host needs a gap between requests."""
    fetcher = Fetcher(
        guard=Guard(allowances=allowances),
        user_agent=user_agent(home.settings),
        limits=Limits(gap_s=0.0),
    )
    run = new_run(home, (), tell, early=True)
    return replace(
        run,
        now=now,
        fetcher=fetcher,
        # The demo shows the same wherever it runs.
        embedder=Nothing(),
        classifier=classifier(home.topics, Nothing()),
        likelihood=None,
        doubts=doubts(Nothing.name, Nothing.version),
    )


def embedder(found: Settings) -> Embedder:
    """Return what makes vectors: what the settings ask for, else the bundled engine if it works.

    Raises:
        ConfigError: the bundled engine is asked for, and cannot work here.
    """
    asked = found.embedding
    match asked.engine:
        case "none":
            return Nothing()
        case "http":
            post = poster(asked.key)
            return Remote(post, asked.url, model=asked.model, dimensions=asked.dimensions)
        case "any":
            return Nothing() if fault() else Bundled()
        case "bundled":
            if said := fault():
                remedy = "make embed in a checkout, else pip install 'aggregator[embed]'; or none"
                raise ConfigError(f"AGGREGATOR_EMBED: {said}", remedy=remedy)
            return Bundled()


def classifier(topics: Sequence[Topic], vectors: Embedder) -> Classifier:
    """Return what tells topics, with what was learned for the engine's vectors."""
    return Classifier(topics, signs_head(), vectors_head(vectors.name, vectors.version))


def engines(found: Settings, lexicon: Lexicon | None = None) -> tuple[Engine, ...]:
    """Return what translates, in the order of the settings.

    What can be told beforehand says what the lexicon prescribes.
    """
    told = lexicon or Lexicon.of(())
    return tuple(_engine(each, found, told) for each in found.translation.engines) or (NoEngine(),)


def _engine(name: str, found: Settings, lexicon: Lexicon) -> Engine:
    asked = found.translation
    if name == "argos":
        return ArgosEngine(_prepared(found), beam=asked.beam)
    if name == "chat":
        ask = poster(asked.chat.key, CHAT_TIMEOUT_S)
        return Chat(ask, asked.chat.url, asked.chat.model, _prescribed(lexicon))
    return LibreTranslate(poster(), name, asked.key)


def _prescribed(lexicon: Lexicon) -> Glossary:
    """Return what tells the terms that stand in a text, and how they are to be said."""
    wordings = cache(lexicon.wordings)

    def terms(text: str, source: str, target: str) -> Sequence[tuple[str, str]]:
        found = wordings(target).prescribed(text, source)
        return [(text[each.start : each.end], each.wanted) for each in found]

    return terms


def budgets(found: Settings, able: Sequence[Engine]) -> Mapping[str, int]:
    """Return how many characters a day each engine may be given: Argos costs nothing."""
    budget = found.translation.budget
    return {each.name: budget for each in able if budget and each.name != ArgosEngine.name}


def models_folder() -> Path:
    """Return where models are installed, with everything ready for Argos to be imported.

    Raises:
        ConfigError: A variable's value cannot be used.
    """
    return _prepared(settings())


def offers() -> Mapping[Pair, Offer]:
    """Return what the index of translation packages offers, by pair.

    Raises:
        EngineDownError: The index cannot be had, or is none.
    """
    found = settings()
    index = found.translation.models_index or ARGOS_INDEX.rstrip("/")
    return read_offers(downloads(found), f"{index}/index.json")


def downloads(found: Settings) -> Downloads:
    """Return what brings translation packages."""
    return Downloads(user_agent(found))


def wanted_pairs(found: Settings) -> frozenset[Pair]:
    """Return the pairs in which the home's enabled sources are to be translated, through English.

    A home without configuration wants none; neither its database nor its engine is opened.

    Raises:
        ConfigError: A file is wrong.
    """
    if not (found.sources_file.exists() and found.pipelines_dir.is_dir()):
        return frozenset()
    home = _read_home(found)
    targets = {each for pipeline in home.pipelines for each in pipeline.targets} - {"original"}
    languages = {source.language for source in home.sources.values() if source.enabled}
    ends = ((one, other) for one in languages for other in targets if one != other)
    return frozenset(step for one, other in ends for step in steps(one, other))


def steps(source: str, target: str) -> tuple[Pair, ...]:
    """Return what models are needed for: Argos' index has none that pass English by."""
    if PIVOT in (source, target):
        return ((source, target),)
    return (source, PIVOT), (PIVOT, target)


def _prepared(found: Settings) -> Path:
    prepare(found.models, os.environ)  # noqa: TID251 - libraries read their own variables
    return found.models


def user_agent(found: Settings) -> str:
    """Return who we are, as every server that is asked sees it."""
    return f"aggregator/{metadata.version('aggregator')} (+{found.base_url}; {found.contact})"
