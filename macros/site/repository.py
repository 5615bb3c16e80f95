"""Addresses at the host of the repository: where a file is edited or begun, where a mistake is reported. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

LONGEST = 6000
"""The longest address that hosts and browsers take without complaint."""


@dataclass(frozen=True)
class Repository:
    """A repository as `mkdocs.yml` names it.

    `url` is `repo_url`; `edit` is `edit_uri`, which leads to the folder `docs/`, such as `edit/main/docs/`.
    """

    url: str
    edit: str

    @staticmethod
    def of(repo_url: str | None, edit_uri: str | None) -> Repository | None:
        """The repository; `None` where none is configured or its `edit_uri` does not lead to `docs/`."""
        if not repo_url or not edit_uri or not edit_uri.rstrip("/").endswith("docs"):
            return None
        return Repository(repo_url.rstrip("/") + "/", edit_uri.lstrip("/"))

    def edit_file(self, path: str) -> str:
        """Where a file of the repository is edited: `edit_file("data/resolutions/2-4.yml")`."""
        return urljoin(self.url, self._root() + quote(path))

    def folder(self, path: str) -> str | None:
        """Where the files of a folder are listed; `None` where it is not known how the host says that."""
        kinds = {"edit/": "tree/", "-/edit/": "-/tree/", "_edit/": "src/branch/"}
        return self._instead(kinds, quote(path))

    def new_file(self, path: str, text: str) -> str | None:
        """Where a file that does not exist is begun, prefilled with a text; `None` where the host has no such form.

        A text that is too long for an address is left out.
        """
        folder, _, name = path.rpartition("/")
        begun = self._instead(
            {"edit/": "new/", "-/edit/": "-/new/", "_edit/": "_new/"}, quote(folder)
        )
        if begun is None:
            return None
        named = (
            begun
            + "?"
            + urlencode({"file_name" if "/-/new/" in begun else "filename": name}, quote_via=quote)
        )
        filled = named + "&" + urlencode({"value": text}, quote_via=quote)
        return filled if len(filled) <= LONGEST else named

    def report_mistake(self, page: str, title: str) -> str:
        """Where a mistake in a page is reported, prefilled with the address of the page."""
        if urlsplit(self.url).hostname == "github.com":
            values = {"template": "mistake.yml", "title": title, "page": page}
        elif self.edit.startswith("-/edit/"):
            return f"{self.url}-/issues/new?" + urlencode(
                {"issue[title]": title, "issue[description]": page}, quote_via=quote
            )
        else:
            values = {"title": title, "body": page}
        return f"{self.url}issues/new?" + urlencode(values, quote_via=quote)

    def _root(self) -> str:
        return self.edit.rstrip("/").removesuffix("docs")

    def _instead(self, kinds: Mapping[str, str], path: str) -> str | None:
        """An address like that of editing, of another kind: GitHub `edit/…`, GitLab `-/edit/…`, Gitea `_edit/…`."""
        root = self._root()
        for edit, other in kinds.items():
            if root.startswith(edit):
                return self.url + other + root.removeprefix(edit) + path
        return None
