# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every code of a refusal with what is said with it: problem_codes.toml, which is written from the code as docs/refusals.md is."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

SAID: Mapping[str, tuple[str, ...]] = {
    code: tuple(said)
    for code, said in tomllib.loads(files("api.pages").joinpath("problem_codes.toml").read_text("utf-8")).items()
}
