"""Pictures as inline SVG, from shapes to what they show of a corpus."""
