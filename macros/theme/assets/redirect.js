/** Leads from a further or former address to the page, with the anchor that the reader came with. */
const { to } = document.currentScript.dataset;
location.replace(to.includes("#") ? to : to + location.hash);
