# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Cases: whole exchanges written down in a file, checked, and walked through the same services as everything else."""
