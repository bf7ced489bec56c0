# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`python -m minga.serving`: what `minga flows` becomes, its environment complete before Prefect is imported."""

from flows.serving import our_deployments, serve


def main() -> None:
    """Serve the beat and the papers until ended."""
    serve(lambda: our_deployments("minga.heartbeat"))


if __name__ == "__main__":
    main()
