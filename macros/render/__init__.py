"""What a template sees of a corpus: words, addresses, HTML; templates, charts, citations.

May be imported by `exports`, `pages` and what stands above them.
"""
