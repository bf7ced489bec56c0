# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""HTTP: the API under /api/v1 and the pages. It translates and nothing else."""
