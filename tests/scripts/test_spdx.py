# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The licence at the head of a file, and what the whole tree says of itself."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from scripts.spdx import HOUSE, LINES, MARK, with_header, write

MODULE = '"""What lives here."""\n\nANSWER = 42\n'
SCRIPT = "#!/usr/bin/env bash\n# What it does.\nset -e\n"
STYLE = "body { margin: 0 }\n"
TEMPLATE = "{# The board. Facts: api.pages.board.BoardPage. #}\n<p>{{ page }}</p>\n"
SAMPLES = {".py": MODULE, ".sh": SCRIPT, ".css": STYLE, ".j2": TEMPLATE}


@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_header_names_holder_and_licence_once(suffix: str) -> None:
    headed = with_header(SAMPLES[suffix], suffix)

    assert [headed.count(line) for line in LINES] == [1, 1]
    assert headed.endswith(SAMPLES[suffix].partition("\n")[2])
    assert with_header(headed, suffix) == headed


def test_a_docstring_stays_a_docstring() -> None:
    headed = with_header(MODULE, ".py")

    assert ast.get_docstring(ast.parse(headed)) == "What lives here."
    assert headed.splitlines()[2:4] == ["", '"""What lives here."""']


@pytest.mark.parametrize("text", [MODULE, "import os\n", "# A note.\nimport os\n", "\nimport os\n"])
def test_a_headed_module_is_formatted_as_the_house_formats(text: str, tmp_path: Path) -> None:
    module = tmp_path / "headed.py"
    module.write_text(with_header(text.lstrip("\n"), ".py"), encoding="utf-8")

    asked = (sys.executable, "-m", "ruff", "format", "--check", "--config", HOUSE / "pyproject.toml", module)
    assert subprocess.run(asked, check=False, capture_output=True).returncode == 0


def test_a_shebang_stays_first() -> None:
    assert with_header(SCRIPT, ".sh").splitlines()[0] == "#!/usr/bin/env bash"
    assert with_header(f"#!/usr/bin/env python3\n{MODULE}", ".py").startswith("#!/usr/bin/env python3\n# SPDX")


def test_a_template_keeps_its_first_line_and_draws_the_same() -> None:
    jinja = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    headed = with_header(TEMPLATE, ".j2")

    assert headed.splitlines()[0] == TEMPLATE.splitlines()[0]
    assert jinja.from_string(headed).render(page="x") == jinja.from_string(TEMPLATE).render(page="x") == "<p>x</p>"


@pytest.mark.parametrize(("name", "text"), [("page.md", "# Words\n"), ("empty.py", ""), ("approved.html", "<p>")])
def test_prose_data_and_empty_files_are_left_to_the_page_that_covers_them(name: str, text: str) -> None:
    assert with_header(text, Path(name).suffix) == text


def test_only_what_lacks_a_header_is_written(tmp_path: Path) -> None:
    lacking, having = tmp_path / "a.py", tmp_path / "b.py"
    lacking.write_text(MODULE, encoding="utf-8")
    having.write_text(with_header(MODULE, ".py"), encoding="utf-8")

    assert write((lacking, having), only_look=True) == (lacking,)
    assert MARK not in lacking.read_text("utf-8")
    assert write((lacking, having)) == (lacking,)
    assert write((lacking, having)) == ()


def test_every_file_of_the_tree_has_a_holder_and_a_licence() -> None:
    looked = subprocess.run(
        (sys.executable, "-m", "reuse", "lint", "--quiet"), cwd=HOUSE, check=False, capture_output=True, text=True
    )
    assert looked.returncode == 0, looked.stdout + looked.stderr


def test_the_register_that_came_with_its_own_licence_keeps_it() -> None:
    told = subprocess.run(
        (sys.executable, "-m", "reuse", "spdx"), cwd=HOUSE, check=True, capture_output=True, text=True
    ).stdout
    file = told.partition("FileName: ./examples/colombia-sur-sur/projects.csv")[2].partition("FileName:")[0]
    assert "LicenseInfoInFile: ODC-By-1.0" in file
    assert "LicenseInfoInFile: Apache-2.0" not in file
