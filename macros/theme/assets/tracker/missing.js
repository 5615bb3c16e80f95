/** The page of an error speaks all languages of the site: shows only the one in whose folder the address lies. */
const parts = [...document.querySelectorAll("[data-folder]")];
const folders = parts.map((part) => part.dataset.folder).filter((folder) => location.pathname.startsWith(folder));
const own = folders.reduce((longest, folder) => (folder.length > longest.length ? folder : longest), "");
if (own) {
  for (const part of parts) {
    part.hidden = part.dataset.folder !== own;
    if (!part.hidden && part.dataset.title) document.title = part.dataset.title;
  }
}
