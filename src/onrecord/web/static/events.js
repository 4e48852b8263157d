// The list of events: what htmx takes from the answer is in the attributes of #results; here is what it needs besides.

// Fields that were left empty do not clutter the address, also in a form that came later than the page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[method=get]");
  if (!form) return;
  const empty = [...form.querySelectorAll("input, select")].filter((field) => field.name && field.value === "" && !field.disabled);
  for (const field of empty) field.disabled = true;
  setTimeout(() => { for (const field of empty) field.disabled = false; });
}, true);

// What was refused (a day that is none) is said by the server's page: go there.
document.addEventListener("htmx:responseError", (event) => { location.assign(event.detail.xhr.responseURL || location.href); });

// After another page of the list: back to its head.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "results" && event.detail.target?.id !== "results") return;
  const head = document.querySelector(".list-head");
  if (head && head.getBoundingClientRect().top < 0) head.scrollIntoView();
});
