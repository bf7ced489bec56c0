# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga` and `python -m minga`."""

import sys

from minga.cli import run


def main() -> None:
    """Obey this process's command line."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
