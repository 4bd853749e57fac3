// The Thread: show every need, or only those with a break. A button[data-do=gaps] says what it does in its data-said-* texts.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-do=gaps]");
    const thread = document.getElementById("thread");
    if (!button || !thread) { return; }
    const only = thread.classList.toggle("only-gaps");
    button.setAttribute("aria-pressed", String(only));
    const said = document.getElementById("thread-said");
    if (!said) { return; }
    said.textContent = only
      ? button.dataset.saidOnly || "Showing only needs with a break."
      : button.dataset.saidAll || "Showing every need.";
  });
})();
