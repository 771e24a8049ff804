"""Settings come from the environment, options outweigh them, and faults name the variable."""

from pathlib import Path

import pytest

from flows.settings import read_settings
from schemas.errors import ConfigurationError


def test_registry_stands_beside_the_warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSA_DB", "elsewhere/w.duckdb")
    settings = read_settings()
    assert settings.db == Path("elsewhere/w.duckdb")
    assert settings.publish_path == Path("elsewhere/registry.duckdb")
    assert settings.data_folder == Path("elsewhere")


def test_option_outweighs_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSA_DB", "elsewhere/w.duckdb")
    assert read_settings(db=Path("here.duckdb"), publish=None).db == Path("here.duckdb")


def test_defaults_are_those_of_the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANSA_DB", raising=False)
    settings = read_settings()
    assert settings.db == Path("data/warehouse.duckdb")
    assert settings.publish_path == Path("data/registry.duckdb")


def test_fault_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSA_BATCH_SIZE", "many")
    with pytest.raises(ConfigurationError, match=r"HANSA_BATCH_SIZE.*'many'"):
        read_settings()


def test_contact_is_told_to_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSA_CONTACT", "registry@example.org")
    assert read_settings().user_agent.endswith("(registry@example.org)")


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().batch_size = 3  # type: ignore[misc]
