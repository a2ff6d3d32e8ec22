"""The `aggregator` command."""

from aggregator.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
