// Looking closer at the map: by buttons, keys, the wheel with Ctrl, and by dragging.  Without a script links show its parts.

const frame = document.querySelector("#chart .drawing-frame");
const drawing = frame?.querySelector("svg.drawing");
const CLOSEST = 24;
const STEP = 1.5;

function begin() {
  const [left, top, width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const view = { x: left, y: top, scale: 1 };
  const marks = [...drawing.querySelectorAll(".d-place")].map((circle) => circle.closest("a, g") ?? circle);
  const middles = marks.map((mark) => {
    const circle = mark.matches?.(".d-place") ? mark : mark.querySelector(".d-place");
    return [Number(circle.getAttribute("cx")), Number(circle.getAttribute("cy"))];
  });
  // A name belongs to the circle whose edge it stands at.
  const circles = [...drawing.querySelectorAll(".d-place")].map((circle) => ["cx", "cy", "r"].map((name) => Number(circle.getAttribute(name))));
  for (const name of circles.length ? drawing.querySelectorAll(".d-names text") : []) {
    const [x, y] = [Number(name.getAttribute("x")), Number(name.getAttribute("y")) - 4.5];
    const away = ([cx, cy, r]) => Math.abs(Math.hypot(cx - x, cy - y) - r);
    marks.push(name);
    middles.push(circles.reduce((best, one) => (away(one) < away(best) ? one : best)).slice(0, 2));
  }
  const legend = drawing.querySelector(":scope > .d-legend");

  function draw() {
    const [wide, high] = [width / view.scale, height / view.scale];
    view.x = Math.min(Math.max(view.x, left), left + width - wide);
    view.y = Math.min(Math.max(view.y, top), top + height - high);
    drawing.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${high}`);
    // Circles and names keep their size: only what lies between them grows.
    const keep = 1 / view.scale;
    marks.forEach((mark, i) => {
      const [x, y] = middles[i];
      mark.setAttribute("transform", `translate(${x * (1 - keep)} ${y * (1 - keep)}) scale(${keep})`);
    });
    legend?.setAttribute("transform", `translate(${view.x} ${view.y + high - keep * (top + height)}) scale(${keep})`);
    closer.disabled = view.scale >= CLOSEST;
    wider.disabled = whole.disabled = view.scale <= 1;
  }

  // Closer or wider, with the point (shares of the view) staying where it is.
  function zoom(by, [shareX, shareY] = [0.5, 0.5]) {
    const scale = Math.min(CLOSEST, Math.max(1, view.scale * by));
    view.x += (width / view.scale - width / scale) * shareX;
    view.y += (height / view.scale - height / scale) * shareY;
    view.scale = scale;
    draw();
  }

  function move(x, y) {
    view.x += x * width / view.scale;
    view.y += y * height / view.scale;
    draw();
  }

  function all() {
    Object.assign(view, { x: left, y: top, scale: 1 });
    draw();
  }

  function shares(event) {
    const box = drawing.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  const tools = document.createElement("div");
  tools.className = "closer";
  const button = (text, label, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", press);
    tools.append(made);
    return made;
  };
  const closer = button("+", "Look closer (key +)", () => zoom(STEP));
  const wider = button("−", "Look from further (key −)", () => zoom(1 / STEP));
  const whole = button("⤢", "The whole map (key 0)", all);
  frame.before(tools);
  frame.classList.add("moving");

  const KEYS = {
    "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), "0": all,
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1),
  };
  frame.addEventListener("keydown", (event) => {
    const press = KEYS[event.key];
    if (!press || event.ctrlKey || event.metaKey || event.altKey || (event.key.startsWith("Arrow") && view.scale === 1)) return;
    event.preventDefault();
    press();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, shares(event));
  }, { passive: false });
  drawing.addEventListener("dblclick", (event) => { if (!event.target.closest("a")) zoom(STEP, shares(event)); });

  let held = null;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && view.scale > 1) held = { x: event.clientX, y: event.clientY, far: false };
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const box = drawing.getBoundingClientRect();
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.far && Math.hypot(x, y) < 5) return;
    Object.assign(held, { x: event.clientX, y: event.clientY, far: true });
    frame.classList.add("held");
    move(-x / box.width, -y / box.height);
  });
  addEventListener("pointerup", () => {
    if (held?.far) addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    if (held?.far) setTimeout(() => { held = null; });
    else held = null;
    frame.classList.remove("held");
  });
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  draw();
}

if (drawing) begin();
