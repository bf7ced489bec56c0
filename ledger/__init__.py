# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The append-only log and its proofs: streams of events, each chained to the one before.

Generic and pure.
"""
