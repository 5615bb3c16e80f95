/**
 * Runs while a page is read, before anything of it is shown: says that scripts run, and puts on the colours that
 * the reader chose, or else those of the reader's system.
 */
(() => {
  document.documentElement.classList.replace("no-js", "js");
  const buttons = [...document.querySelectorAll("[data-tracker-colours]")];
  if (!buttons.length) return;
  const key = `${document.currentScript.dataset.scope}.__palette`;

  function stored() {
    try {
      const { scheme } = JSON.parse(localStorage.getItem(key)).color;
      return buttons.find((button) => button.dataset.scheme === scheme);
    } catch {
      return undefined; // nothing is stored, or nothing may be
    }
  }

  function show(chosen) {
    for (const name of ["scheme", "primary", "accent"]) {
      document.body.setAttribute(`data-md-color-${name}`, chosen.dataset[name]);
    }
    for (const button of buttons) button.hidden = button !== chosen;
  }

  function suited() {
    return buttons.find((button) => matchMedia(button.dataset.media).matches) ?? buttons[0];
  }

  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => {
      const next = buttons[(index + 1) % buttons.length];
      show(next);
      next.focus();
      try {
        localStorage.setItem(key, JSON.stringify({ color: { scheme: next.dataset.scheme } }));
      } catch {
        // it holds for this page alone
      }
    });
    matchMedia(button.dataset.media).addEventListener("change", () => stored() || show(suited()));
  }
  show(stored() ?? suited());
})();
