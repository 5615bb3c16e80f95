"""Addresses at the host of the repository: where a file is edited or begun, where a mistake is reported. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit


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
        return self.url + self._root() + quote(path)

    def new_file(self, path: str, text: str) -> str | None:
        """Where a file that does not exist is begun, prefilled with a text; `None` where the host has no such form."""
        folder, _, name = path.rpartition("/")
        root = self._root()
        if root.startswith("edit/"):  # GitHub, Gitea, Forgejo
            return f"{self.url}new/{root.removeprefix('edit/')}{quote(folder)}?" + urlencode({"filename": name, "value": text})
        if root.startswith("-/edit/"):  # GitLab
            return f"{self.url}-/new/{root.removeprefix('-/edit/')}{quote(folder)}?" + urlencode({"file_name": name})
        return None

    def report_mistake(self, page: str, title: str) -> str:
        """Where a mistake in a page is reported, prefilled with the address of the page."""
        if urlsplit(self.url).hostname == "github.com":
            return f"{self.url}issues/new?" + urlencode({"template": "mistake.yml", "title": title, "page": page})
        return f"{self.url}-/issues/new?" + urlencode({"issue[title]": title, "issue[description]": page})

    def _root(self) -> str:
        return self.edit.rstrip("/").removesuffix("docs")
