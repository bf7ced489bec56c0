"""The append-only log and its proofs: streams of events, each chained to the one before.

Generic and pure.
"""
