/**
 * Narrows and sorts the rows of a list that are in the page already (`macros/filtersing.py` writes them).
 *
 * A row says what it has (`data-traits="state:implemented theme:housing"`). Any value of a facet may hold, but all
 * facets must. What is chosen is kept in the address, each choice as a step that the browser's back button takes back.
 */

import { menus } from "./menus.js";

const lang = document.documentElement.lang || "en";
const collator = new Intl.Collator(lang, { numeric: true });
const wide = matchMedia("(min-width: 45em)"); // below, a table is a stack of cards without column headers

function filters(form) {
  const scope = form.closest("[data-filters-scope]");
  const strings = JSON.parse(form.dataset.filters);
  const first = Object.keys(strings.all)[0];
  let rows = [...scope.querySelectorAll("[data-traits]")].map((element) => ({
    element,
    kind: element.dataset.of ?? first,
    traits: new Set(element.dataset.traits.split(" ")),
  }));
  const parts = [...scope.querySelectorAll("[data-part]")];
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const stored = new Set(boxes.map((box) => box.name));
  const known = new Set(form.dataset.rows ? [] : stored);
  const wholes = new Map(boxes.map((box) => [box, box.parentElement.lastElementChild.textContent]));
  const facets = new Set([...boxes.map((box) => box.name), ...Object.keys(strings.common)]);
  const select = form.elements.sort;
  const find = (name) => form.querySelector(`.rt-filters__${name}`);
  const [toggle, status, chosen, empty, reset] = ["toggle", "status", "chosen", "empty", "reset"].map(find);

  /** The chosen tokens of each facet that has any. */
  const choices = () => {
    const found = new Map();
    for (const { name, value } of boxes.filter((box) => box.checked)) {
      found.set(name, [...(found.get(name) ?? []), `${name}:${value}`]);
    }
    return found;
  };

  /** Shows the rows that fit; counts at each value the rows there would be with it, whatever else is chosen in its facet. */
  const filter = (asked) => {
    const shown = new Map(Object.keys(strings.all).map((kind) => [kind, 0]));
    const counts = new Map();
    const inPart = parts.map(() => 0);
    for (const { element, part, kind, traits } of rows) {
      const failed = [...asked].filter(([, tokens]) => !tokens.some((token) => traits.has(token)));
      if (element) element.hidden = failed.length > 0;
      else if (!failed.length) inPart[part] += 1;
      if (!failed.length) shown.set(kind, shown.get(kind) + 1);
      if (failed.length > 1 || kind !== first) continue;
      for (const token of traits) {
        if (!failed.length || token.startsWith(`${failed[0][0]}:`)) counts.set(token, (counts.get(token) ?? 0) + 1);
      }
    }
    for (const box of boxes) {
      if (stored.has(box.name) && !known.has(box.name)) {
        box.parentElement.lastElementChild.textContent = asked.size ? "" : (wholes.get(box) ?? "");
        continue;
      }
      const count = counts.get(`${box.name}:${box.value}`) ?? 0;
      box.parentElement.lastElementChild.textContent = count.toLocaleString(lang);
      box.parentElement.hidden = !count && !box.checked;
    }
    for (const group of scope.querySelectorAll("[data-filters-group]")) {
      const own = [...group.querySelectorAll("[data-traits]")];
      group.hidden = own.length > 0 && own.every((row) => row.hidden);
    }
    for (const [place, part] of parts.entries()) {
      part.hidden = !inPart[place];
      part.lastElementChild.textContent = inPart[place].toLocaleString(lang);
      part.querySelector("a").search = location.search; // the page that it leads to is filtersed alike
    }
    for (const whole of scope.querySelectorAll("[data-filters-whole]")) whole.hidden = asked.size > 0;
    return shown;
  };

  /** The rows of the table in the order of a column; what is not reported comes last either way. */
  const sort = () => {
    if (!select) return;
    const [, backwards, key] = select.value.match(/^(-?)(.*)$/);
    const sign = backwards ? -1 : 1;
    const columns = [...scope.querySelectorAll("th[data-sort]")];
    for (const header of columns) {
      const own = header.dataset.sort === key || (!key && header.dataset.sort === "number");
      if (own) header.setAttribute("aria-sort", backwards ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    }
    for (const table of new Set(columns.map((header) => header.closest("table")))) {
      const headers = [...table.tHead.rows[0].cells];
      const column = headers.findIndex((header) => header.dataset.sort === key);
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const inOrder = rows.map(({ element }) => element).filter((row) => table.contains(row));
      if (key === "number" && backwards) inOrder.reverse();
      else if (column > 0) {
        const keyed = inOrder.map((row) => [value(row), row]);
        keyed.sort(([a], [b]) => !a - !b || sign * collator.compare(a, b));
        inOrder.splice(0, inOrder.length, ...keyed.map(([, row]) => row));
      }
      table.tBodies[0].append(...inOrder);
    }
    for (const list of scope.querySelectorAll("[data-filters-reverse]")) {
      if ((list.dataset.filtersReverse === "-") !== (sign < 0)) {
        list.append(...[...list.children].reverse());
        list.dataset.filtersReverse = sign < 0 ? "-" : "";
      }
    }
  };

  const captions = [...scope.querySelectorAll("[data-filters-caption]")].map((caption) => [caption, caption.textContent]);

  /** What is to be read, of the rows of a list that is on several pages, for some choices: any facet tells how many there are. */
  const unread = (asked) => {
    const wanted = [...stored].filter((name) => "atOnce" in form.dataset || asked.has(name));
    return (wanted.length || rows.length ? wanted : [...stored].slice(0, 1)).filter((name) => !known.has(name));
  };

  const load = async (names) => {
    try {
      const files = names.map(async (name) => [name, await (await fetch(`${form.dataset.rows}${name}.json`)).json()]);
      for (const [name, column] of await Promise.all(files)) {
        if (!rows.length) {
          rows = column.parts.flatMap((size, part) => Array.from({ length: size }, () => ({ part, kind: first, traits: new Set() })));
        }
        for (const [place, own] of column.rows.entries()) {
          for (const value of [own].flat()) rows[place].traits.add(`${name}:${column.values[value]}`);
        }
        known.add(name);
      }
    } catch {
      status.textContent = strings.error; // and read again with the next choice
    }
  };

  const show = async () => {
    if (parts.length) {
      if (!choices().size && !rows.length) return;
      await load(unread(choices()));
      if (unread(choices()).length) return; // the next choice is being read, or this one could not be
    }
    const asked = choices();
    const shown = filter(asked);
    sort();
    const said = [...shown].map(([kind, count]) =>
      asked.size ? strings.some[kind].replace("{shown}", count.toLocaleString(lang)) : strings.all[kind],
    );
    for (const [caption, whole] of captions) {
      caption.textContent = asked.size ? said[0] : whole;
      caption.classList.toggle("rt-hidden", asked.size > 0); // the same is above the table already
    }
    if (select?.value) said.push(select.selectedOptions[0].textContent);
    status.textContent = said.join(strings.separator);
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
    const button = document.createElement("button");
    button.type = "button";
    button.className = "rt-filters__chip";
    button.textContent = name;
    button.setAttribute("aria-label", strings.remove.replace("{value}", () => name));
    button.addEventListener("click", async () => {
      const place = [...chosen.children].indexOf(button);
      box.checked = false;
      await change();
      focusOn(chosen.hidden ? undefined : chosen.children[place]);
    });
    return button;
  };

  const focusOn = (element) => (element ?? (wide.matches ? form.querySelector("summary") : toggle)).focus();

  // The address

  /** A box for what the address asks for and no row has: nothing fits then, rather than everything. */
  const unheard = (name, value) => {
    const label = document.createElement("label");
    const [box, word, count] = ["input", "span", "span"].map((tag) => document.createElement(tag));
    Object.assign(box, { type: "checkbox", name, value });
    word.textContent = value;
    label.append(box, word, " ", count);
    const own = form.querySelector(`[name="${name}"]`)?.closest("fieldset");
    (own ?? aside).append(label);
    boxes.push(box);
  };
  const aside = document.createElement("div");
  aside.hidden = true;
  form.append(aside);

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const [name, value] of asked) {
      const known = boxes.some((box) => box.name === name && box.value === value);
      if (facets.has(name) && !known && !strings.common[name]?.includes(value)) unheard(name, value);
    }
    for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
    if (select) {
      select.value = asked.get("sort") ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    return show();
  };

  const write = () => {
    const others = [...new URLSearchParams(location.search)].filter(([name]) => name !== "sort" && !boxes.some((box) => box.name === name));
    const own = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams([...others, ...own]).toString();
    const address = `${location.pathname}${query && `?${query}`}${location.hash}`;
    if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address);
  };

  const change = () => {
    write();
    return show();
  };

  // Column headers: buttons, where there are columns

  const headers = () => {
    for (const header of scope.querySelectorAll("th[data-sort]")) {
      const button = header.querySelector("button");
      if (wide.matches && !button) {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "rt-filters__column";
        made.append(...header.childNodes);
        made.addEventListener("click", () => {
          const key = header.dataset.sort === "number" ? "" : header.dataset.sort;
          select.value = select.value === key ? `-${header.dataset.sort}` : key;
          change();
        });
        header.append(made);
      } else if (!wide.matches && button) button.replaceWith(...button.childNodes);
    }
  };

  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", async (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    if (select) select.value = "";
    await change();
    focusOn();
  });
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", open);
  });
  menus(form);
  addEventListener("popstate", read);
  wide.addEventListener("change", headers);
  headers();
  read();
}

for (const form of document.querySelectorAll("form[data-filters]")) filters(form);
