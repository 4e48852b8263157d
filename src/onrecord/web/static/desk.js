// What makes the pages better with a script; each of them works without.

const root = document.documentElement;

function dark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function themeButton() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const show = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Use the light theme" : "Use the dark theme");
    button.removeAttribute("aria-pressed");
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("onrecord-theme", root.dataset.theme); } catch { /* kept for this page only */ }
    show();
  });
}

// "/" goes to the search field, unless one is writing.
function finderKey(event) {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("finder-q");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

// Fields that were left empty do not clutter the address.
function withoutEmpty(event) {
  for (const field of event.target.querySelectorAll("input, select")) {
    if (field.name && field.value === "") field.disabled = true;
  }
}

themeButton();
document.addEventListener("keydown", finderKey);
for (const form of document.querySelectorAll("form[method=get]")) form.addEventListener("submit", withoutEmpty);
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
});
