"""The `aggregator` command."""


def main() -> None:
    """Run the command line."""
    # Not above: each process that parses imports this module, and needs none of that.
    from aggregator import cli

    cli.main()


if __name__ == "__main__":
    main()
