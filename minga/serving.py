# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`python -m minga.serving`: what `minga flows` becomes, its environment complete before Prefect is imported."""

from contextlib import suppress

from flows.serving import our_deployments, serve


def main() -> None:
    """Serve the beat and the papers until ended. Ctrl-C is how one ends them, and no mistake."""
    with suppress(KeyboardInterrupt):
        serve(lambda: our_deployments("minga.heartbeat"))


if __name__ == "__main__":
    main()
