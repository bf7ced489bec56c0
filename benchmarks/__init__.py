# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Measurements: each compares side by side in one run and prints ratios; none decides a test."""
