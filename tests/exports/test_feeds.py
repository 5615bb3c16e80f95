"""Feeds: valid Atom with permanent ids, newest period first."""

from __future__ import annotations

import feedparser
import pytest
from lxml import etree

from macros.exports import feeds
from tests.organ import BODY, FIRST, SMALL, Organ

ROOT = "https://example.org/"


def feed_of(organ: Organ = SMALL) -> feedparser.FeedParserDict:
    text = feeds.resolution_feed(organ.view().at(ROOT), "1-1")
    feed = feedparser.parse(text.encode())
    assert not feed.bozo and feed.version == "atom10"
    return feed


def test_the_newest_period_comes_first() -> None:
    entries = feed_of().entries
    assert [entry.id.removeprefix(f"{ROOT}resolutions/1-1/") for entry in entries] == [
        "autumn/#status",
        "autumn/#constraint",
        "autumn/#date-shore-meeting",
        "autumn/#date-shore-song",
        "autumn/#contribution-acme-gift",
        "spring/#first",
    ]
    assert entries[0].title == "Resolution 1/1: state: In preparation → Implemented"
    assert entries[2].link == f"{ROOT}resolutions/1-1/autumn/#shore-meeting"
    assert entries[-1].updated == "2024-06-15T00:00:00Z"


def test_an_entry_says_what_the_report_says_and_where() -> None:
    entry = feed_of().entries[0]
    assert entry.summary.splitlines() == [
        "Resolution 1/1: Clean shores",
        "The shores are clean.",
        "Source: AL/REP/2, para. 7; AL/REP/2, para. 8",
    ]
    assert [tag.term for tag in entry.tags] == ["status"]


def test_a_feed_says_address_licence_and_date() -> None:
    feed = feed_of().feed
    links = {link.rel: link.href for link in feed.links}
    assert links == {
        "self": f"{ROOT}api/v1/resolutions/1-1.atom",
        "alternate": f"{ROOT}resolutions/1-1/",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert feed.rights == "CC BY 4.0" and "Latest report: AL/REP/2" in feed.subtitle
    assert feed.updated == "2024-12-31T00:00:00Z"


def test_hostile_texts_stay_texts() -> None:
    organ = SMALL.edit(FIRST, "title: Clean shores", "title: '</title>\"&<b>'")
    organ = organ.edit(BODY, "site_name: Lake tracker", "site_name: '\"/><x/>'")
    text = feeds.changes(organ.view().at(ROOT))
    etree.fromstring(text.encode())
    assert feedparser.parse(text.encode()).feed.author == '"/><x/>'


@pytest.mark.parametrize(("limit", "count"), [(500, 7), (7, 7), (6, 5), (1, 5)])
def test_a_long_feed_drops_whole_old_periods(
    monkeypatch: pytest.MonkeyPatch, limit: int, count: int
) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", limit)
    entries = feedparser.parse(feeds.changes(SMALL.view().at(ROOT)).encode()).entries
    assert len(entries) == count
