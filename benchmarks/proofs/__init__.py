# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One promise per module: `run(ground, count)` prints what it saw and answers what was broken, nothing when it held."""
