"""The file of documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.exports.converter import Converter, Views, header
from macros.exports.models import Count, File, Names, Of, Output, Urls
from macros.model.reference import Document
from macros.queries import queries


class ListedDocument(Output):
    """What the list of documents says of each."""

    key: str = Field(description="What sources name it by.")
    anchor: str
    url: Urls = Field(description="Where it is on this site.")
    full_text: Urls | None = Field(description="Where the official text is found.")
    cited_by: dict[str, Count] = Field(description="How often each resolution cites it, by slug.")


class DocumentsFile(File):
    """All documents cited, with the resolutions that cite them."""

    documents: list[Annotated[Output, Of(Document, ListedDocument)]]
    names: Names


def documents(views: Views) -> DocumentsFile:
    """Export all documents."""
    converter = Converter(views)
    corpus = converter.corpus
    citations = queries.citations(corpus)
    entries = []
    for key, document in corpus.documents.items():
        page = corpus.list_page("documents", key)
        entries.append(
            converter.record(
                {language: view.corpus.documents[key] for language, view in views.items()},
                ListedDocument,
                key=key,
                anchor=document.anchor,
                url=converter.urls(f"{page}#{document.anchor}"),
                full_text=converter.official_urls(lambda view, key=key: view.official_url(key)),
                cited_by=citations[key],
            )
        )
    return DocumentsFile(**header(corpus.latest_period), documents=entries, names=converter.names())
