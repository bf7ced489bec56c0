# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What to tell whom, and through which channel: the room for notices, which come with people and permissions."""
