// A report's page by keyboard and pointer, and judging without leaving it.  Everything here is also done by links and forms.

const rows = () => [...document.querySelectorAll(".rows .row")].filter((row) => row.offsetParent !== null);
const text = () => document.getElementById("text");
const saidAt = () => document.getElementById("judge-said");
let current = null;

// ---------------------------------------------------------------- lighting the words of a row

function light(row) {
  for (const part of document.querySelectorAll(".text .lit")) part.classList.remove("lit");
  if (!row) return;
  for (const part of document.querySelectorAll(".text [data-rows]")) {
    if (part.dataset.rows.split(" ").includes(row.dataset.row)) part.classList.add("lit");
  }
}

document.addEventListener("mouseover", (event) => {
  const row = event.target.closest(".rows .row");
  light(row ?? current);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".rows .row");
  if (row) { current = row; light(row); }
});

// ---------------------------------------------------------------- walking

function inView(part, box) {
  if (!part || !box) return;
  const scrolls = getComputedStyle(box).overflowY !== "visible";
  if (!scrolls) return;
  const at = part.getBoundingClientRect(), frame = box.getBoundingClientRect();
  if (at.top < frame.top + 40 || at.bottom > frame.bottom - 60) box.scrollTop += at.top - frame.top - frame.height / 3;
}

function wordsOf(row) {
  return document.getElementById(row.id.replace("row-", "words-"));
}

function go(row) {
  if (!row) return;
  current = row;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  inView(wordsOf(row), text());
  light(row);
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current ?? document.querySelector(".row:target"));
  go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function toWords(row) {
  const words = wordsOf(row);
  if (!words) return;
  location.hash = words.id;
  inView(words, text());
  words.querySelector("a")?.focus({ preventScroll: true });
}

// A click on a row's card, where nothing else is to be clicked, goes to its words.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".rows .row");
  if (!row || event.target.closest("a, button, input, select, textarea, summary, label, form, details") || String(getSelection())) return;
  current = row;
  light(row);
  inView(wordsOf(row), text());
});

// A row in another part of a long report: its place holder leads there.
function elsewhere() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.hasAttribute("data-elsewhere")) { location.replace(target.href); return; }
  if (!target && location.hash.startsWith("#row-") && !new URLSearchParams(location.search).has("row")) {
    location.replace(`${location.pathname}?row=${location.hash.slice(5)}${location.hash}`);
    return;
  }
  const row = target && target.closest(".row");
  if (row) {
    current = row;
    light(row);
    inView(wordsOf(row), text());
  }
}

// ---------------------------------------------------------------- judging

function tell(message, wrong = false) {
  const place = saidAt();
  if (!place) return;
  place.textContent = message;
  place.classList.toggle("trouble", wrong);
}

// Send a form as the browser would, and put the answer's row, text and legend in the place of ours.
async function send(address, fields, row) {
  let answer, page;
  try {
    answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    tell("The desk does not answer: nothing was judged.", true);
    return false;
  }
  const trouble = page.querySelector(".row .trouble, .correction .trouble, #judge-said .trouble, .empty");
  if (answer.ok) {
    renew(page, row);
    const verdict = document.getElementById(row.id)?.querySelector(".row-head .verdict")?.textContent;
    tell(`Row ${row.dataset.row}: ${verdict ?? "no judgement"}.`);
  } else {
    const form = page.querySelector("#correct");
    if (form && row.querySelector("#correct")) row.querySelector("#correct").replaceWith(document.adoptNode(form));
    tell(trouble?.textContent.trim() || `The desk refused (${answer.status}): nothing was judged.`, true);
  }
  return answer.ok;
}

function renew(page, row) {
  const fresh = page.getElementById(row.id);
  if (fresh) {
    const open = row.querySelector(".fields")?.open;
    const now = document.adoptNode(fresh);
    now.classList.remove("sought");
    if (now.querySelector(".fields")) now.querySelector(".fields").open = Boolean(open);
    row.replaceWith(now);
    current = now;
    now.focus({ preventScroll: true });
  }
  const body = page.getElementById("text");
  if (body && text()) text().replaceChildren(...[...body.childNodes].map((node) => document.adoptNode(node)));
  light(current);
}

function fields(verdict) {
  const form = document.getElementById("judging");
  return { token: form.elements.token.value, by: form.elements.by.value.trim(), verdict };
}

function named() {
  const field = document.getElementById("judge-by");
  if (field.value.trim()) return true;
  tell("Say first who judges.", true);
  field.focus();
  return false;
}

function judge(row, verdict) {
  if (!row || !document.getElementById("judging") || !named()) return;
  const button = row.querySelector(`.judge [value=${verdict}]`);
  if (button) send(button.getAttribute("formaction"), fields(verdict), row);
}

async function correct(row) {
  const link = row?.querySelector("[data-correct]");
  if (!link) return;
  if (row.querySelector("#correct")) { row.querySelector("#correct select")?.focus(); return; }
  document.querySelector(".row #correct")?.remove();
  try {
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const form = document.adoptNode(page.querySelector("#correct"));
    form.querySelector(".evidence")?.remove();
    row.append(form);
    const name = document.getElementById("judge-by").value.trim();
    if (name) form.querySelector("[name=by]").value = name;
    form.querySelector("select").focus();
  } catch {
    location.assign(link.href);
  }
}

document.addEventListener("submit", (event) => {
  const row = (event.submitter ?? event.target).closest(".rows .row");
  if (!row || event.target.method !== "post") return;
  event.preventDefault();
  if (event.target.id === "judging") judge(row, event.submitter.value);
  else {
    const given = new FormData(event.target);
    given.set("verdict", "corrected");
    send(event.target.getAttribute("action"), given, row);
  }
});
document.addEventListener("click", (event) => {
  const row = event.target.closest(".rows .row");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("[data-correct]")) { event.preventDefault(); correct(row); }
  if (event.target.closest("[data-cancel]")) { event.preventDefault(); event.target.closest("#correct").remove(); go(row); }
});

// ---------------------------------------------------------------- keys

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  f: () => { const fields = current?.querySelector(".fields"); if (fields) fields.open = !fields.open; },
  r: () => judge(current, "right"),
  w: () => judge(current, "wrong"),
  u: () => judge(current, "undo"),
  c: () => correct(current),
  n: () => document.querySelector(".neighbours [rel=next]")?.click(),
  p: () => document.querySelector(".neighbours [rel=prev]")?.click(),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog, [contenteditable]")) {
    if (event.key === "Escape" && event.target.closest("#correct")) event.target.closest("#correct").querySelector("[data-cancel]").click();
    return;
  }
  if (event.key === "Enter" && event.target.matches(".row")) { event.preventDefault(); toWords(event.target); return; }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => KEYS["?"]());
}
addEventListener("hashchange", elsewhere);
elsewhere();
