"""Importing: another house's register becomes exchanges, row by row, by a profile that says what its columns mean."""
