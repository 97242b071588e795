// Search as one types: a combobox over labels and ids.
const search = document.getElementById("search");
const matches = document.getElementById("matches");
const found = document.getElementById("found");
const LISTED = 12;
const folded = nodes.map((node) => [fold(node.label), fold(node.id)]);
let listed = [];
let active = -1;

// Best first: the very id (or what follows its kind, as in region:AT32), then a label that starts so, then a word that does, then anything inside.
function rank(node, text) {
  const [label, id] = folded[node];
  if (id === text || label === text || id.endsWith(":" + text)) return 0;
  if (label.startsWith(text)) return 1;
  if (label.includes(" " + text)) return 2;
  return label.includes(text) || id.includes(text) ? 3 : -1;
}

function find(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  return byImportance
    .map((node) => [rank(node, wanted), node])
    .filter(([place]) => place >= 0)
    .sort((a, b) => a[0] - b[0])
    .map(([, node]) => node);
}

function closeList() {
  matches.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
  active = -1;
}

function activate(position) {
  active = position;
  [...matches.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === position)));
  if (position < 0) return search.removeAttribute("aria-activedescendant");
  search.setAttribute("aria-activedescendant", matches.children[position].id);
  return matches.children[position].scrollIntoView({ block: "nearest" });
}

function say(text) {
  found.textContent = text;
}

function look() {
  const all = find(search.value);
  listed = all.slice(0, LISTED);
  matches.replaceChildren(
    ...listed.map((node, i) => {
      const item = make("li", cut(nodes[node].label, 80));
      item.id = "match-" + i;
      item.setAttribute("role", "option");
      item.append(make("small", cut(`${nodes[node].kind} · ${nodes[node].id}`, 80)));
      return item;
    }),
  );
  closeList();
  const typed = search.value.trim();
  if (!typed) return say("");
  if (!all.length) return say(`Nothing found for “${cut(typed, 40)}”.`);
  matches.hidden = false;
  search.setAttribute("aria-expanded", "true");
  activate(-1);
  return say(all.length > LISTED ? `The first ${LISTED} of ${all.length.toLocaleString("en")} matches` : all.length === 1 ? "1 match" : `${all.length} matches`);
}

function take(node) {
  closeList();
  choose.node(node, { centre: true });
  say(`Chosen: ${cut(nameOf(node), 60)}`);
}

search.addEventListener("input", look);
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (matches.hidden) look();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (listed.length) activate((active + step + listed.length) % listed.length);
    event.preventDefault();
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (matches.hidden) look();
    if (listed.length) take(listed[Math.max(active, 0)]);
  } else if (event.key === "Escape") {
    closeList();
  }
});
search.addEventListener("blur", () => closeList());
// Before the blur that a click would cause.
matches.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const item = event.target.closest("li");
  if (item) take(listed[[...matches.children].indexOf(item)]);
});
