"""Signing in: who comes, by what, for how long, and how often one may guess."""
