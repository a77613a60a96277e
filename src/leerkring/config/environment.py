"""Every setting of an installation: an environment variable LEERKRING_<NAME>, described here and nowhere else."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "LEERKRING_"


class SettingsRefused(Exception):
    """A setting that cannot be used; the message is a sentence for the operator."""


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Names = Annotated[list[str], NoDecode, BeforeValidator(_split)]


class Environment(BaseSettings):
    """The settings, with what they are when nothing is said."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(
        default=Path("var/data"),
        description="Directory that holds everything of the installation: database, mail of the demo, keys.",
    )
    database_url: str = Field(
        default="",
        description="PostgreSQL as postgresql://USER:PASSWORD@HOST:PORT/NAME. Empty: SQLite in the data directory.",
    )
    secret_key: str = Field(
        default="",
        description="Key that signs sessions and links. Empty: made once and kept in the data directory.",
    )
    debug: bool = Field(
        default=False, description="For developers only: error pages with details, templates read anew."
    )
    demo: bool = Field(
        default=False,
        description="Show sign-in links on the screen and write mail to a folder. Never with real people.",
    )
    hosts: Names = Field(
        default=["localhost", "127.0.0.1", "[::1]"],
        description="Names under which the site is visited, with commas between them.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Address that stands before every link in an e-mail, for example https://leerkring.example.org.",
    )
    behind_proxy: bool = Field(
        default=False,
        description="A proxy in front speaks HTTPS and sets X-Forwarded-Proto and X-Forwarded-For itself.",
    )
    smtp_url: str = Field(
        default="",
        description="Mail server as smtp://USER:PASSWORD@HOST:PORT, or smtps:// or smtp+starttls://. "
        "Empty: mail is written to the folder mail in the data directory.",
    )
    mail_from: str = Field(
        default="Leerkring <leerkring@localhost>", description="Sender of every e-mail, as Name <address>."
    )
    threads: int = Field(default=8, ge=1, le=200, description="Pages that are made at the same time.")
    live_per_device: int = Field(default=12, ge=1, description="Open live screens that one device may have at once.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )

    @property
    def secure(self) -> bool:
        """Whether visitors come by HTTPS."""
        return self.base_url.startswith("https://")


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """The settings in force. Raises SettingsRefused for an unknown name or a value that cannot be used."""
    known = {PREFIX + name.upper() for name in Environment.model_fields}
    unknown = sorted(name for name in variables if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsRefused(
            f"The setting {unknown[0]} is unknown. Take it away, or choose one of: {', '.join(sorted(known))}."
        )
    try:
        return Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsRefused(f"The setting {name} cannot be used: {first['msg']}.") from None


def make_directory(data: Path) -> Path:
    """The data directory, made when it is not there. Raises SettingsRefused when nothing can be written in it."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsRefused(
            f"The data directory {data} cannot be made ({error.strerror}). Set LEERKRING_DATA to another one."
        ) from None
    if not os.access(data, os.W_OK | os.X_OK):
        raise SettingsRefused(
            f"Nothing can be written in the data directory {data}. Give this user the right to, or set LEERKRING_DATA."
        )
    return data.resolve()


def kept_secret(data: Path) -> str:
    """The key of this installation, made at the first start and readable by its owner only."""
    path = data / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    except OSError as error:
        raise SettingsRefused(f"The key {path} cannot be written ({error.strerror}).") from None
    key = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _read_secret(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsRefused(f"The key {path} cannot be read ({error.strerror}).") from None
    if len(key) < 50:
        raise SettingsRefused(f"The key {path} is too short to be safe. Restore it, or take it away to make a new one.")
    return key


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's description of the database: SQLite inside by default, PostgreSQL by its address."""
    if not url:
        return sqlite(data / "leerkring.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SettingsRefused("The setting LEERKRING_DATABASE_URL must begin with postgresql://.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "leerkring",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # Each thread keeps its connection; without that a page costs five times as much.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads and then writes fails halfway under load when it begins as a reader.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is deleted is overwritten in the file, also where SQLite was not built that way.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA mmap_size = 0; "
            "PRAGMA secure_delete = ON;",
        },
    }


def mail_server(url: str) -> dict[str, Any]:
    """Django's mail settings: a server by its address, or files in the data directory."""
    if not url:
        return {"EMAIL_BACKEND": "leerkring.platform.mail.folder.FolderBackend"}
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
    if parts.scheme not in ports or not parts.hostname:
        raise SettingsRefused(
            "The setting LEERKRING_SMTP_URL must look like smtp://HOST:PORT, smtps:// or smtp+starttls://."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": 10,
    }
