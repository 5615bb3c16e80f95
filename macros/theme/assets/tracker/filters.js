/**
 * Filters and sorts the rows of a list in the page, whose facet values are `data-facets="state:done theme:housing"`:
 * any value of a facet may hold, but all facets must. Each choice is a step in the history of the browser.
 */

import { make, menus } from "./elements.js";

const lang = document.documentElement.lang || "en";
const collator = new Intl.Collator(lang, { numeric: true });
const wide = matchMedia("(min-width: 45em)"); // below, a table is a stack of cards without column headers

function enhance(form) {
  const scope = form.closest("[data-filters-scope]");
  const strings = JSON.parse(form.dataset.filters);
  const [first] = Object.keys(strings.all);
  const rows = [...scope.querySelectorAll("[data-facets]")].map((element) => ({
    element,
    kind: element.dataset.filtersKind ?? first,
    tokens: new Set(element.dataset.facets.split(" ")),
  }));
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const facets = new Set([...boxes.map((box) => box.name), ...Object.keys(strings.common)]);
  const captions = [...scope.querySelectorAll("[data-filters-caption]")].map((caption) => [caption, caption.textContent]);
  const select = form.elements.sort;
  const find = (name) => form.querySelector(`.rt-filters__${name}`);
  const [toggle, status, chosen, empty, reset] = ["toggle", "status", "chosen", "empty", "reset"].map(find);

  /** The chosen tokens of each facet that has any. */
  const choices = () => {
    const tokens = new Map();
    for (const { name, value } of boxes.filter((box) => box.checked)) tokens.set(name, [...(tokens.get(name) ?? []), `${name}:${value}`]);
    return tokens;
  };

  /** Shows the rows that fit; counts at each value the rows there would be with it, whatever else is chosen in its facet. */
  const filter = (asked) => {
    const shown = new Map(Object.keys(strings.all).map((kind) => [kind, 0]));
    const counts = new Map();
    for (const { element, kind, tokens } of rows) {
      const failed = [...asked].filter(([, wanted]) => !wanted.some((token) => tokens.has(token)));
      element.hidden = failed.length > 0;
      if (!failed.length) shown.set(kind, shown.get(kind) + 1);
      if (failed.length > 1 || kind !== first) continue;
      for (const token of tokens) {
        if (!failed.length || token.startsWith(`${failed[0][0]}:`)) counts.set(token, (counts.get(token) ?? 0) + 1);
      }
    }
    for (const box of boxes) {
      const count = counts.get(`${box.name}:${box.value}`) ?? 0;
      box.parentElement.lastElementChild.textContent = count.toLocaleString(lang);
      box.parentElement.hidden = !count && !box.checked;
    }
    for (const group of scope.querySelectorAll("[data-filters-group]")) {
      const own = [...group.querySelectorAll("[data-facets]")];
      group.hidden = own.length > 0 && own.every((row) => row.hidden);
    }
    for (const whole of scope.querySelectorAll("[data-filters-whole]")) whole.hidden = asked.size > 0;
    return shown;
  };

  /** Puts the rows in the order of a column; what is not reported comes last either way. */
  const sort = () => {
    if (!select) return;
    const [, backwards, key] = select.value.match(/^(-?)(.*)$/);
    const sign = backwards ? -1 : 1;
    const columns = [...scope.querySelectorAll("th[data-sort]")];
    for (const header of columns) {
      const own = header.dataset.sort === key || (!key && header.dataset.sort === "number");
      header.ariaSort = own ? (backwards ? "descending" : "ascending") : null;
    }
    for (const table of new Set(columns.map((header) => header.closest("table")))) {
      const column = [...table.tHead.rows[0].cells].findIndex((header) => header.dataset.sort === key);
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const inOrder = rows.map(({ element }) => element).filter((row) => table.contains(row));
      if (key === "number" && backwards) inOrder.reverse();
      else if (column > 0) inOrder.sort((a, b) => !value(a) - !value(b) || sign * collator.compare(value(a), value(b)));
      table.tBodies[0].append(...inOrder);
    }
    for (const list of scope.querySelectorAll("[data-filters-reverse]")) {
      if ((list.dataset.filtersReverse === "-") !== (sign < 0)) {
        list.append(...[...list.children].reverse());
        list.dataset.filtersReverse = sign < 0 ? "-" : "";
      }
    }
  };

  const show = () => {
    const asked = choices();
    const shown = filter(asked);
    sort();
    const texts = [...shown].map(([kind, count]) =>
      asked.size ? strings.some[kind].replace("{shown}", count.toLocaleString(lang)) : strings.all[kind],
    );
    for (const [caption, whole] of captions) {
      caption.textContent = asked.size ? texts[0] : whole;
      caption.classList.toggle("rt-hidden", asked.size > 0); // the same is above the table already
    }
    if (select?.value) texts.push(select.selectedOptions[0].textContent);
    status.textContent = texts.join(strings.separator);
    empty.hidden = [...shown.values()].some((count) => count > 0);
    chosen.hidden = !asked.size && !select?.value;
    chosen.replaceChildren(...boxes.filter((box) => box.checked).map(chip), reset);
    for (const facet of form.querySelectorAll("details")) {
      facet.toggleAttribute("data-chosen", facet.querySelector(":checked") !== null);
    }
  };

  /** A button that takes one choice back; the focus goes on to what comes after it. */
  const chip = (box) => {
    const name = box.nextElementSibling.textContent;
    const button = make("button", { type: "button", class: "rt-filters__chip" }, name);
    button.setAttribute("aria-label", strings.remove.replace("{value}", () => name));
    button.addEventListener("click", () => {
      const place = [...chosen.children].indexOf(button);
      box.checked = false;
      change();
      focusOn(chosen.hidden ? undefined : chosen.children[place]);
    });
    return button;
  };

  const focusOn = (element) => (element ?? (wide.matches ? form.querySelector("summary") : toggle)).focus();

  /** Adds a box for what the address asks for and no row has: nothing fits then, rather than everything. */
  const addBox = (name, value) => {
    const box = make("input", { type: "checkbox", name, value });
    const label = make("label", {}, box, make("span", {}, value), " ", make("span"));
    (form.querySelector(`[name="${name}"]`)?.closest("fieldset") ?? aside).append(label);
    boxes.push(box);
  };
  const aside = make("div", { hidden: "" });
  form.append(aside);

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const [name, value] of asked) {
      const known = boxes.some((box) => box.name === name && box.value === value);
      if (facets.has(name) && !known && !strings.common[name]?.includes(value)) addBox(name, value);
    }
    for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
    const isAsked = ({ value }) => value === asked.get("sort");
    if (select) select.selectedIndex = Math.max([...select.options].findIndex(isAsked), 0);
    show();
  };

  const change = () => {
    const isOther = ([name]) => name !== "sort" && !boxes.some((box) => box.name === name);
    const others = [...new URLSearchParams(location.search)].filter(isOther);
    const own = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams([...others, ...own]).toString();
    const address = `${location.pathname}${query && `?${query}`}${location.hash}`;
    if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address);
    show();
  };

  /** Makes column headers buttons, where there are columns. */
  const headers = () => {
    for (const header of scope.querySelectorAll("th[data-sort]")) {
      const button = header.querySelector("button");
      if (wide.matches && !button) {
        const sorter = make("button", { type: "button", class: "rt-filters__column" }, ...header.childNodes);
        sorter.addEventListener("click", () => {
          const key = header.dataset.sort === "number" ? "" : header.dataset.sort;
          select.value = select.value === key ? `-${header.dataset.sort}` : key;
          change();
        });
        header.append(sorter);
      } else if (!wide.matches && button) button.replaceWith(...button.childNodes);
    }
  };

  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    if (select) select.value = "";
    change();
    focusOn();
  });
  toggle.addEventListener("click", () => (toggle.ariaExpanded = String(toggle.ariaExpanded !== "true")));
  menus(form);
  addEventListener("popstate", read);
  wide.addEventListener("change", headers);
  headers();
  read();
}

for (const form of document.querySelectorAll("form[data-filters]")) enhance(form);
