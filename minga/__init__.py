# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The front door: command line, settings and wiring. Importing this package imports nothing else."""
