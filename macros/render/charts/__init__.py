"""Pictures as inline SVG, from shapes to what they show of a corpus.

Imported by the view and its templates alone.
"""
