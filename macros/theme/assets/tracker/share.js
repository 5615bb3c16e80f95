/**
 * Copies addresses and citations: buttons beside the permalink of an entry, when it is pointed at or focused, and
 * beside each text that is marked for it in the section on citing.
 */

import { make } from "./elements.js";
import { share as strings } from "./words.js";

const file = document.querySelector("[data-tracker-citations]")?.dataset.trackerCitations;
const GAP = 4; // pixels between a sign and its buttons, and between these and the edge of the window
const AWAY = 400; // milliseconds after which the buttons go when the pointer has left them

const button = (text, act) => {
  const element = make("button", { type: "button" }, text);
  element.addEventListener("click", act);
  return element;
};

const live = make("p", { role: "status", class: "rt-hidden" });
document.body.append(live);

/** Copies a text and says so; without a clipboard, selects the element that shows it, so that the reader can copy it. */
async function copy(text, element, say) {
  try {
    await navigator.clipboard.writeText(text);
    say(strings.copied);
  } catch {
    if (element.select) element.select();
    else getSelection().selectAllChildren(element);
    say(strings.select);
  }
}

/** Says something to everybody: in the live region, and for a while on the button that was pressed. */
function announce(pressed) {
  const label = pressed.textContent;
  return (words) => {
    live.textContent = "";
    live.textContent = pressed.textContent = words;
    setTimeout(() => (pressed.textContent = label), 2000);
  };
}

for (const element of document.querySelectorAll("[data-tracker-copy]")) {
  const text = element.textContent.trim();
  const shown = make("span", {}, ...element.childNodes);
  const press = button(strings.copy, () => copy(text, shown, say));
  const say = announce(press);
  press.className = "rt-copy";
  press.setAttribute("aria-label", `${strings.copy}: ${element.previousElementSibling.firstChild.textContent.trim()}`);
  element.append(shown, press);
}

let loading;

/** The citations of an entry by form: the file has for each a line that is its footnote, then BibTeX. */
async function load(anchor) {
  loading ??= fetch(file).then((response) => (response.ok ? response.text() : Promise.reject(response.status)));
  loading.catch(() => (loading = undefined)); // it may be there the next time
  const cited = (await loading).split("\n\n").find((block) => block.includes(`:${anchor},\n`));
  const [text, ...lines] = cited.trimEnd().split("\n");
  return { text, BibTeX: `${lines.join("\n")}\n` };
}

/** The window with the citations of an entry; `say` tells what came of copying. */
const dialog = (() => {
  const field = make("textarea", { readonly: "", "aria-label": strings.text, spellcheck: "false" });
  const status = make("p", { class: "rt-dialog__said", role: "status" });
  const say = (words) => (status.textContent = words);
  const choices = ["text", "BibTeX"].map((form) => {
    const choice = make("input", { type: "radio", name: "tracker-form", value: form });
    return make("label", {}, choice, form === "text" ? strings.text : form);
  });
  const forms = make("fieldset", {}, make("legend", {}, strings.format), ...choices);
  const title = make("h2", { id: "tracker-dialog-title" });
  const press = button(strings.copy, () => copy(field.value, field, say));
  const close = button(strings.close, () => element.close());
  const buttons = make("div", { class: "rt-dialog__buttons" }, press, close);
  const element = make("dialog", { class: "rt-dialog md-typeset", "aria-labelledby": title.id }, title, forms, field, status, buttons);
  document.body.append(element);

  let link;
  element.addEventListener("close", () => link.focus());

  /** Shows what is chosen; if it cannot be loaded, the address. */
  const show = async () => {
    const entry = link;
    const form = forms.querySelector(":checked").value;
    const isCurrent = () => entry === link && form === forms.querySelector(":checked").value;
    say("");
    try {
      const cited = await load(decodeURIComponent(entry.hash.slice(1)));
      if (isCurrent()) field.value = cited[form];
    } catch {
      if (!isCurrent()) return;
      field.value = entry.href;
      say(strings.error);
    }
  };
  forms.addEventListener("change", show);

  const open = (sign, heading, cited) => {
    link = sign;
    title.textContent = heading;
    forms.hidden = !cited;
    field.value = cited ? "" : link.href;
    element.showModal();
  };
  return {
    /** Shows the citations of the entry that a sign leads to. */
    cite(sign) {
      open(sign, strings.title, true);
      choices[0].firstChild.checked = true;
      choices[0].firstChild.focus();
      show();
    },
    /** Shows an address that could not be copied, selected. */
    address(sign) {
      open(sign, strings.link, false);
      field.select();
      say(strings.select);
    },
  };
})();

const bar = make("span", { class: "rt-share" });
const copyLink = button(strings.link, async () => {
  const link = bar.previousElementSibling;
  try {
    await navigator.clipboard.writeText(link.href);
    sayCopied(strings.copied);
  } catch {
    dialog.address(link);
  }
});
const sayCopied = announce(copyLink);
bar.append(copyLink, ...(file ? [button(strings.cite, () => dialog.cite(bar.previousElementSibling))] : []));

let going;

/** Above the sign, or below it where the header would be in the way; never outside the window. */
function place() {
  const sign = bar.previousElementSibling.getBoundingClientRect();
  const head = document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
  const { offsetWidth: width, offsetHeight: height } = bar;
  const start = getComputedStyle(bar).direction === "rtl" ? sign.left : sign.right - width;
  const above = sign.top - height - GAP;
  bar.style.left = `${Math.max(GAP, Math.min(start, innerWidth - width - GAP))}px`;
  bar.style.top = `${above > head ? above : sign.bottom + GAP}px`;
}

function offer(link) {
  clearTimeout(going);
  if (bar.previousElementSibling !== link) link.after(bar);
  place();
}

for (const link of document.querySelectorAll(".rt-permalink")) {
  link.setAttribute("aria-label", strings.entry.replace("{anchor}", () => decodeURIComponent(link.hash.slice(1))));
}

const signAt = (event) => event.target.closest?.(".rt-permalink");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return; // a tap is a click
  clearTimeout(going);
  if (signAt(event)) return offer(signAt(event));
  const focused = document.activeElement;
  if (bar.contains(event.target) || bar.contains(focused) || focused === bar.previousElementSibling) return;
  going = setTimeout(() => bar.remove(), AWAY);
});
for (const name of ["focusin", "click"]) {
  document.addEventListener(name, (event) => {
    if (signAt(event)) offer(signAt(event));
    else if (!bar.contains(event.target)) bar.remove();
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !bar.isConnected) return;
  if (bar.contains(document.activeElement)) bar.previousElementSibling.focus();
  bar.remove();
});
document.addEventListener("scroll", () => bar.isConnected && place(), { passive: true });
addEventListener("resize", () => bar.isConnected && place());
