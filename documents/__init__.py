# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Papers: facts in, a PDF out, and nothing else.

A paper is a pure function of its facts (a frozen class per kind) and of the whole text kept for it in each language.
This package reads no database, knows no framework and no other package of Minga; the same facts give the same bytes.

facts/      what each kind of paper says              words/      the fixed words of each language
templates/  the text of each paper, per language      assets/     the style, the emblem, the font configuration
codec.py    facts to canonical JSON and back          render.py   facts to HTML
drawing.py  facts to PDF, through a bounded child     child.py    the child itself, which alone knows WeasyPrint
"""
