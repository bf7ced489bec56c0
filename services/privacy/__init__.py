# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Privacy: persons erased, files kept no longer than a rule says, and everybody's own data for themselves.

erasure.py    a person's names and contacts go, by the decision of two officers; the chain stays
retention.py  the one table of how long what is kept, and its sweep
own_data.py   all that is kept about one person
data_map.py   every column of every table: what it holds about persons, and why
"""
