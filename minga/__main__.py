"""`minga` and `python -m minga`."""

import sys

from minga.cli import run


def main() -> None:
    """Obey this process's command line."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
