# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Prefect: the heartbeat and the papers. A flow passes ids and days and calls one service; it holds no truth."""
