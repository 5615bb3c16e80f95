"""Addresses as one page writes them: relative to the page, or outside the site."""

from __future__ import annotations

from macros.model.resolution import Resolution
from macros.render.formatting import Formatting


class Urls(Formatting):
    """The addresses that templates link to, as seen from one page."""

    def url(self, path: str) -> str:
        """Give the relative address of a page, from its path below the root of its language."""
        return (self.base + path) or "./"

    def site_url(self, path: str) -> str:
        """Give the relative address of what all languages share, from its path on the site."""
        is_default = self.corpus.language == self.corpus.body.languages[0]
        return self.url(path if is_default else f"../{path}")

    def resolution_url(self, slug: str, anchor: str = "") -> str:
        """Give the address of a resolution, or of something on its page."""
        return self.url(f"resolutions/{slug}/") + (f"#{anchor}" if anchor else "")

    def document_url(self, key: str) -> str:
        """Give the address of a document in the list of documents."""
        page = self.url(self.corpus.list_page("documents", key))
        return f"{page}#{self.corpus.documents[key].anchor}"

    def organization_url(self, key: str) -> str:
        """Give the address of an organization in the list of partners."""
        return f"{self.url(self.corpus.list_page('organizations', key))}#{key}"

    def address_name(self, address: str) -> str:
        """Name an address of the site: by its resolution, else the address itself."""
        first, slug = (*address.split("/"), "")[:2]
        is_resolution = first == "resolutions" and slug in self.corpus.resolutions
        return self.resolution_name(slug) if is_resolution else address

    def official_url(self, key: str) -> str | None:
        """Find the full text of a document, in the reader's language if there is one."""
        document = self.corpus.documents[key]
        return document.url or self._by_symbol(document.symbol or "")

    def symbol_url(self, resolution: Resolution) -> str | None:
        """Find the official text of a resolution, by its symbol."""
        return self._by_symbol(resolution.symbol.value if resolution.symbol else "")

    def _by_symbol(self, symbol: str) -> str | None:
        own = self.corpus.language.split("-")[0]
        for links in self.corpus.body.document_links:
            if symbol.startswith(links.prefixes):
                known = own if own in links.languages or not links.languages else links.languages[0]
                return links.address.replace("{symbol}", symbol).replace("{lang}", known)
        return None
