// The drawer with the navigation on narrow screens, and the mark in the contents at the section that is being read

const drawer = document.getElementById("__drawer");
const menu = document.querySelector("[data-tracker-menu]");
const navigation = document.getElementById("__navigation");

function open(state) {
  drawer.checked = state;
  menu.setAttribute("aria-expanded", String(state));
}

function shut(event) {
  event.preventDefault();
  open(false);
  menu.focus();
}

if (drawer && menu && navigation) {
  menu.setAttribute("role", "button");
  menu.setAttribute("aria-controls", navigation.id);
  open(false);
  menu.addEventListener("click", (event) => {
    if (drawer.checked) return shut(event);
    event.preventDefault();
    open(true);
    navigation.querySelector("a").focus();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    menu.click();
  });
  navigation.querySelector("[data-tracker-close]").addEventListener("click", shut);
  navigation.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) shut(event);
  });
  navigation.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !navigation.contains(event.relatedTarget)) open(false);
  });
  drawer.addEventListener("change", () => open(drawer.checked)); // by a click beside the drawer
}

const LINE = 120; // pixels below the top of the window, under the header
const contents = document.querySelector("[data-tracker-contents]");

if (contents) {
  const links = [...contents.querySelectorAll("a")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const box = contents.parentElement.parentElement; // which scrolls if the contents are long
  let current, waiting;

  const mark = () => {
    waiting = undefined;
    const index = places.findLastIndex((place) => place?.getBoundingClientRect().top <= LINE);
    if (links[index] === current) return;
    current?.removeAttribute("aria-current");
    current = links[index];
    current?.setAttribute("aria-current", "true");
    const frame = box.getBoundingClientRect(), entry = current?.getBoundingClientRect();
    if (entry && (entry.top < frame.top || entry.bottom > frame.bottom)) box.scrollTop += entry.top - frame.top - 60;
  };

  const soon = () => (waiting ??= requestAnimationFrame(mark));
  addEventListener("scroll", soon, { passive: true });
  soon();
}

