// Labels drawn by importance and only where there is room, so that hundreds of nodes stay readable; zooming in
// makes room for more.
const captions = nodes.map((node) => cut(node.label, 34));
const captionWidths = new Map();
const LABEL = { size: 12.5, font: '12.5px "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif' };
const labelFont = (node) => (nodes[node].size >= 15 ? "600 " : "400 ") + LABEL.font;
let labelled = [];

function captionWidth(ctx, node) {
  if (!captionWidths.has(node)) {
    ctx.font = labelFont(node);
    captionWidths.set(node, ctx.measureText(captions[node]).width);
  }
  return captionWidths.get(node);
}

// The order in which labels claim room: the chosen node, then the focus, then all by size.
function labelOrder() {
  const chosen = network.getSelectedNodes().map((id) => nodeAtKey.get(id));
  const bright = state.focus ? byImportance.filter((node) => state.focus.nodes.has(node)) : byImportance;
  return [...new Set([...chosen, ...bright])];
}

// Where the label of a node could stand, the best place first: below, above, right, left.
function spots(x, y, width, radius) {
  const [half, high] = [width / 2 + 5, LABEL.size + 7];
  const [left, right] = [x - radius - 4 - 2 * half, x + radius + 4];
  return [
    [x - half, y + radius, x + half, y + radius + high],
    [x - half, y - radius - high, x + half, y - radius],
    [right - 5, y - high / 2, right - 5 + 2 * half, y + high / 2],
    [left + 5, y - high / 2, left + 5 + 2 * half, y + high / 2],
  ];
}

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
  const room = Math.max(12, Math.round((wide * high) / (state.focus ? 5000 : 10500)));
  const centre = network.getViewPosition();
  // The buttons lie over the drawing.
  const buttons = document.querySelector(".zoom");
  const placed = [[buttons.offsetLeft, buttons.offsetTop, wide, high]];
  labelled = [];
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  for (const node of labelOrder()) {
    if (labelled.length >= room) break;
    if (!seesNode(node)) continue;
    // In pixels of the screen.
    const x = (nodes[node].x - centre.x) * scale + wide / 2;
    const y = (nodes[node].y - centre.y) * scale + high / 2;
    const spot = spots(x, y, captionWidth(ctx, node), nodes[node].size * scale).find(
      ([left, top, right, bottom]) =>
        left >= 0 && top >= 0 && right <= wide && bottom <= high &&
        !placed.some((p) => left < p[2] && right > p[0] && top < p[3] && bottom > p[1]),
    );
    if (!spot) continue;
    placed.push(spot);
    labelled.push({ node, x: (spot[0] + spot[2]) / 2, top: spot[1] + 2 });
  }
  ctx.scale(1 / scale, 1 / scale);
  ctx.translate(centre.x * scale - wide / 2, centre.y * scale - high / 2);
  ctx.strokeStyle = "rgba(255, 255, 255, 0.9)";
  ctx.lineWidth = 3.5;
  ctx.fillStyle = "#1c2530";
  labelled.forEach(({ node, x, top }) => {
    ctx.font = labelFont(node);
    ctx.strokeText(captions[node], x, top);
    ctx.fillText(captions[node], x, top);
  });
  ctx.restore();
});
