/**
 * Keeps the site on the device of a reader who asked for it. Everything comes from the network as long as that
 * answers; what is kept serves only when it does not. Each opening of a page looks whether the list of files has
 * changed; if the site has no list any more, the worker removes what it kept and itself.
 */

const SCOPE = self.registration.scope;
const LIST = new URL("offline.json", SCOPE).href;
const PREFIX = `tracker ${new URL(SCOPE).pathname} `;
const AT_ONCE = 6;

async function kept() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function forget(but) {
  await Promise.all((await kept()).filter((name) => name !== but).map((name) => caches.delete(name)));
}

async function end() {
  await forget();
  await self.registration.unregister();
}

/** The files of what is wholly kept, each with its hash: the list is put in last. */
async function whole() {
  for (const name of await kept()) {
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) return { cache, name, files: (await list.json()).files };
  }
  return undefined;
}

async function keep(tell = () => {}) {
  const answer = await fetch(LIST, { cache: "no-cache" });
  if (answer.status === 404 || answer.status === 410) return end().then(() => tell({ ended: true }));
  if (!answer.ok) throw new Error(`${LIST}: ${answer.status}`);
  const { version, files } = await answer.clone().json();
  const before = await whole();
  const name = PREFIX + version;
  if (before?.name !== name) {
    const cache = await caches.open(name);
    const waiting = Object.entries(files);
    let done = 0;
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [path, hash] = next;
        const url = new URL(path, SCOPE).href;
        const same = before?.files[path] === hash && (await before.cache.match(url));
        const got = same || (await cache.match(url)) || (await fetch(url, { cache: "reload" }));
        if (!got.ok) throw new Error(`${url}: ${got.status}`);
        await cache.put(url, got);
        done += 1;
        tell({ done, all: Object.keys(files).length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await cache.put(LIST, answer);
  }
  await forget(name);
  tell({ kept: version });
}

let renewing;

function renew(tell) {
  renewing ??= keep(tell).finally(() => (renewing = undefined));
  return renewing;
}

async function answer(request) {
  try {
    if (request.mode !== "navigate") return await fetch(request);
    return await fetch(request.url, { cache: "no-cache", redirect: "manual" }); // not a page the browser has of its own
  } catch (error) {
    for (const name of (await kept()).reverse()) { // the newest first
      const found = await (await caches.open(name)).match(request.url, { ignoreSearch: true });
      if (found) return found;
    }
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const tell = (message) => event.source.postMessage(message);
  if (event.data === "keep") event.waitUntil(renew(tell).catch((error) => tell({ error: String(error) })));
  if (event.data === "end") event.waitUntil(end().then(() => tell({ ended: true })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  event.respondWith(answer(request));
  if (request.mode === "navigate") event.waitUntil(renew().catch(() => {})); // next time, then
});
