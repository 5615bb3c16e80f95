/**
 * Runs before the theme's own script, which asks for a sitemap.xml at the address of every
 * link[rel=alternate]: requests that nobody needs, to addresses that may not exist. A second token keeps
 * the links what they are for everybody else.
 */
for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel = "alternate nofollow";
