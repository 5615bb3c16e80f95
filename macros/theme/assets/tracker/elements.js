export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Menus made of <details>: those over the page close by Escape, by a click elsewhere, and when the focus goes on. Those
 * in the flow of the page, as on a phone, stay: what is below them would move under the finger.
 */
export function menus(form) {
  const open = () => [...form.querySelectorAll("details[open]")];
  const covers = (menu) => getComputedStyle(menu.querySelector("fieldset")).position === "absolute";
  const leave = (target) => {
    for (const menu of open()) if (covers(menu) && !menu.contains(target)) menu.open = false;
  };
  form.addEventListener("keydown", ({ key, target }) => {
    const menu = target.closest("details[open]");
    if (key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && leave(relatedTarget));
  document.addEventListener("pointerdown", ({ target }) => leave(target));
}
