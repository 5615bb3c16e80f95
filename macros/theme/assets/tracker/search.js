/**
 * Search: suggestions under the field in the header, and the page of results.
 *
 * Both are plain forms that lead to the page of results. `data-base` is the relative address of the root
 * of the page's language, `data-strings` has other words of the interface than those on all pages, as JSON. Nothing is
 * downloaded before someone means to search; then Pagefind's index, and the table of identifiers, whose exact matches
 * come first. `macros/search.py` writes both.
 */

import { search as usual } from "./words.js";

const SUGGESTIONS = 6;
const PAGE = 10;
const FEW = 3; // results, below which other languages are offered
const PAUSE = 150; // milliseconds without typing after which a search starts
const UNSHOWN = ["title", "aliases", "folded"];
const PAGEFIND = { baseUrl: "/", ranking: { metaWeights: { title: 10, aliases: 10 } } };
const lang = document.documentElement.lang || "en";

// Finding

/** The key of an identifier in the lookup table; `macros/search.py` has the same function. */
export function normalise(identifier) {
  return identifier
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{Z}\p{Cc}\p{Cf}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'`]/gu, "")
    .replace(/[\p{P}\p{S}]+/gu, "/")
    .replace(/^\/|\/$/g, "");
}

/** The number of a text, by which identifiers are divided among files; `macros/search.py` has the same function. */
export function spread(text) {
  let number = 0x811c9dc5;
  for (const character of text) number = Math.imul(number ^ character.codePointAt(0), 0x01000193) >>> 0;
  return number;
}

/** A function that does its task once, and again only after a failure. */
function once(task) {
  let done;
  return (...given) => {
    done ??= task(...given).catch((error) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}

async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** The table of identifiers of a language, or what is known of it if it is divided. */
const identifiers = once((root) => json(new URL("pagefind/lookup.json", root)));

/** The identifiers of a file of a divided table; the last one is kept, since a query asks for its own twice. */
function part(url) {
  if (last.url !== url) last = { url, load: once(() => json(url)) };
  return last.load();
}
let last = {};

/** The pages that a query names exactly. */
async function lookup(root, query) {
  const key = normalise(query);
  if (!key) return [];
  const table = await identifiers(root);
  const tables = table[""]?.tables;
  const known = tables ? await part(new URL(`pagefind/lookup/${spread(key) % tables}.json`, root).href) : table;
  return Object.hasOwn(known, key) ? known[key].map((page) => ({ ...page, exact: true })) : [];
}

/**
 * What searches an index, with its files unpacked by the browser, beside the page. Pagefind's script, which takes a tenth of
 * the time to the first result for it, leaves alone what is not packed.
 */
const unpacking = (Instance) =>
  class extends Instance {
    async throttledFetch(url) {
      const response = await super.throttledFetch(url);
      if (!window.DecompressionStream) return response;
      const data = await response.arrayBuffer();
      const [first, second] = new Uint8Array(data);
      const isPacked = first === 0x1f && second === 0x8b;
      return new Response(isPacked ? new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip")) : data);
    }
  };

let isWhole = false; // whether all shards are there

/** The first shard of a language's index, and a function that loads the others. */
const open = once(async (root) => {
  const base = new URL("pagefind/", root);
  const [{ PagefindInstance }, table] = await Promise.all([import(new URL("pagefind.js", base)), identifiers(root)]);
  const { shards: count = 1 } = table[""] ?? {};
  const Shard = unpacking(PagefindInstance);
  const load = async (number) => {
    const folder = new URL(number ? `${number}/` : "", base).href;
    const shard = new Shard({ ...PAGEFIND, basePath: folder, primary: !number });
    await shard.init(lang.toLowerCase(), { load_wasm: !number });
    return shard;
  };
  const first = await load(0);
  isWhole = count === 1;
  const all = once(async () => {
    const others = await Promise.all(Array.from({ length: count - 1 }, (_, at) => load(at + 1)));
    const shards = [first, ...others];
    if (count > 1) await Promise.all(shards.map((shard) => shard.enterPlaygroundMode())); // tells which words were matched
    isWhole = true;
    return shards;
  });
  return { first, all };
});

/** The results of all shards as if they were one, the best first, and how many have each value of each filter. */
async function ask(shards, query, filters) {
  const answers = await Promise.all(shards.map((shard) => shard.search(query || null, { filters })));
  const found = agreed(answers.filter(({ results }) => results.length));
  for (const { results, query_term_idfs: words = [] } of found.length > 1 ? found : []) {
    const rarity = words.reduce((sum, { idf }) => sum + idf, 0); // in a shard; scores are multiples of it
    if (rarity) for (const result of results) result.score /= rarity;
  }
  const results = found.flatMap((answer) => answer.results).sort((a, b) => b.score - a.score);
  return { results, counts: sums(found.map((answer) => answer.filters)) };
}

/**
 * For a word that a shard has not, Pagefind searches it for the longest beginning of the word, or passes over it. So of
 * several shards those count that have as much of each word as any.
 */
function agreed(answers) {
  const had = answers.map(({ results: [best], query_term_idfs: words = [] }) => {
    const matched = (best.scores ?? []).map((score) => score.search_term);
    for (const meta of best.verbose_meta_scores ?? []) matched.push(...meta.matched_terms);
    const common = (word, term) => (word.startsWith(term) ? term.length : term.startsWith(word) ? word.length : 0);
    return words.map(({ term }) => Math.max(...matched.map((word) => common(word, term))));
  });
  return answers.filter((_, at) => had[at].every((length, word) => had.every((other) => other[word] <= length)));
}

/** Numbers of values of filters, added up. */
function sums(counts) {
  const total = {};
  for (const [name, values] of counts.flatMap(Object.entries)) {
    total[name] ??= {};
    for (const [value, number] of Object.entries(values)) total[name][value] = (total[name][value] ?? 0) + number;
  }
  return total;
}

/** What is known before all shards are loaded: the pages that the query names, else what the first shard has. */
async function glance(root, query, size) {
  if (isWhole) return undefined;
  const searched = open(root).then(({ first }) => (isWhole ? undefined : search(root, [first], query, size)));
  searched.catch(() => {}); // told when it is used
  const named = await lookup(root, query);
  return named.length ? { hits: named } : searched;
}

/** Loads what the first shard has on a query, while it is not sure yet that it will be asked. */
async function ahead(root, query) {
  const { first } = await open(root);
  if (query) await first.preload(query);
}

/** What all shards have. */
async function find(root, query, size, filters = {}) {
  const { all } = await open(root);
  return search(root, await all(), query, size, filters);
}

/**
 * The first hits, at least `size` if there are as many, the results not yet read, and the count of both.
 * Pages that the query names exactly come first, unless filters are chosen.
 */
async function search(root, shards, query, size, filters = {}) {
  const [{ results, counts }, named] = await Promise.all([
    ask(shards, query, filters),
    Object.keys(filters).length ? [] : lookup(root, query),
  ]);
  const head = await Promise.all(results.slice(0, size).map(read));
  const exact = named.map((page) => ({ ...page, ...head.find(({ url }) => url === page.url) }));
  const others = head.filter(({ url }) => !named.some((page) => page.url === url));
  const hits = [...exact, ...others];
  const rest = results.slice(size);
  return { hits, rest, count: hits.length + rest.length, counts };
}

const SCRIPTS = { Hans: "Han", Hant: "Han", Jpan: "Han", Kore: "Hangul" }; // names of CLDR → names of Unicode

/** The script in which a language is written, by its name of CLDR. */
const script = (language) => new Intl.Locale(language).maximize().script;

/** Whether a text has letters of the script in which a language is written. */
function isWrittenLike(language, text) {
  const name = script(language);
  return new RegExp(`\\p{Script=${SCRIPTS[name] ?? name}}`, "u").test(text);
}

/** The languages to offer: those in whose script the query is, or all of them where little was found. */
function offered({ hits, count }, query, { languages = [] }) {
  if (hits[0]?.exact) return [];
  const foreign = !isWrittenLike(lang, query);
  return languages.filter(({ tag }) => count < FEW || (foreign && isWrittenLike(tag, query)));
}

/** The page of results of another language, for the same query. */
const elsewhere = (language, query) =>
  `${new URL("search/", new URL(language.root, document.baseURI))}?${new URLSearchParams({ q: query })}`;

async function read(result) {
  const { url, meta, excerpt } = await result.data();
  const shown = Object.entries(meta).filter(([name]) => !UNSHOWN.includes(name));
  return { url: address(url), title: meta.title, meta: shown, excerpt };
}

/** Of the page that was indexed under a file name: `/=resolutions%2F2-4%2F.html` is `resolutions/2-4/`. */
const address = (file) => decodeURIComponent(file.slice("/=".length, -".html".length));

// Showing

function make(tag, names, attributes = {}, ...children) {
  const element = document.createElement(tag);
  element.classList.add(...names.split(" ").map((name) => `tracker-search__${name}`));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** What describes a hit below its title. */
function details({ exact, meta = [], excerpt = "" }, strings) {
  const items = meta.map(([name, value]) => make("span", "meta-item", { "data-name": name }, value));
  if (exact) items.unshift(make("span", "exact", {}, strings.exact));
  const spaced = items.flatMap((item) => [item, " "]);
  return [make("div", "meta", {}, ...spaced), make("div", "excerpt", {}, ...marked(excerpt))];
}

/** Pagefind's excerpt, in which `<mark>` is the only markup, as nodes. */
function marked(excerpt) {
  const pieces = excerpt.replaceAll("</mark><mark>", "").split(/<\/?mark>/);
  return pieces.map((piece, index) => {
    const text = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return index % 2 ? make("mark", "mark", {}, text) : text;
  });
}

/** Other plural forms than `one` and `many` go by their names in CLDR: `two`, `few` … */
function summary(count, query, strings) {
  if (!count) return strings.none.replace("{query}", () => query);
  const form = strings[new Intl.PluralRules(lang).select(count)] ?? strings.many;
  return form.replace("{count}", count.toLocaleString(lang));
}

const offer = (language, query) => language.offer.replace("{query}", () => query);

// Common to both forms

function settings(form) {
  const root = new URL(form.dataset.base, document.baseURI);
  const { strings } = form.dataset;
  return { root, strings: strings ? JSON.parse(strings) : usual, field: form.elements.q };
}

/** A function that calls `task` after a pause; `task` can ask whether it is still the latest call. */
function settled(task) {
  let latest = 0;
  let timer;
  return (pause) => {
    const mine = ++latest;
    clearTimeout(timer);
    timer = setTimeout(() => task(() => mine === latest), pause);
  };
}

/**
 * Calls `update` when the text has changed, but not amid the composition of a Chinese word; phones compose English words
 * too. After what comes at once, such as what is pasted or was composed, no pause is made.
 */
function onTyping(field, root, update) {
  const isComposed = script(lang) in SCRIPTS;
  let { length } = field.value;
  const typed = () => {
    const atOnce = field.value.length > length + 1;
    ({ length } = field.value);
    ahead(root, field.value.trim()).catch(() => {}); // told when it is used
    update(atOnce ? 0 : PAUSE);
  };
  field.addEventListener("input", (event) => (isComposed && event.isComposing) || typed());
  field.addEventListener("compositionend", typed);
}

// The field in the header: an ARIA combobox

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
  const toggle = (shown) => {
    choose();
    panel.hidden = !shown;
    field.setAttribute("aria-expanded", shown && list.hasChildNodes());
  };
  const fill = (text, options = []) => {
    status.textContent = message.textContent = text;
    options.forEach((option, at) => (option.id = `${id}-${at}`));
    list.replaceChildren(...options);
    toggle(!panel.hidden);
  };
  const option = (names, href, ...children) =>
    make("a", names, { role: "option", "aria-selected": false, tabindex: -1, href }, ...children);

  const update = settled(async (current) => {
    const query = field.value.trim();
    panel.hidden = !query || field !== document.activeElement;
    if (!query) return fill("");
    if (!list.hasChildNodes()) fill(strings.searching);
    const suggested = ({ hits }) =>
      hits.slice(0, SUGGESTIONS).map((hit) => {
        const title = make("div", "title", {}, hit.title);
        return option("option", new URL(hit.url, root), title, ...details(hit, strings));
      });
    try {
      const first = await glance(root, query, SUGGESTIONS);
      if (!current()) return;
      if (first) fill(strings.searching, suggested(first));
      const found = await find(root, query, SUGGESTIONS);
      const { count } = found;
      if (!current()) return;
      const options = suggested(found);
      const all = `${form.action}?${new URLSearchParams({ q: query })}`;
      if (count) options.push(option("option all", all, strings.all));
      for (const language of offered(found, query, strings)) {
        options.push(option("option other", elsewhere(language, query), offer(language, query)));
      }
      const held = first && active?.href; // chosen from what was there first
      fill(summary(count, query, strings), options);
      choose(options.find(({ href }) => href === held));
    } catch {
      if (current()) fill(strings.error);
    }
  });

  onTyping(field, root, update);
  field.addEventListener("focus", () => {
    open(root).catch(() => {}); // told when it is used
    if (list.hasChildNodes()) toggle(true);
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || toggle(false));
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const options = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      const places = [...options, undefined]; // the last place is the field itself
      const from = places.indexOf(active);
      if (panel.hidden) toggle(true);
      choose(places.at((from + step) % places.length));
    } else if (event.key === "Enter" && active) active.click();
    else if (event.key === "Escape" && !panel.hidden) toggle(false);
    else return;
    event.preventDefault();
  });
}

// The page of results

/** The filters of the index that have a label: checkboxes in the order of the labelled values. */
function fieldsets(available, labels = {}, asked) {
  const offered = Object.entries(labels).filter(([name]) => available[name]);
  return offered.map(([name, { label, values = {} }]) => {
    const known = Object.keys(values);
    const place = (value) => known.indexOf(value) >>> 0; // unknown ones last
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
  const facets = make("form", "facets");
  facets.classList.add("rt-filters");
  const list = make("ol", "results");
  const more = make("button", "more", { type: "button", hidden: "" }, strings.more);
  section.append(facets, status, others, list, more);
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  const filtered = [...asked.keys()].some((name) => name !== "q");
  let rest = [];

  const show = (hits, left) => {
    const item = (hit) => {
      const link = make("a", "title", { href: new URL(hit.url, root) }, hit.title);
      return make("li", "result", {}, link, ...details(hit, strings));
    };
    list.append(...hits.map(item));
    rest = left;
    more.hidden = !rest.length;
  };

  const prepare = once(async () => {
    const [index, { menus }] = await Promise.all([open(root), import("./menus.js")]);
    const available = await Promise.all((await index.all()).map((shard) => shard.filters()));
    facets.append(...fieldsets(sums(available), strings.filters, asked));
    menus(facets);
  });

  /** Pagefind's filters for what is chosen: any value of a filter, but all filters; one may be left out. */
  const chosen = (except) => {
    const filters = {};
    for (const [name, value] of new FormData(facets)) {
      if (name !== except) (filters[name] ??= { any: [] }).any.push(value);
    }
    return filters;
  };

  /** Shows at each value how many results it has, or would have if it were chosen too. */
  const count = async (query, counts) => {
    for (const facet of facets.querySelectorAll("fieldset")) {
      const own = facet.name in chosen() ? (await find(root, query, 0, chosen(facet.name))).counts : counts;
      for (const box of facet.querySelectorAll("input")) {
        const number = own[facet.name]?.[box.value] ?? 0;
        box.parentElement.lastChild.textContent = number.toLocaleString(lang);
        box.parentElement.hidden = !number && !box.checked;
      }
      facet.parentElement.toggleAttribute("data-chosen", facet.name in chosen());
    }
  };

  const update = settled(async (current) => {
    const query = field.value.trim();
    try {
      if (!list.hasChildNodes()) status.textContent = strings.searching;
      const first = query && !filtered && (await glance(root, query, PAGE));
      if (first && current()) {
        list.replaceChildren();
        show(first.hits, []);
      }
      await prepare();
      const filters = chosen();
      history.replaceState(history.state, "", `?${new URLSearchParams([["q", query], ...new FormData(facets)])}`);
      const idle = !query && !Object.keys(filters).length;
      const found = await find(root, query, idle ? 0 : PAGE, filters);
      if (!current()) return;
      list.replaceChildren();
      show(found.hits, idle ? [] : found.rest);
      status.textContent = idle ? strings.hint : summary(found.count, query, strings);
      const languages = query ? offered(found, query, strings) : [];
      others.replaceChildren(...languages.map((language) => make("a", "other", { href: elsewhere(language, query) }, offer(language, query))));
      await count(query, found.counts);
    } catch {
      if (!current()) return;
      list.replaceChildren();
      show([], []);
      others.replaceChildren();
      status.textContent = strings.error;
    }
  });

  onTyping(field, root, update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update(0);
  });
  facets.addEventListener("submit", (event) => event.preventDefault());
  facets.addEventListener("change", () => update(0));
  more.addEventListener("click", async () => {
    const [before, seen] = [rest, list.children.length];
    const hits = await Promise.all(rest.slice(0, PAGE).map(read));
    if (rest !== before) return; // another search, or another click, was faster
    show(hits, rest.slice(PAGE));
    list.children[seen].querySelector("a").focus();
  });
  if (location.search) update(0);
  else field.addEventListener("focus", () => update(0), { once: true });
}

// Start

const section = document.querySelector("section[data-tracker-results]");
for (const [index, form] of document.querySelectorAll("form[data-tracker-search]").entries()) {
  if (form.dataset.trackerSearch !== "page") suggest(form, index);
  else if (section) searchPage(form, section);
}

/**
 * The keys that Material for MkDocs has for its own search. Where the field is not shown, as on a phone, they lead to
 * the page of results. Who speaks to the computer, or hits keys by accident, can turn them off there (WCAG 2.1.4).
 */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
  const forms = [...document.querySelectorAll("form[data-tracker-search]")];
  if (!forms.length || stored() === "off") return;
  event.preventDefault();
  const shown = forms.find((form) => form.getClientRects().length);
  if (shown) shown.elements.q.focus();
  else location.assign(forms[0].action);
});

const KEYS = "tracker.search-keys";
const switched = document.querySelector("input[data-tracker-keys]");
if (switched) {
  switched.checked = stored() !== "off";
  switched.addEventListener("change", () => {
    try {
      localStorage.setItem(KEYS, switched.checked ? "on" : "off");
    } catch {} // a browser that keeps nothing
  });
}

function stored() {
  try {
    return localStorage.getItem(KEYS);
  } catch {
    return null;
  }
}
