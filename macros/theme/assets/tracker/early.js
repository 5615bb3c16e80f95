/**
 * Runs in the head of a page, before anything of it is shown: says that scripts run, and puts on the colours that the
 * reader or the system chose. A build puts a line before it: `const tracker = {scope, palettes}`, from mkdocs.yml.
 */
(() => {
  const root = document.documentElement;
  const { scope, palettes: all } = tracker; // of each: media, scheme, primary, accent
  const key = `${scope}.__palette`;
  root.classList.replace("no-js", "js");
  if (!all.length) return;

  function current() {
    let chosen = -1;
    try {
      const { scheme } = JSON.parse(localStorage.getItem(key)).color;
      chosen = all.findIndex((palette) => palette.scheme === scheme);
    } catch { /* nothing is stored, or nothing may be */ }
    return Math.max(chosen < 0 ? all.findIndex(({ media }) => matchMedia(media).matches) : chosen, 0);
  }

  function put(index) {
    for (const name of ["scheme", "primary", "accent"]) {
      document.body.setAttribute(`data-md-color-${name}`, all[index][name]);
    }
    for (const button of document.querySelectorAll("[data-tracker-colours]")) {
      button.hidden = Number(button.dataset.trackerColours) !== index;
    }
  }

  function change(event) {
    const next = (Number(event.currentTarget.dataset.trackerColours) + 1) % all.length;
    try {
      localStorage.setItem(key, JSON.stringify({ color: { scheme: all[next].scheme } }));
    } catch { /* it holds for this page alone */ }
    put(next);
    document.querySelector(`[data-tracker-colours="${next}"]`)?.focus();
  }

  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    put(current());
  }).observe(root, { childList: true });

  document.addEventListener("DOMContentLoaded", () => {
    put(current());
    for (const button of document.querySelectorAll("[data-tracker-colours]")) button.addEventListener("click", change);
    for (const { media } of all) matchMedia(media).addEventListener("change", () => put(current()));
  });
})();
