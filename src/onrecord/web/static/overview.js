// The most told events of some days, to be moved and zoomed; without the bundle the server's drawing stands alone.

const MOST = 40; // events at once: those that most tell
const DAY = 86_400_000;
const FAMILIES = [
  ["verbal-cooperation", "Words of cooperation"],
  ["material-cooperation", "Acts of cooperation"],
  ["verbal-conflict", "Words of conflict"],
  ["material-conflict", "Acts of conflict"],
];

const place = document.getElementById("timeline");

function day(iso, more = 0) {
  const [year, month, date] = iso.split("-").map(Number);
  const made = new Date(2000, month - 1, date + more);
  made.setFullYear(year + made.getFullYear() - 2000); // years before 100 are years, not 1900 and so many
  return made;
}

function iso(date) {
  const year = Math.min(9999, Math.max(1, date.getFullYear()));
  return [String(year).padStart(4, "0"), String(date.getMonth() + 1).padStart(2, "0"), String(date.getDate()).padStart(2, "0")].join("-");
}

async function most(since, until) {
  const url = new URL(place.dataset.items, location.href);
  url.searchParams.set("since", since);
  url.searchParams.set("until", until);
  url.searchParams.set("top", MOST);
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`the timeline answers ${answer.status}`);
  return answer.json();
}

// An ISO day as the pages write it: 7 Dec 2021.
function said(iso) {
  return new Date(`${iso}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).replace("Sept", "Sep");
}

function item(one) {
  const last = one.last ?? one.first;
  const long = day(last) - day(one.first) > 2 * DAY;
  return {
    id: one.id,
    group: one.family,
    label: one.label,
    url: one.url,
    voices: one.voices,
    days: last === one.first ? said(one.first) : `${said(one.first)} to ${said(last)}`,
    status: one.status,
    start: day(one.first),
    ...(long ? { end: day(last, 1), type: "range" } : { type: "point" }),
    className: `${one.family} ${one.status}`,
  };
}

function shown(one) {
  const link = document.createElement("a");
  link.href = one.url;
  link.textContent = one.label;
  const told = one.voices === 1 ? "one voice" : `${one.voices} voices`;
  link.title = `${one.days}: ${one.label} (${one.status}, told by ${told})`;
  return link;
}

function button(text, label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}

async function begin() {
  const { DataSet, Timeline } = await import(place.dataset.bundle);
  const first = await most(place.dataset.first, place.dataset.last);
  if (!first.items.length) return;
  const head = document.createElement("div");
  head.className = "zoom-head";
  const note = document.createElement("p");
  note.className = "note";
  note.setAttribute("aria-live", "polite");
  const field = document.createElement("div");
  field.className = "zoom";
  place.append(head, field);

  const items = new DataSet(first.items.map(item));
  const groups = FAMILIES.map(([id, content], order) => ({ id, content, order, className: id }));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const line = new Timeline(field, items, groups, {
    start: day(place.dataset.first),
    end: day(place.dataset.last, 1),
    template: (one) => (one ? shown(one) : ""),
    groupTemplate: (one) => { const name = document.createElement("span"); name.textContent = one?.content ?? ""; return name; },
    selectable: false, showCurrentTime: false, showTooltips: false,
    zoomKey: "ctrlKey", zoomMin: 3 * DAY, zoomMax: 400 * 365 * DAY,
    maxHeight: 520, verticalScroll: true, margin: { item: { horizontal: 6, vertical: 4 }, axis: 6 },
    orientation: { axis: "top", item: "top" },
  });
  for (const side of field.querySelectorAll(".vis-left, .vis-right")) { // they scroll, so the keyboard must reach them
    side.tabIndex = 0;
    side.setAttribute("role", "region");
    side.setAttribute("aria-label", "Timeline, up and down");
  }
  line.addCustomTime(day(place.dataset.latest, 1), "latest");
  const motion = { animation: !calm };
  const move = (share) => {
    const { start, end } = line.getWindow();
    const by = (end - start) * share;
    line.setWindow(new Date(+start + by), new Date(+end + by), motion);
  };
  head.append(
    note,
    button("Earlier", "Show earlier days", () => move(-0.4)),
    button("Later", "Show later days", () => move(0.4)),
    button("+", "Zoom in", () => line.zoomIn(0.5, motion)),
    button("−", "Zoom out", () => line.zoomOut(0.5, motion)),
    button("All", "Show all days of the drawing", () => line.setWindow(day(place.dataset.first), day(place.dataset.last, 1), motion)),
  );
  const say = (found) => {
    note.textContent = found.found > found.items.length
      ? `The ${found.items.length} most told of ${found.found.toLocaleString("en")} events of these days. Drag to move; Ctrl and the wheel zoom.`
      : `All ${found.found} events of these days. Drag to move; Ctrl and the wheel zoom.`;
  };
  say(first);

  let asked = 0;
  let waiting;
  line.on("rangechanged", ({ start, end }) => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++asked;
      const found = await most(iso(start), iso(end)).catch(() => null); // the desk is gone: what is shown stays
      if (!found || turn !== asked) return;
      const fresh = new Set(found.items.map((one) => one.id));
      items.remove(items.getIds().filter((id) => !fresh.has(id)));
      items.update(found.items.map(item));
      say(found);
    }, 180);
  });
}

if (place?.dataset.bundle) begin().catch(() => { /* the drawing is enough */ });
