// Opening the page, and a small door for tests and other scripts.
document.querySelectorAll("[data-layer]").forEach((box) => {
  if (box.checked) state.layers.add(Number(box.dataset.layer));
});
document.querySelectorAll("[data-kind]").forEach((box) => {
  if (!box.checked) state.kinds.delete(Number(box.dataset.kind));
});
if (narrow.matches) document.getElementById("filters").open = false;
window.addEventListener("beforeprint", () => (document.getElementById("filters").open = true));

sync();
fit();
panels.overview();

const onScreen = ({ x, y }) => {
  const box = picture.getBoundingClientRect();
  const spot = network.canvasToDOM({ x, y });
  return { x: box.left + spot.x, y: box.top + spot.y };
};
window.synergyMap = Object.freeze({
  network,
  nodesShown: () => nodeSet.getIds().map((id) => nodes[nodeAtKey.get(id)].id),
  tiesShown: () => edgeSet.getIds().map((id) => edges[tieAtKey(id)]),
  labelsShown: () => labelled.map(({ node }) => nodes[node].id),
  dimmed: () => nodeSet.getIds().map((id) => nodeAtKey.get(id)).filter((node) => nodeOpacity(node) < 1).map((node) => nodes[node].id),
  nodeOnScreen: (id) => onScreen(nodes[indexOf.get(id)]),
  chooseNode: (id) => choose.node(indexOf.get(id)),
});
