"""Atom and JSON Feed say the same, and other programs read them."""

from __future__ import annotations

import json

import feedparser
import pytest
from lxml import etree

from tests.published import ORGANS, URL, published

FEEDS = [(organ, path) for organ in ORGANS for path in published(organ) if path.endswith(".atom")]


@pytest.mark.parametrize(("organ", "path"), FEEDS)
def test_both_forms_have_the_same_entries(organ: str, path: str) -> None:
    files = published(organ)
    etree.fromstring(files[path].encode())
    atom = feedparser.parse(files[path].encode())
    assert not atom.bozo and atom.version == "atom10"
    name = path.removesuffix("atom") + "feed.json"
    feed = json.loads(files[name])
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"] == URL + name
    assert (feed["title"], feed["home_page_url"]) == (atom.feed.title, atom.feed.link)
    assert [(e.id, e.link, e.title, e.summary, e.updated) for e in atom.entries] == [
        (item["id"], item["url"], item["title"], item["content_text"], item["date_modified"])
        for item in feed["items"]
    ]
    assert [[tag.term for tag in entry.tags] for entry in atom.entries] == [
        item["tags"] for item in feed["items"]
    ]
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


@pytest.mark.parametrize(("organ", "path"), FEEDS)
def test_both_forms_say_licence_and_date(organ: str, path: str) -> None:
    atom, feed = (
        published(organ)[path.removesuffix("atom") + ending] for ending in ("atom", "feed.json")
    )
    parsed, value = feedparser.parse(atom.encode()), json.loads(feed)
    assert parsed.feed.rights == value["_tracker"]["licence"] == "CC BY 4.0"
    assert [link.href for link in parsed.feed.links if link.rel == "license"] == [
        value["_tracker"]["licence_url"]
    ]
    assert parsed.feed.subtitle.split() == value["description"].split()
    assert value["_tracker"]["as_of"]


def test_a_second_period_has_entries_for_states_and_dates() -> None:
    items = json.loads(published("second")["api/v1/changes.feed.json"])["items"]
    kinds = {(item["tags"][0], item["id"].rpartition("/")[0].rpartition("/")[2]) for item in items}
    assert {("status", "annee-2024"), ("date", "annee-2024"), ("first", "annee-2023")} <= kinds
