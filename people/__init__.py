# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who acts, for whom, and what they may do: one policy, asked by every door."""
