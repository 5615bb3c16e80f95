/**
 * Runs in the head of a page, before anything of it is shown: says that scripts run, and puts on the colours that the
 * reader chose, or else those of the reader's system. The button that changes them works once the page is there.
 *
 * Of the file that pages load, the first line is the path of the site's root and the sets of colours of mkdocs.yml:
 * `const tracker = {scope, palettes}`.
 */
(() => {
  const root = document.documentElement;
  const { scope, palettes: all } = tracker; // of each: media, scheme, primary, accent
  const key = `${scope}.__palette`;
  root.classList.replace("no-js", "js");
  if (!all.length) return;

  function chosen() {
    try {
      const { scheme } = JSON.parse(localStorage.getItem(key)).color;
      return all.findIndex((palette) => palette.scheme === scheme);
    } catch {
      return -1; // nothing is stored, or nothing may be
    }
  }

  function current() {
    const suited = all.findIndex(({ media }) => matchMedia(media).matches);
    return Math.max(chosen(), chosen() < 0 ? suited : 0, 0);
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
    } catch {
      // it holds for this page alone
    }
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
