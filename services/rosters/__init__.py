# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people do with rosters: invite and part with persons, propose and grant roles, seat benches, stand in, name institutions."""
