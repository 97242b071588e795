// The page's data and what is asked of it. Maps, not objects: an id may well be "__proto__".
const data = JSON.parse(document.getElementById("map-data").textContent);
const { nodes, edges, layers, groups, kinds } = data;
const indexOf = new Map(nodes.map((node, i) => [node.id, i]));
const groupOf = new Map(groups.map((group, i) => [group.id, i]));

edges.forEach((edge) => {
  edge.a = indexOf.get(edge.from);
  edge.b = indexOf.get(edge.to);
});

const tiesOf = nodes.map(() => []);
edges.forEach((edge, i) => {
  tiesOf[edge.a].push(i);
  if (edge.b !== edge.a) tiesOf[edge.b].push(i);
});

const byImportance = [...nodes.keys()].sort((a, b) => nodes[b].size - nodes[a].size || a - b);

const membersOf = groups.map(() => []);
nodes.forEach((node, i) => {
  new Set(node.groups).forEach((id) => membersOf[groupOf.get(id)].push(i));
});

const otherEnd = (tie, node) => (edges[tie].a === node ? edges[tie].b : edges[tie].a);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const cut = (text, length) => {
  const signs = Array.from(text.slice(0, 2 * length + 2));
  return signs.length > length ? signs.slice(0, length - 1).join("").trimEnd() + "…" : text;
};
const many = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
const nameOf = (node) => nodes[node].label;
const narrow = window.matchMedia("(max-width: 720px)");
