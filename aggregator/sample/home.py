"""The demo's home directory: its own sources, database and output, beside the real ones."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from aggregator.config import Settings, read_settings, write_defaults

_HERE = Path(__file__).parent

#: The sites' files, a folder a host.
SITES = _HERE / "sites"

#: Human English of most of the sites' sentences.
TMX = _HERE / "memory.tmx"

#: The demo's clock: the evening, in Tokyo, of the last day the sample web tells of.
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def settle(real: Settings) -> Settings:
    """Make the demo's home below the real one if it is missing, and return its settings.

    What it publishes lies in `output/demo/` of the real home; the demo's own `output` is a link
    to there, so that every command finds it when AGGREGATOR_HOME names the demo's home.
    """
    home = real.home / "data" / "demo"
    found = read_settings({"AGGREGATOR_HOME": str(home)}, real.home)
    published = real.output / "demo"
    published.mkdir(parents=True, exist_ok=True)
    if not found.pipelines_dir.exists():
        write_defaults(
            home, countries=(), targets=(), base_url=found.base_url, contact=found.contact
        )
    # The packaged sources give way to the sample's: in the demo nothing else is read.
    entries = [path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("sources/*.yaml"))]
    found.sources_file.write_text("".join(entries), encoding="utf-8")
    if not found.output.is_symlink():
        if found.output.exists():
            shutil.rmtree(found.output)
        found.output.symlink_to(Path("..", "..", "output", "demo"))
    return found
