# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Signing in: who comes, by what, for how long, and how often one may guess."""
