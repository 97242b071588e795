// The side panel: what is chosen, and why. Everything is set as text, nothing as markup.
const panel = document.getElementById("panel");
const FEW = 12;

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function link(text, count, action) {
  const button = make("button", undefined, "link");
  button.type = "button";
  button.append(make("span", cut(text, 160)));
  if (count !== "") button.append(make("span", count, "count"));
  button.addEventListener("click", action);
  return button;
}

// A list that shows a few entries and the rest on demand; entries are made only when shown.
function list(items, entry) {
  const ul = make("ul");
  const most = items.length > FEW + 3 ? FEW : items.length;
  const add = (part) => part.forEach((item) => ul.appendChild(make("li")).append(entry(item)));
  add(items.slice(0, most));
  if (items.length === most) return [ul];
  const more = make("button", `Show all ${items.length.toLocaleString("en")}`, "plain");
  more.type = "button";
  more.addEventListener("click", () => {
    more.remove();
    add(items.slice(most));
    ul.children[most].querySelector("button")?.focus();
  });
  return [ul, more];
}

function factList(facts) {
  if (!facts.length) return [];
  const ul = make("ul", undefined, "facts");
  facts.forEach((fact) => ul.append(make("li", fact)));
  return [make("h3", "Evidence"), ul];
}

const weight = (value) => Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });

function topicLinks(ids) {
  if (!ids.length) return [];
  const topics = ids.map((id) => groupOf.get(id));
  return [make("h3", "Topics"), ...list(topics, (topic) => link(groups[topic].label, "", () => choose.topic(topic)))];
}

function tiesByLayer(node) {
  return layers.map((layer, i) => {
    const ties = tiesOf[node].filter((tie) => edges[tie].layer === i).sort((s, t) => edges[t].weight - edges[s].weight);
    if (!ties.length) return [];
    const hidden = state.layers.has(i) ? "" : " · not drawn";
    const entry = (tie) => {
      const other = otherEnd(tie, node);
      const row = make("div", undefined, "row");
      const value = link(weight(edges[tie].weight), "", () => choose.tie(tie));
      value.setAttribute("aria-label", `Tie to ${nameOf(other)}, weight ${weight(edges[tie].weight)}: show its evidence`);
      row.append(link(nameOf(other), "", () => choose.node(other)), value);
      return row;
    };
    const title = make("h3", `${layer.name} · ${many(ties.length, "tie")}${hidden}`);
    return [title, layer.meaning ? make("p", layer.meaning, "quiet") : [], ...list(ties, entry)];
  });
}

function show(...parts) {
  panel.replaceChildren(...parts.flat(3));
  panel.scrollTop = 0;
}

const panels = {
  overview() {
    const drawn = many(edgeSet.length, "tie") + " drawn";
    show(
      make("h2", "Overview"),
      make("p", `${many(nodes.length, "node")}, ${many(edges.length, "tie")} in ${many(layers.length, "layer")}; ${drawn}.`),
      make("p", "Choose a node or a tie to see the evidence behind it. Zooming in shows more names.", "quiet"),
      groups.length ? make("h3", "Topics") : [],
      list([...groups.keys()], (topic) => link(groups[topic].label, many(membersOf[topic].length, "node"), () => choose.topic(topic))),
    );
  },
  node(node) {
    const { label, id, kind, groups: topics, facts } = nodes[node];
    const where = kind[0] ? `${kind} · ${id}` : id;
    show(make("h2", label), make("p", where, "quiet kind"), topicLinks(topics), factList(facts), tiesByLayer(node), back());
  },
  tie(tie) {
    const { a, b, layer, weight: value, facts } = edges[tie];
    const { name, meaning } = layers[layer];
    show(
      make("h2", `${nameOf(a)} – ${nameOf(b)}`),
      make("p", `${name} · ${weight(value)}`, "kind"),
      make("p", meaning, "quiet"),
      factList(facts),
      make("h3", "Between"),
      list(a === b ? [a] : [a, b], (node) => link(nameOf(node), nodes[node].kind, () => choose.node(node))),
      back(),
    );
  },
  topic(topic) {
    const members = membersOf[topic];
    const parts = kinds.flatMap((kind) => {
      const some = members.filter((node) => nodes[node].kind === kind).sort((a, b) => nodes[b].size - nodes[a].size);
      if (!some.length) return [];
      const title = make("h3", `${kind} · ${some.length}`);
      return [title, ...list(some, (node) => link(nameOf(node), "", () => choose.node(node)))];
    });
    show(make("h2", groups[topic].label), make("p", many(members.length, "node"), "quiet"), factList(groups[topic].facts), parts, back());
  },
};

function back() {
  const button = make("button", "Back to the overview", "plain");
  button.type = "button";
  button.addEventListener("click", () => choose.nothing());
  return button;
}
