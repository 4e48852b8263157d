// A nicety only: light up the words of the row under the pointer or the focus.
(function () {
  function light(event, on) {
    var row = event.target.closest && event.target.closest(".row");
    if (!row) return;
    row.closest("article").querySelectorAll("[data-r]").forEach(function (part) {
      part.classList.toggle("lit", on && part.dataset.r.split(" ").indexOf(row.dataset.n) >= 0);
    });
  }
  [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]].forEach(function (pair) {
    document.addEventListener(pair[0], function (event) { light(event, pair[1]); });
  });
})();
