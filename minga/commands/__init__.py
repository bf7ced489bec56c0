# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One module per command; `minga/cli.py` imports a module only when its command is called."""
