/** The offer to keep the site on this device, where a page makes it: two buttons and what is said beside them. */

const box = document.querySelector("[data-tracker-offline]");
const root = new URL(box.dataset.root, location);
const words = JSON.parse(box.dataset.strings);
const keep = box.querySelector("[data-keep]");
const remove = box.querySelector("[data-remove]");
const status = box.querySelector("[role=status]");

function say(text, values = {}) {
  status.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function show(isKept) {
  keep.hidden = isKept;
  remove.hidden = !isKept;
}

async function registered() {
  const found = await navigator.serviceWorker.getRegistration(root);
  return found?.scope === root.href ? found : undefined;
}

async function ask(message) {
  const { active, installing, waiting } = await registered();
  const worker = active ?? waiting ?? installing;
  worker.postMessage(message); // it waits for a worker that is still beginning
}

async function begin() {
  keep.disabled = true;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname });
    await ask("keep");
  } catch {
    keep.disabled = false;
    say(words.failed);
  }
}

async function offer() {
  const { files, bytes } = await (await fetch(new URL("offline.json", root))).json();
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes / 1e6);
  say(words.size, { files: Object.keys(files).length, size });
}

if (navigator.serviceWorker) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    keep.disabled = false;
    if (data.all) {
      keep.disabled = true;
      say(words.progress, data);
    } else if (data.kept) {
      show(true);
      say(words.kept);
    } else if (data.ended) {
      show(false);
      say(words.removed);
    } else if (data.error) {
      say(words.failed);
    }
  });
  navigator.serviceWorker.startMessages();
  keep.addEventListener("click", begin);
  remove.addEventListener("click", () => ask("end"));
  const found = await registered();
  show(Boolean(found));
  if (found) say(words.kept);
  else await offer().catch(() => say(words.unavailable));
} else {
  say(words.unavailable);
}
