"""Two revisions of an organ's data and pages: what readers will see change, in words.

For `cli` alone; it is given the day of the build.
"""
