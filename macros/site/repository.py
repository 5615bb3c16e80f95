"""Repository links: where a file is edited or begun, where a mistake is reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

LONGEST = 6000
"""The longest address that hosts and browsers take without complaint."""


@dataclass(frozen=True)
class Repository:
    """A repository as `mkdocs.yml` names it.

    Attributes:
        url: `repo_url`.
        edit: `edit_uri`, which leads to the folder `docs/`: `edit/main/docs/` on GitHub, `-/edit/…`
            on GitLab, `_edit/…` on Gitea.
    """

    url: str
    edit: str

    @staticmethod
    def of(repo_url: str | None, edit_uri: str | None) -> Repository | None:
        """Take what is configured; `None` where `edit_uri` does not lead to `docs/`."""
        if not repo_url or not edit_uri or not edit_uri.rstrip("/").endswith("docs"):
            return None
        return Repository(repo_url.rstrip("/") + "/", edit_uri.lstrip("/"))

    @property
    def _root(self) -> str:
        return self.edit.rstrip("/").removesuffix("docs")

    def edit_file(self, path: str) -> str:
        """Where a file of the repository is edited: `edit_file("data/resolutions/2-4.yml")`."""
        return urljoin(self.url, self._root + quote(path))

    def folder(self, path: str) -> str | None:
        """Where the files of a folder are listed; `None` where the host is not known."""
        return self._replace(
            {"edit/": "tree/", "-/edit/": "-/tree/", "_edit/": "src/branch/"}, path
        )

    def new_file(self, path: str, text: str) -> str | None:
        """Where a file is begun, prefilled with a text; `None` where the host has no such form.

        A text that is too long for an address is left out.
        """
        folder, _, name = path.rpartition("/")
        form = self._replace({"edit/": "new/", "-/edit/": "-/new/", "_edit/": "_new/"}, folder)
        if form is None:
            return None
        values = {"file_name" if "/-/new/" in form else "filename": name}
        filled = _with_query(form, values | {"value": text})
        return filled if len(filled) <= LONGEST else _with_query(form, values)

    def report_mistake(self, page: str, title: str) -> str:
        """Where a mistake in a page is reported, prefilled with the address of the page."""
        form, values = "issues/new", {"title": title, "body": page}
        if urlsplit(self.url).hostname == "github.com":
            values = {"template": "mistake.yml", "title": title, "page": page}
        elif self.edit.startswith("-/edit/"):
            form, values = "-/issues/new", {"issue[title]": title, "issue[description]": page}
        return _with_query(self.url + form, values)

    def _replace(self, kinds: Mapping[str, str], path: str) -> str | None:
        """Make an address like that of editing, of another kind."""
        for edit, other in kinds.items():
            if self._root.startswith(edit):
                return self.url + other + self._root.removeprefix(edit) + quote(path)
        return None


def _with_query(address: str, values: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(values, quote_via=quote)}"
