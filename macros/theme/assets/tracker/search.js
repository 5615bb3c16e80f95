// Search: suggestions under the field in the header, and the page of results. Nothing is downloaded before someone
// means to search; then Pagefind, by its public interface, and the table of identifiers, whose exact matches come first.

import { make as makeElement, menus } from "./elements.js";
import { search as usual } from "./words.js";

const SUGGESTIONS = 6;
const PAGE = 10;
const FEW = 3; // results, below which other languages are offered
const PAUSE = 150; // milliseconds without typing after which a search starts
const HIDDEN = ["title", "aliases", "folded"]; // metadata that is searched and not shown
const lang = document.documentElement.lang || "en";

/** The key of an identifier in the lookup table; `macros/search/documents.py` has the same function. */
export function normalize(identifier) {
  return identifier
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{Z}\p{Cc}\p{Cf}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'`]/gu, "")
    .replace(/[\p{P}\p{S}]+/gu, "/")
    .replace(/^\/|\/$/g, "");
}

let loading;

async function loadPagefind(root) {
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  await pagefind.options({ baseUrl: "/", ranking: { metaWeights: { title: 10, aliases: 10 } } });
  await pagefind.init();
  return pagefind;
}

/** Pagefind, ready to search, and the table of identifiers, as two promises. */
function load(root) {
  loading ??= {
    pagefind: loadPagefind(root),
    table: fetch(new URL("pagefind/lookup.json", root)).then((response) => response.json()),
  };
  for (const promise of Object.values(loading)) promise.catch(() => {}); // shown when someone searches
  return loading;
}

/** After a failure, the next search loads everything anew. */
function reset() {
  loading?.pagefind.then((pagefind) => pagefind.destroy(), () => {});
  loading = undefined;
}

/** The pages that a query names exactly. */
async function lookup(root, query) {
  const key = normalize(query);
  const pages = key ? await load(root).table : {};
  return Object.hasOwn(pages, key) ? pages[key].map((page) => ({ ...page, exact: true })) : [];
}

/**
 * The first hits, those that the query names before others, at least `size` if there are as many; the results not yet
 * read; the count of both; how many results each value of each filter has. `null` if something else is asked for by then.
 */
async function find(root, query, named, size, isCurrent, { filters = {}, pause = PAUSE } = {}) {
  const pagefind = await load(root).pagefind;
  pagefind.preload(query || null, { filters }).catch(() => {}); // the search itself shows the failure
  await new Promise((resume) => setTimeout(resume, pause));
  if (!isCurrent()) return null;
  const found = await pagefind.search(query || null, { filters });
  const head = await Promise.all(found.results.slice(0, size).map(read));
  const exact = named.map((page) => ({ ...page, ...head.find(({ url }) => url === page.url) }));
  const hits = [...exact, ...head.filter(({ url }) => !named.some((page) => page.url === url))];
  const rest = found.results.slice(size);
  return isCurrent() ? { hits, rest, count: hits.length + rest.length, counts: found.filters } : null;
}

async function read(result) {
  const { url, meta, excerpt } = await result.data();
  const shown = Object.entries(meta).filter(([name]) => !HIDDEN.includes(name));
  return { url: url.slice(1), title: meta.title, meta: shown, excerpt };
}

const SCRIPTS = { Hans: "Han", Hant: "Han", Jpan: "Han", Kore: "Hangul" }; // names of CLDR → names of Unicode

const script = (language) => new Intl.Locale(language).maximize().script;
const isWrittenLike = (language, text) =>
  new RegExp(`\\p{Script=${SCRIPTS[script(language)] ?? script(language)}}`, "u").test(text);

/** Links to the languages in whose script the query is, or to all of them where little was found. */
function offers({ hits, count }, query, { languages = [] }, link) {
  if (!query || hits[0]?.exact) return [];
  const isForeign = !isWrittenLike(lang, query);
  const others = languages.filter(({ tag }) => count < FEW || (isForeign && isWrittenLike(tag, query)));
  return others.map(({ root, offer }) => {
    const address = new URL("search/", new URL(root, document.baseURI));
    return link(`${address}?${new URLSearchParams({ q: query })}`, offer.replace("{query}", () => query));
  });
}

const make = (tag, names, attributes = {}, ...children) =>
  makeElement(tag, { class: names.replace(/\S+/g, "tracker-search__$&"), ...attributes }, ...children);

/** What describes a hit below its title. */
function details({ exact, meta = [], excerpt = "" }, strings) {
  const items = meta.map(([name, value]) => make("span", "meta-item", { "data-name": name }, value));
  if (exact) items.unshift(make("span", "exact", {}, strings.exact));
  return [
    make("div", "meta", {}, ...items.flatMap((item) => [item, " "])),
    make("div", "excerpt", {}, ...marked(excerpt)),
  ];
}

/** Pagefind's excerpt, in which `<mark>` is the only markup, as nodes. */
function marked(excerpt) {
  const pieces = excerpt.replaceAll("</mark><mark>", "").split(/<\/?mark>/);
  return pieces.map((piece, index) => {
    const text = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return index % 2 ? make("mark", "mark", {}, text) : text;
  });
}

/** How many results there are; other plural forms than `one` and `many` go by their names in CLDR. */
function summary(count, query, strings) {
  if (!count) return strings.none.replace("{query}", () => query);
  const form = strings[new Intl.PluralRules(lang).select(count)] ?? strings.many;
  return form.replace("{count}", count.toLocaleString(lang));
}

function settings(form) {
  const root = new URL(form.dataset.base, document.baseURI);
  const { strings } = form.dataset;
  return { root, strings: strings ? JSON.parse(strings) : usual, field: form.elements.q };
}

/** Calls `update` when the text has changed, but not amid the composition of a Chinese word; phones compose English too. */
function onTyping(field, update) {
  const isComposed = script(lang) in SCRIPTS;
  field.addEventListener("input", (event) => (isComposed && event.isComposing) || update());
  field.addEventListener("compositionend", () => update());
}

/** The field in the header: an ARIA combobox. */
function suggest(form, index) {
  const { root, strings, field } = settings(form);
  const id = `tracker-search-${index}`;
  const status = make("p", "live", { role: "status" });
  const message = make("p", "message", { "aria-hidden": true });
  const list = make("div", "list", { id, role: "listbox", "aria-label": strings.placeholder });
  const panel = make("div", "panel", { hidden: "" }, message, list);
  form.append(panel, status);
  const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": false };
  for (const [key, value] of Object.entries({ ...combobox, autocomplete: "off" })) field.setAttribute(key, value);

  let active;
  const choose = (option) => {
    active?.setAttribute("aria-selected", false);
    active = option;
    active?.setAttribute("aria-selected", true);
    active?.scrollIntoView({ block: "nearest" });
    if (active) field.setAttribute("aria-activedescendant", active.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const toggle = (isShown) => {
    choose();
    panel.hidden = !isShown;
    field.setAttribute("aria-expanded", isShown && list.hasChildNodes());
  };
  const fill = (text, options = []) => {
    const chosen = active?.href;
    status.textContent = message.textContent = text;
    for (const [at, option] of options.entries()) option.id = `${id}-${at}`;
    list.replaceChildren(...options);
    toggle(!panel.hidden);
    choose(options.find(({ href }) => href === chosen));
  };
  const option = (names, href, ...children) =>
    make("a", names, { role: "option", "aria-selected": false, tabindex: -1, href }, ...children);
  const suggestion = (hit) =>
    option("option", new URL(hit.url, root), make("div", "title", {}, hit.title), ...details(hit, strings));

  const update = async () => {
    const query = field.value.trim();
    const isCurrent = () => query === field.value.trim();
    panel.hidden = !query || field !== document.activeElement;
    if (!query) return fill("");
    if (!list.hasChildNodes()) fill(strings.searching);
    try {
      const named = await lookup(root, query);
      if (named.length && isCurrent()) fill(strings.searching, named.map(suggestion));
      const found = await find(root, query, named, SUGGESTIONS, isCurrent);
      if (!found) return;
      const options = found.hits.slice(0, SUGGESTIONS).map(suggestion);
      const all = `${form.action}?${new URLSearchParams({ q: query })}`;
      if (found.count) options.push(option("option all", all, strings.all));
      options.push(...offers(found, query, strings, (href, text) => option("option other", href, text)));
      fill(summary(found.count, query, strings), options);
    } catch {
      reset();
      if (isCurrent()) fill(strings.error);
    }
  };

  onTyping(field, update);
  field.addEventListener("focus", () => {
    load(root);
    if (list.hasChildNodes()) toggle(true);
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || toggle(false));
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hasChildNodes()) {
      const places = [...list.children, undefined]; // the last place is the field itself
      const from = places.indexOf(active);
      if (panel.hidden) toggle(true);
      choose(places.at((from + step) % places.length));
    } else if (event.key === "Enter" && active) active.click();
    else if (event.key === "Escape" && !panel.hidden) toggle(false);
    else return;
    event.preventDefault();
  });
}

/** The filters of the index that have a label: checkboxes in the order of the labelled values. */
function fieldsets(available, labels = {}, asked) {
  const offered = Object.entries(labels).filter(([name]) => available[name]);
  return offered.map(([name, { label, values = {} }]) => {
    const place = (value) => Object.keys(values).indexOf(value) >>> 0; // unknown ones last
    const order = (a, b) => place(a) - place(b) || a.localeCompare(b, lang, { numeric: true });
    const boxes = Object.keys(available[name]).sort(order).map((value) => {
      const box = make("input", "box", { type: "checkbox", name, value });
      box.checked = asked.getAll(name).includes(value);
      return make("label", "value", {}, box, `${values[value] ?? value} `, make("span", "count"));
    });
    const group = make("fieldset", "facet", { name }, make("legend", "legend", {}, label), ...boxes);
    return make("details", "menu", { name: "filters" }, make("summary", "summary", {}, label), group);
  });
}

function searchPage(form, section) {
  const { root, strings, field } = settings(form);
  const status = make("p", "status", { role: "status" }, strings.hint);
  const others = make("p", "others");
  const facets = makeElement("form", { class: "tracker-search__facets rt-filters" });
  const list = make("ol", "results");
  const more = make("button", "more", { type: "button", hidden: "" }, strings.more);
  section.append(facets, status, others, list, more);
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  let rest = [];

  const show = (hits, left, isMore = false) => {
    for (const part of isMore ? [] : [list, others]) part.replaceChildren();
    for (const hit of hits) {
      const link = make("a", "title", { href: new URL(hit.url, root) }, hit.title);
      list.append(make("li", "result", {}, link, ...details(hit, strings)));
    }
    rest = left;
    more.hidden = !rest.length;
  };

  const makeFacets = async () => {
    const available = await (await load(root).pagefind).filters();
    if (facets.hasChildNodes()) return;
    facets.append(...fieldsets(available, strings.filters, asked));
    menus(facets);
  };

  /** Pagefind's filters for what is chosen: any value of a filter, but all filters; one may be left out. */
  const chosen = (except) => {
    const filters = {};
    for (const [name, value] of new FormData(facets)) {
      if (name === except) continue;
      filters[name] ??= { any: [] };
      filters[name].any.push(value);
    }
    return filters;
  };

  /** Shows at each value how many results it has, or would have if it were chosen too. */
  const showCounts = async (query, counts, isCurrent) => {
    const pagefind = await load(root).pagefind;
    for (const facet of facets.querySelectorAll("fieldset")) {
      const isChosen = facet.name in chosen();
      const filters = chosen(facet.name);
      const own = isChosen ? (await pagefind.search(query || null, { filters })).filters : counts;
      if (!isCurrent()) return;
      for (const box of facet.querySelectorAll("input")) {
        const number = own[facet.name]?.[box.value] ?? 0;
        box.parentElement.lastChild.textContent = number.toLocaleString(lang);
        box.parentElement.hidden = !number && !box.checked;
      }
      facet.parentElement.toggleAttribute("data-chosen", isChosen);
    }
  };

  const address = () => `?${new URLSearchParams([["q", field.value.trim()], ...new FormData(facets)])}`;

  const update = async (pause) => {
    try {
      if (!list.hasChildNodes()) status.textContent = strings.searching;
      await makeFacets();
      const query = field.value.trim(); // what is asked for once the filters are there
      const now = address();
      const isCurrent = () => now === address();
      const filters = chosen();
      const isFiltered = Object.keys(filters).length > 0;
      history.replaceState(history.state, "", now);
      const isIdle = !query && !isFiltered;
      const named = isFiltered ? [] : await lookup(root, query);
      const found = await find(root, query, named, isIdle ? 0 : PAGE, isCurrent, { filters, pause });
      if (!found) return;
      show(found.hits, isIdle ? [] : found.rest);
      status.textContent = isIdle ? strings.hint : summary(found.count, query, strings);
      others.replaceChildren(...offers(found, query, strings, (href, text) => make("a", "other", { href }, text)));
      await showCounts(query, found.counts, isCurrent);
    } catch {
      reset();
      show([], []);
      status.textContent = strings.error;
    }
  };

  onTyping(field, update);
  for (const own of [form, facets]) own.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("submit", () => update(0));
  facets.addEventListener("change", () => update(0));
  more.addEventListener("click", async () => {
    const [before, seen] = [rest, list.children.length];
    const hits = await Promise.all(rest.slice(0, PAGE).map(read));
    if (rest !== before) return; // another search, or another click, was faster
    show(hits, rest.slice(PAGE), true);
    list.children[seen].querySelector("a").focus();
  });
  if (location.search) update(0);
  else field.addEventListener("focus", () => update(0), { once: true });
}

const forms = [...document.querySelectorAll("form[data-tracker-search]")];
const section = document.querySelector("section[data-tracker-results]");
for (const [index, form] of forms.entries()) {
  if (form.dataset.trackerSearch !== "page") suggest(form, index);
  else if (section) searchPage(form, section);
}

// Keys that lead to the search; they can be turned off on the page of results (WCAG 2.1.4)
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
  if (!forms.length || stored() === "off") return;
  event.preventDefault();
  const shown = forms.find((form) => form.getClientRects().length);
  if (shown) shown.elements.q.focus();
  else location.assign(forms[0].action);
});

/** Whether the keys are on; with a value, sets it. A browser may store nothing. */
function stored(value) {
  try {
    if (value) localStorage.setItem("tracker.search-keys", value);
    return localStorage.getItem("tracker.search-keys");
  } catch {
    return null;
  }
}

const keys = document.querySelector("input[data-tracker-keys]");
if (keys) {
  keys.checked = stored() !== "off";
  keys.addEventListener("change", () => stored(keys.checked ? "on" : "off"));
}
