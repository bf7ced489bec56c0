"""`python -m minga.serving`: what `minga flows` becomes, its environment complete before Prefect is imported."""

from flows.serving import our_deployments, serve


def main() -> None:
    """Serve the beat and the papers until ended."""
    serve(lambda: our_deployments("minga.heartbeat"))


if __name__ == "__main__":
    main()
