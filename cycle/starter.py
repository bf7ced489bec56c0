# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The file a new region begins with: commented, and already fit to be published."""

from importlib.resources import files


def starter(slug: str) -> str:
    """A programme file of this slug. Whether the slug may be one is for `cycle.publish.resolve` to say."""
    text = files("cycle").joinpath("programmes", "starter.toml").read_text(encoding="utf-8")
    return text.replace("@slug@", slug.replace('"', "").replace("\\", "").replace("\n", ""))
