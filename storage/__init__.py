# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tables, transactions, outbox and migrations: the one place that commits."""
