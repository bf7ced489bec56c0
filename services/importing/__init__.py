# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Importing: another house's register becomes exchanges, row by row, by a profile that says what its columns mean."""
