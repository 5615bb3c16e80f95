"""Files of the whole site: permalinks, redirects, sitemap, structured data, configuration of hosts.

May be imported by `diff`, `authoring`, `build`, `plugin` and `cli`.
"""
