# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The desk: opened on a folder or an address, it migrates what is new and refuses what another release left."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from services.opening import SchemaDiffers, open_desk
from storage import programmes
from storage.engine import normal_url


@dataclass
class Settings:
    data: Path
    database_url: str
    public_url: str | None = None
    port: int = 8000
    smtp_url: str | None = None
    mail_from: str = "minga@localhost"

    @property
    def keys(self) -> Path:
        return self.data.with_name(f"{self.data.name}-keys")


def test_a_fresh_house_has_its_schema_its_folders_and_the_built_in_programme(empty_url: str, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new" / "house", empty_url)

    for _ in range(2):
        with open_desk(settings) as desk, desk.store.read() as connection:
            assert [row["slug"] for row in programmes.listed(connection)] == ["regional-initiative"]
            assert desk.papers == settings.data / "papers"
    assert settings.data.is_dir()
    assert settings.keys.stat().st_mode & 0o777 == 0o700


def test_the_schema_of_another_release_is_left_alone(url: str, tmp_path: Path) -> None:
    engine = create_engine(normal_url(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    engine.dispose()

    with pytest.raises(SchemaDiffers) as error:
        open_desk(Settings(tmp_path / "house", url))
    assert error.value.facts == {"present": "another"}


def test_the_desk_tells_the_time_of_its_clock(sqlite_url: str, tmp_path: Path) -> None:
    with open_desk(Settings(tmp_path, sqlite_url)) as desk, desk.store.read() as connection:
        programme = desk.programme(connection, "regional-initiative")
        moment = desk.moment(programme, "2026-01-01T02:00:00.000Z")

        assert (moment.occurred_on, moment.is_backdated) == ("2025-12-31", True)
        assert desk.programme(connection, "regional-initiative") is programme
