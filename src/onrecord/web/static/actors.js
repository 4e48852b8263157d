// The network that can be moved, and a slider for its weeks; without a script the server's drawing and the date fields do.

const WEEK = 7 * 86_400_000;
const slider = document.getElementById("slider");
const form = document.querySelector("form[data-filters]");
let graph; // what cytoscape shows now
let kind = "moving";

// ------------------------------------------------------------ the network

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function tone(mean) {
  if (mean === null || Math.abs(mean) < 0.5) return colour("--muted");
  return colour(mean > 0 ? "--material-cooperation" : "--material-conflict");
}

function elements(pairs) {
  const nodes = new Map();
  const most = Math.max(1, ...pairs.map((one) => one.count));
  const edges = pairs.map((one) => {
    for (const [code, name] of [[one.source, one.source_name], [one.target, one.target_name]]) {
      const node = nodes.get(code) ?? { id: code, name, weight: 0 };
      node.weight += one.count;
      nodes.set(code, node);
    }
    return { data: { id: `${one.source} ${one.target}`, source: one.source, target: one.target, mean: one.mean, count: one.count, url: one.url, width: 1 + 6 * Math.sqrt(one.count / most) } };
  });
  const heaviest = Math.max(1, ...[...nodes.values()].map((node) => node.weight));
  const round = [...nodes.values()].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  return [...round.map((node) => ({ data: { ...node, size: 12 + 34 * Math.sqrt(node.weight / heaviest) } })), ...edges];
}

function styles() {
  return [
    { selector: "node", style: {
      label: "data(name)", width: "data(size)", height: "data(size)", "background-color": colour("--ink"), color: colour("--ink"),
      "font-size": 15, "font-family": "system-ui, sans-serif", "text-valign": "bottom", "text-margin-y": 3,
      "text-outline-color": colour("--surface"), "text-outline-width": 2.5,
    } },
    { selector: "edge", style: {
      width: "data(width)", "line-color": (edge) => tone(edge.data("mean")), "target-arrow-color": (edge) => tone(edge.data("mean")),
      "target-arrow-shape": "triangle", "curve-style": "bezier", "control-point-step-size": 34, opacity: 0.6, "arrow-scale": 0.9,
    } },
    { selector: ".faded", style: { opacity: 0.12 } },
    { selector: "edge.near", style: { opacity: 1 } },
  ];
}

function told(data) {
  if (data.name) return `${data.name}: a click leads to its page`;
  const mean = data.mean === null ? "no score" : `mean score ${data.mean > 0 ? "+" : ""}${data.mean}`.replace("-", "−");
  const name = (code) => graph.getElementById(code).data("name");
  return `${name(data.source)} → ${name(data.target)}: ${data.count} ${data.count === 1 ? "event" : "events"}, ${mean}`;
}

function listen(said) {
  graph.on("mouseover", "node, edge", ({ target }) => {
    const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
    graph.elements().not(near).addClass("faded");
    near.edges().addClass("near");
    said.textContent = told(target.data());
  });
  graph.on("mouseout", "node, edge", () => {
    graph.elements().removeClass("faded near");
    said.textContent = "";
  });
  graph.on("tap", "edge", ({ target }) => { location.href = target.data("url"); });
  graph.on("tap", "node", ({ target }) => { location.href = `/actor/${encodeURIComponent(target.id())}`; });
}

async function network() {
  graph?.destroy();
  graph = undefined;
  const box = document.getElementById("network");
  if (!box?.dataset.cytoscape) return;
  const [{ default: cytoscape }, answer] = await Promise.all([import(box.dataset.cytoscape), fetch(box.dataset.items)]);
  if (!answer.ok) return;
  const { items } = await answer.json();
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Network of the strongest pairs; the table below has the same");
  const drawing = box.querySelector(".drawing-frame");
  const said = document.createElement("span");
  said.className = "told";
  box.prepend(choices(drawing, canvas, said));
  box.append(canvas);
  graph = cytoscape({
    container: canvas, elements: elements(items), style: styles(), userZoomingEnabled: false, minZoom: 0.3, maxZoom: 4,
    layout: { name: "preset" },
  });
  // From a circle and without chance: the same network looks the same each time.
  graph.layout({ name: "circle", animate: false }).run();
  graph.layout({ name: "cose", randomize: false, animate: false, nodeRepulsion: () => 900_000, idealEdgeLength: () => 120, padding: 30, nodeOverlap: 24 }).run();
  const wide = Math.min(1.8, Math.max(1, canvas.clientWidth / (canvas.clientHeight || 1)));
  graph.nodes().positions((node) => ({ x: node.position("x") * wide, y: node.position("y") }));
  graph.fit(undefined, 30);
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
  listen(said);
}

function zoom(by) {
  graph?.zoom({ level: graph.zoom() * by, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
}

// Which of the two is seen, and the buttons of the one that can be moved.
function choices(drawing, canvas, said) {
  const head = document.createElement("div");
  head.className = "views";
  const button = (text, press, label = text) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", press);
    return made;
  };
  const moving = button("To be moved", () => show("moving"));
  const round = button("In the round", () => show("round"));
  const tools = [button("+", () => zoom(1.25), "Zoom in"), button("−", () => zoom(0.8), "Zoom out"), button("Fit", () => graph?.fit(undefined, 30), "Fit into the field")];
  const show = (chosen) => {
    kind = chosen;
    drawing.hidden = kind === "moving";
    canvas.hidden = kind !== "moving";
    moving.setAttribute("aria-pressed", String(kind === "moving"));
    round.setAttribute("aria-pressed", String(kind === "round"));
    for (const tool of tools) tool.hidden = kind !== "moving";
    if (kind === "moving") graph?.resize();
  };
  head.append(moving, round, ...tools, said);
  show(kind);
  return head;
}

// ------------------------------------------------------------ the slider

// An ISO day as the pages write it: 7 Dec 2021.
function said(iso) {
  return new Date(`${iso}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).replace("Sept", "Sep");
}

function day(number) {
  const date = new Date(number);
  return date.toISOString().slice(0, 10);
}

function prepare() {
  const first = Date.parse(slider.dataset.first);
  const last = Date.parse(slider.dataset.last);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * 86_400_000;
  const weeks = Math.floor((last - monday) / WEEK);
  const [from, to] = slider.querySelectorAll("input");
  const output = slider.querySelector("output");
  from.max = to.max = String(weeks);
  const since = form.elements.since;
  const until = form.elements.until;
  const week = (iso, other) => (iso ? Math.min(weeks, Math.max(0, Math.floor((Date.parse(iso) - monday) / WEEK))) : other);
  from.value = String(week(since.value, 0));
  to.value = String(week(until.value, weeks));
  const days = () => [day(monday + from.value * WEEK), day(monday + to.value * WEEK + WEEK - 86_400_000)];
  const say = () => {
    const [a, b] = days();
    output.textContent = `${said(a)} – ${said(b)}`;
    from.setAttribute("aria-valuetext", `from ${said(a)}`);
    to.setAttribute("aria-valuetext", `to ${said(b)}`);
  };
  let waiting;
  const moved = (field) => {
    if (Number(from.value) > Number(to.value)) (field === from ? to : from).value = field.value;
    say();
    [since.value, until.value] = days();
    clearTimeout(waiting);
    waiting = setTimeout(renew, 160);
  };
  for (const field of [from, to]) field.addEventListener("input", () => moved(field));
  say();
  slider.hidden = weeks < 1;
}

let asked = 0;

// The same page for other days: its network and its table take the place of those that stand here.
async function renew() {
  const here = document.getElementById("web");
  const turn = ++asked;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value !== "") url.searchParams.append(name, value);
  here.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("web");
    if (turn !== asked) return;
    if (!answer.ok || !fresh) { location.href = url; return; }
    here.replaceWith(document.adoptNode(fresh));
    history.replaceState(null, "", url);
    await network();
  } catch {
    if (turn === asked) location.href = url;
  } finally {
    document.getElementById("web")?.removeAttribute("aria-busy");
  }
}

if (slider && form) prepare();
network().catch(() => { /* the drawing is enough */ });
new MutationObserver(() => graph?.style(styles())).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph?.style(styles()));
