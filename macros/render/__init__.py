"""What a template sees of a corpus: words, addresses, HTML; templates and charts; citations.

Exports, report, pages, search, site, diff, build, plugin and cli may import it. It imports queries and below.
"""
