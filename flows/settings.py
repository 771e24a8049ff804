"""What a user may set: one frozen object, read at the door and passed down as values."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.errors import ConfigurationError

DEFAULT_DATA = Path("data")
MEGABYTE = 1_000_000


class Settings(BaseSettings):
    """Settings of a run; each comes from the environment as HANSA_ and its name in capitals, or from an option."""

    model_config = SettingsConfigDict(env_prefix="HANSA_", frozen=True, extra="ignore")

    db: Path = Field(default=DEFAULT_DATA / "warehouse.duckdb", description="the working warehouse")
    publish: Path | None = Field(default=None, description="the published registry; default: registry.duckdb beside db")
    data: Path | None = Field(default=None, description="folder of fetched bytes; default: the folder of db")
    sources: Path = Field(default=Path("sources.toml"), description="the sources file that a run without inputs reads")
    author: str | None = Field(default=None, description="who judges, for `hansa review`; default: the login name")
    schedule: str = Field(default="0 6 * * *", description="cron expression in UTC, for `hansa serve`")
    batch_size: int = Field(default=16, ge=1, description="documents per task")
    contact: str | None = Field(default=None, description="mail or web address told to the sites that are fetched")
    allowed_hosts: frozenset[str] = Field(
        default=frozenset(), description="host names that may lie in a private network; a JSON list in the environment"
    )
    offline: bool = Field(default=False, description="fetch nothing; read what earlier runs fetched")
    fetch_workers: int = Field(default=8, ge=1, description="hosts that are fetched from at once, one page each")
    host_delay_s: float = Field(
        default=1.0, ge=0, description="rest between two requests to one host; robots may ask more"
    )
    refetch_days: int = Field(
        default=30, ge=0, description="a page that its sitemap calls unchanged is asked for again after so many days"
    )
    retry_delays_s: tuple[float, ...] = Field(
        default=(2, 10, 60), description="rests before a page is asked for again, where its site is unavailable"
    )
    timeout_s: float = Field(default=20.0, gt=0, description="longest wait for a connection or for the next bytes")
    deadline_s: float = Field(default=300.0, gt=0, description="longest time that one response may take in all")
    max_page_bytes: int = Field(default=25 * MEGABYTE, gt=0, description="cap on a page, feed, sitemap or list")
    max_report_bytes: int = Field(default=200 * MEGABYTE, gt=0, description="cap on a PDF report")
    max_pages: int = Field(default=1000, gt=0, description="cap on the pages that one feed or sitemap leads to")

    @property
    def publish_path(self) -> Path:
        """Where the published registry stands or will stand."""
        return self.publish or self.db.parent / "registry.duckdb"

    @property
    def data_folder(self) -> Path:
        """The folder of fetched bytes and of the temporary Prefect server."""
        return self.data or self.db.parent

    @property
    def user_agent(self) -> str:
        """What Hansa calls itself to the sites that it fetches."""
        return f"hansa/{version('hansa')} ({self.contact or 'registry of city networks'})"


def read_settings(**overrides: Any) -> Settings:
    """Settings of the environment, but for `overrides` that are not None.

    Raises:
        ConfigurationError: a value is not of its kind; names the setting and its environment variable.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        faults = "; ".join(
            f"setting {'.'.join(map(str, fault['loc']))} (HANSA_{str(fault['loc'][0]).upper()}): "
            f"found {fault['input']!r}: {fault['msg']}"
            for fault in error.errors()
        )
        raise ConfigurationError(faults) from error
