"""The front door: command line, settings and wiring. Importing this package imports nothing else."""
