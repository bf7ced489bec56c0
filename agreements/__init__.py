# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What is promised and who signs: the agreement's own machine, rules only."""
