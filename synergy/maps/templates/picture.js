// The drawing: what vis-network is given. A filter adds and removes; a focus dims what is outside it.
const state = {
  kinds: new Set(kinds.map((_, i) => i)),
  layers: new Set(),
  // The nodes and the test for ties that stay bright; null when nothing is in focus.
  focus: null,
  // The chosen tie, drawn even when its layer is not.
  tie: null,
};
const kindIndex = new Map(kinds.map((kind, i) => [kind, i]));
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
// vis keeps its nodes in a plain object: the prefix keeps every id an ordinary key.
const key = (node) => "n" + nodes[node].id;
const nodeAtKey = new Map(nodes.map((_, i) => [key(i), i]));
const tieKey = (tie) => "e" + tie;
const tieAtKey = (id) => Number(id.slice(1));

const faint = layers.map((layer) => (layer.count > 2000 ? 0.16 : layer.count > 600 ? 0.26 : 0.42));
const seesNode = (node) => state.kinds.has(kindIndex.get(nodes[node].kind));
const seesTie = (tie) =>
  (state.layers.has(edges[tie].layer) || state.tie === tie) && seesNode(edges[tie].a) && seesNode(edges[tie].b);
const nodeOpacity = (node) => (!state.focus || state.focus.nodes.has(node) ? 1 : 0.13);
const tieOpacity = (tie) => {
  if (state.tie === tie) return 1;
  const usual = faint[edges[tie].layer];
  if (!state.focus) return usual;
  return state.focus.tie(tie) ? Math.min(0.85, usual + 0.35) : 0.035;
};
const tieColour = (tie, opacity) => {
  const colour = layers[edges[tie].layer].colour;
  return { color: colour, highlight: colour, hover: colour, inherit: false, opacity };
};
const drawnOpacity = { nodes: new Map(), ties: new Map() };

function visNode(node) {
  const { x, y, size, shape, color } = nodes[node];
  const opacity = nodeOpacity(node);
  drawnOpacity.nodes.set(node, opacity);
  const colours = { background: color, border: "#ffffff", highlight: { background: color, border: "#111111" } };
  return { id: key(node), x, y, size, shape, color: colours, opacity };
}

function visTie(tie) {
  const { from, to, width, bend, layer } = edges[tie];
  const opacity = tieOpacity(tie);
  drawnOpacity.ties.set(tie, opacity);
  const type = bend > 0 ? "curvedCW" : "curvedCCW";
  const smooth = bend === 0 ? false : { enabled: true, type, roundness: Math.min(0.6, 0.14 * Math.abs(bend)) };
  const dashes = layers[layer].dashed ? [6, 4] : false;
  return { id: tieKey(tie), from: "n" + from, to: "n" + to, width, smooth, dashes, color: tieColour(tie, opacity) };
}

const network = new vis.Network(
  document.getElementById("picture"),
  { nodes: nodeSet, edges: edgeSet },
  {
    ...data.options,
    autoResize: true,
    layout: { improvedLayout: false, randomSeed: 1 },
    nodes: { fixed: true, borderWidth: 1, borderWidthSelected: 3, labelHighlightBold: false, chosen: true },
    edges: { smooth: false, selectionWidth: 2, selfReference: { size: 14 } },
    interaction: {
      dragNodes: false, hover: false, multiselect: false, selectConnectedEdges: false,
      keyboard: { enabled: true, bindToWindow: false },
    },
  },
);

// Bring the drawing in line with the filters.
function sync() {
  const ties = new Set([...edges.keys()].filter(seesTie));
  const shown = new Set(byImportance.filter(seesNode));
  edgeSet.remove(edgeSet.getIds().filter((id) => !ties.has(tieAtKey(id))));
  nodeSet.remove(nodeSet.getIds().filter((id) => !shown.has(nodeAtKey.get(id))));
  if (nodeSet.length < shown.size) {
    // What is added last is drawn on top, and that shall be the important nodes: so all are added anew.
    edgeSet.clear();
    nodeSet.clear();
    nodeSet.add(byImportance.filter((node) => shown.has(node)).reverse().map(visNode));
  }
  edgeSet.add([...ties].filter((tie) => !edgeSet.get(tieKey(tie))).map(visTie));
  const heavy = ties.size > 2500;
  network.setOptions({ interaction: { hideEdgesOnDrag: heavy, hideEdgesOnZoom: heavy } });
  paint();
}

// Bring the brightness in line with the focus, touching only what changes.
function paint() {
  const pale = [];
  nodeSet.getIds().forEach((id) => {
    const node = nodeAtKey.get(id);
    const opacity = nodeOpacity(node);
    if (drawnOpacity.nodes.get(node) !== opacity) pale.push({ id, opacity });
    drawnOpacity.nodes.set(node, opacity);
  });
  const thin = [];
  edgeSet.getIds().forEach((id) => {
    const tie = tieAtKey(id);
    const opacity = tieOpacity(tie);
    if (drawnOpacity.ties.get(tie) !== opacity) thin.push({ id, color: tieColour(tie, opacity) });
    drawnOpacity.ties.set(tie, opacity);
  });
  if (pale.length) nodeSet.update(pale);
  if (thin.length) edgeSet.update(thin);
}

const frame = document.querySelector("#picture .vis-network");
const canvas = frame.querySelector("canvas");
frame.setAttribute("role", "application");
frame.setAttribute(
  "aria-label",
  "Network drawing. Arrow keys move it, plus and minus zoom. The search field and the table give the same nodes.",
);

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
function animation() {
  return calm.matches || edgeSet.length > 2500 ? false : { duration: 350, easingFunction: "easeInOutQuad" };
}

function fit(members) {
  const shown = (members || [...nodes.keys()]).filter(seesNode).map(key);
  if (shown.length) network.fit({ nodes: shown, maxZoomLevel: 1.6, animation: members ? animation() : false });
}
