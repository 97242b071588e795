// Choosing: by click, search, topic or table, always ending in the same four functions.
const topicBox = document.getElementById("topic");
const tip = document.getElementById("tip");
const picture = document.getElementById("picture");

// What to do again when a filter has changed what is drawn.
let again = () => choose.nothing();

function focusOn(focus, selection, tie = null) {
  const moved = state.tie !== tie;
  state.focus = focus;
  state.tie = tie;
  if (moved) sync();
  network.setSelection({ nodes: [], edges: [], ...selection }, { highlightEdges: false });
  if (topicBox && !focus?.topic) topicBox.value = "";
  paint();
  network.redraw();
}

// A chosen node is always drawn, whatever the kind filter says.
function reveal(node) {
  if (seesNode(node)) return;
  const kind = kindIndex.get(nodes[node].kind);
  state.kinds.add(kind);
  document.querySelector(`[data-kind="${kind}"]`).checked = true;
  sync();
}

function showPanel() {
  const box = panel.getBoundingClientRect();
  if (narrow.matches && box.top > window.innerHeight * 0.75) window.scrollBy(0, box.top - window.innerHeight * 0.6);
}

const choose = {
  node(node, { centre = false } = {}) {
    reveal(node);
    again = () => (seesNode(node) ? choose.node(node) : choose.nothing());
    const near = new Set([node, ...tiesOf[node].filter(seesTie).map((tie) => otherEnd(tie, node))]);
    focusOn({ nodes: near, tie: (tie) => edges[tie].a === node || edges[tie].b === node }, { nodes: [key(node)] });
    const spot = network.canvasToDOM(nodes[node]);
    const away = spot.x < 30 || spot.y < 30 || spot.x > picture.clientWidth - 30 || spot.y > picture.clientHeight - 30;
    if (centre || away) network.moveTo({ position: { x: nodes[node].x, y: nodes[node].y }, scale: Math.max(network.getScale(), 0.9), animation: animation() });
    panels.node(node);
    showPanel();
  },
  tie(tie) {
    reveal(edges[tie].a);
    reveal(edges[tie].b);
    const ends = new Set([edges[tie].a, edges[tie].b]);
    focusOn({ nodes: ends, tie: (other) => other === tie }, { edges: [tieKey(tie)] }, tie);
    again = () => ([...ends].every(seesNode) ? choose.tie(tie) : choose.nothing());
    panels.tie(tie);
    showPanel();
  },
  topic(topic) {
    const members = new Set(membersOf[topic]);
    focusOn({ topic: true, nodes: members, tie: (tie) => members.has(edges[tie].a) && members.has(edges[tie].b) });
    if (topicBox) topicBox.value = String(topic);
    again = () => choose.topic(topic);
    fit(membersOf[topic]);
    panels.topic(topic);
    showPanel();
  },
  nothing() {
    focusOn(null);
    again = () => choose.nothing();
    panels.overview();
  },
};

network.on("click", ({ nodes: hit, edges: ties }) => {
  if (hit.length) choose.node(nodeAtKey.get(hit[0]));
  else if (ties.length) choose.tie(tieAtKey(ties[0]));
  else choose.nothing();
});

topicBox?.addEventListener("change", () => (topicBox.value === "" ? choose.nothing() : choose.topic(Number(topicBox.value))));

document.getElementById("filters").addEventListener("change", ({ target }) => {
  const [set, index] = "kind" in target.dataset ? [state.kinds, target.dataset.kind] : [state.layers, target.dataset.layer];
  if (target.checked) set.add(Number(index));
  else set.delete(Number(index));
  network.unselectAll();
  sync();
  again();
});

document.getElementById("table").addEventListener("click", ({ target }) => {
  const button = target.closest("[data-node]");
  if (!button) return;
  choose.node(Number(button.dataset.node), { centre: true });
  picture.scrollIntoView({ block: "center" });
  panel.focus({ preventScroll: true });
});

const zoom = (factor) => network.moveTo({ scale: Math.min(8, Math.max(0.02, network.getScale() * factor)), animation: animation() });
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.5));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
document.getElementById("zoom-all").addEventListener("click", () => fit());

// The tooltip is asked for only when the pointer rests: finding what lies under it costs time in a big network.
let resting = 0;
picture.addEventListener("mousemove", ({ clientX, clientY }) => {
  clearTimeout(resting);
  tip.hidden = true;
  resting = setTimeout(() => {
    const box = picture.getBoundingClientRect();
    const at = { x: clientX - box.left, y: clientY - box.top };
    const node = nodeAtKey.get(network.getNodeAt(at));
    const tie = node === undefined ? network.getEdgeAt(at) : undefined;
    if (node === undefined && tie === undefined) return;
    tip.textContent = cut(node === undefined ? tieText(tieAtKey(tie)) : `${nameOf(node)}\n${nodes[node].kind}`, 200);
    tip.hidden = false;
    tip.style.left = `${Math.min(at.x + 14, box.width - tip.offsetWidth - 6)}px`;
    tip.style.top = `${Math.min(at.y + 14, box.height - tip.offsetHeight - 6)}px`;
  }, 120);
});
picture.addEventListener("mouseleave", () => {
  clearTimeout(resting);
  tip.hidden = true;
});
const tieText = (tie) => `${nameOf(edges[tie].a)} – ${nameOf(edges[tie].b)}\n${layers[edges[tie].layer].name}`;
