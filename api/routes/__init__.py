# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The operations under /api/v1, by noun. A route translates: body in, one call, schema out."""
