# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people see: the board, lists, one exchange, its history, the registers. It reads and never writes."""
