"""Template databases: built once for a content, then copied in half a second."""

from __future__ import annotations

import datetime
import os
import re
from typing import TYPE_CHECKING

from dev import settings
from dev.cache import digest, digest_files, files_under
from dev.console import step
from dev.errors import DevError

if TYPE_CHECKING:
    from pathlib import Path

    from dev.workshop import Workshop

PREFIX = "adv_dev_"
# Parts of the addon that leave no trace in a database.
_TRACELESS = ("tests", "static/tests", "readme", "static/description/index.html")
_BAD_LINE = re.compile(r"^\S+ \S+ \d+ (?:WARNING|ERROR|CRITICAL) ")


def bad_lines(log: str) -> list[str]:
    """Lines of an Odoo log at WARNING or worse.

    >>> bad_lines("2026-01-01 10:00:00,1 7 INFO x odoo: a")
    []
    >>> bad_lines("2026-01-01 10:00:00,1 7 WARNING x odoo: b")
    ['2026-01-01 10:00:00,1 7 WARNING x odoo: b']
    """
    return [line for line in log.splitlines() if _BAD_LINE.match(line)]


class Templates:
    """The template databases of this checkout: Odoo with what we depend on, and the
    same with our addons.

    Of three kinds: ``test`` has the addon alone, ``full`` its bridges and the apps that
    they lead to, ``demo`` all that with demo data.
    """

    def __init__(self, workshop: Workshop, kind: str = "test") -> None:
        self.workshop = workshop
        self.kind = kind
        self.demo = demo = kind == "demo"
        self.addons = (settings.NAME,) if kind == "test" else settings.ADDONS
        self.modules = settings.dependencies(self.addons)
        lock = settings.REPO / "dev" / "requirements.lock"
        # The story is told relative to today: it is told anew each week.
        week = datetime.date.today().toordinal() // 7 if demo else 0
        self._week = week
        self._base_key = digest(
            workshop.source.key,
            digest_files(lock.parent, [lock]),
            self.modules,
            settings.LANGUAGES,
        )

    @property
    def dependencies_name(self) -> str:
        return f"{PREFIX}{self.kind}_base_{self._base_key}"

    @property
    def addon_name(self) -> str:
        content = [
            digest_files(folder, files_under(folder, without=_TRACELESS))
            for folder in (settings.REPO / addon for addon in self.addons)
        ]
        return (
            f"{PREFIX}{self.kind}_addon_{digest(self._base_key, content, self._week)}"
        )

    def install_log(self, name: str) -> Path:
        """What Odoo said while the template was built."""
        return self.workshop.data_dir / "install" / f"{name}.log"

    def dependencies(self) -> str:
        """Odoo with what we depend on and what the companies we write for have."""
        wide = {"test": "", "full": ", purchases and manufacturing with them"}.get(
            self.kind, " and demo data"
        )
        title = (
            f"Building the database of Odoo's own modules{wide} (once, about a minute)"
        )
        return self._make(self.dependencies_name, ",".join(self.modules), title)

    def addon(self) -> str:
        """The same with our addons installed."""
        name = self.addon_name
        if not self._exists(name):
            self.dependencies()
        story = " and telling its demo story (a few minutes)" if self.demo else ""
        bridges = " and its bridges" if len(self.addons) > 1 else ""
        return self._make(
            name,
            ",".join(self.addons),
            f"Installing {settings.NAME}{bridges}{story}",
            source=self.dependencies_name,
        )

    def _exists(self, name: str) -> bool:
        return (
            name in self.workshop.database("names", name)
            and self.install_log(name).exists()
        )

    def _make(
        self, name: str, modules: str, title: str, source: str | None = None
    ) -> str:
        workshop = self.workshop
        with workshop.cache.lock(name):
            if self._exists(name):
                self.install_log(name).touch()  # it is in use
                return name
            draft = f"{name}_draft"
            for leftover in (name, draft):
                workshop.database("drop", leftover, workshop.data_dir)
            with step(title):
                if source:
                    workshop.database("copy", source, draft, workshop.data_dir)
                self._install(draft, modules, self.install_log(name))
                workshop.database("rename", draft, name, workshop.data_dir)
        self._drop_older(name)
        return name

    def _install(self, database: str, modules: str, log: Path) -> None:
        draft_log = log.with_suffix(".draft.log")
        options = [
            "--database",
            database,
            "--init",
            modules,
            "--stop-after-init",
            "--no-http",
        ]
        if self.demo:
            options.append("--with-demo")
        languages = f"--load-language={','.join(settings.LANGUAGES)}"
        text = self.workshop.run_odoo(
            "--config",
            self.workshop.config,
            *options,
            languages,
            what=f"Installing {modules}",
            log=draft_log,
        )
        if failures := [line for line in bad_lines(text) if " WARNING " not in line]:
            raise DevError(
                f"Installing {modules} failed: {failures[0]} (the whole output:"
                f" {draft_log})"
            )
        draft_log.rename(log)

    def _drop_older(self, name: str) -> None:
        """Templates of earlier contents go, the five of a kind that were used last stay
        (other checkouts use them).
        """
        stem = name.rpartition("_")[0] + "_"
        known = [
            found
            for found in self.workshop.database("names", stem)
            if self.install_log(found).exists()
        ]
        known.sort(
            key=lambda found: self.install_log(found).stat().st_mtime, reverse=True
        )
        for old in known[5:]:
            self.workshop.database("drop", old, self.workshop.data_dir)
            self.install_log(old).unlink(missing_ok=True)


def drop_leftovers(workshop: Workshop) -> None:
    """Drop the working copies of runs that were ended before they could."""
    for name in workshop.database("names", f"{PREFIX}run_"):
        pid = int(name.removeprefix(f"{PREFIX}run_").split("_")[0])
        if not _is_alive(pid):
            workshop.database("drop", name, workshop.data_dir)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
