"""Brings the environment that it runs in up to the locked versions; bin/setup calls it."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"


def main(kind: str) -> int:
    if kind not in ("runtime", "dev"):
        print("Say bin/setup, or bin/setup runtime.", file=sys.stderr)
        return 1
    if not is_up_to_date(kind):
        print(f"Installing the locked versions ({kind}) ...", file=sys.stderr)
        if not install(REQUIREMENTS / f"{kind}.txt"):
            print("The packages could not be installed; the lines above say why.", file=sys.stderr)
            return 1
        stamp_of(kind).write_text(state_of(kind), encoding="ascii")
    site = Path(sysconfig.get_path("purelib"))
    (site / "leerkring.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    return compile_messages()


def state_of(kind: str) -> str:
    locked = (REQUIREMENTS / f"{kind}.txt").read_bytes()
    return hashlib.sha256(sys.version.encode() + locked).hexdigest()


def stamp_of(kind: str) -> Path:
    return Path(sys.prefix) / f"leerkring-{kind}.stamp"


def is_up_to_date(kind: str) -> bool:
    """What builds and tests includes what runs."""
    kinds = ["dev"] if kind == "dev" else ["runtime", "dev"]
    return any(stamp_of(name).exists() and stamp_of(name).read_text() == state_of(name) for name in kinds)


def install(requirements: Path) -> bool:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    if uv := find_uv(pip):
        command = [uv, "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes"]
        if subprocess.run([*command, "-r", str(requirements)], env=uv_environment(pip), check=False).returncode == 0:
            return True
        print("uv could not; trying again with pip, which takes longer.", file=sys.stderr)
    command = [*pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(requirements)]
    return subprocess.run(command, check=False).returncode == 0


def find_uv(pip: list[str]) -> str | None:
    """uv is ten times as quick as pip; it comes from the package index like everything else."""
    ours = Path(sys.prefix) / "bin" / "uv"
    if not ours.exists():
        command = [*pip, "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS / "uv.txt")]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    return str(ours) if ours.exists() else shutil.which("uv")


def uv_environment(pip: list[str]) -> dict[str, str]:
    """uv does not read the configuration of pip: hand on where packages are and whom to trust."""
    said = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    settings: dict[str, str] = {}
    for line in said.splitlines():
        name, _, value = line.partition("=")
        settings[name.rsplit(".", 1)[-1]] = value.strip().strip("'\"")
    environment = dict(os.environ)
    handed_on = {
        "index-url": "UV_DEFAULT_INDEX",
        "cert": "SSL_CERT_FILE",
        "trusted-host": "UV_INSECURE_HOST",
    }
    for name, variable in handed_on.items():
        if settings.get(name):
            environment.setdefault(variable, settings[name])
    links = [place for place in settings.get("find-links", "").split() if "://" in place or Path(place).is_dir()]
    if links:
        environment.setdefault("UV_FIND_LINKS", ",".join(links))
    extra = [place for place in settings.get("extra-index-url", "").split() if not place.startswith("file:")]
    if extra:
        environment.setdefault("UV_INDEX", " ".join(extra))
        # As pip does; every package is held to its hash anyway.
        environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return environment


def compile_messages() -> int:
    tool = ROOT / "tools" / "messages.py"
    if not tool.exists():
        return 0
    return subprocess.run([sys.executable, str(tool), "compile"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "dev"))
