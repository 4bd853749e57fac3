// On every page. Nothing here is needed to use the page: it spares clicks, keeps focus and prevents double sending.
(function () {
  "use strict";
  const root = document.documentElement;

  // The theme the server wrote; data-theme-wish="device" on <html> follows the device instead.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function followDevice() {
    if (root.dataset.themeWish === "device") { root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light"); }
  }
  followDevice();
  dark.addEventListener("change", followDevice);

  // A button[data-do=theme] is a submit button of a small form; with script the page turns at once and the wish is sent along.
  function turnTheme(event, button) {
    const wish = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    event.preventDefault();
    root.dataset.themeWish = wish;
    root.setAttribute("data-bs-theme", wish);
    if (!button.dataset.url || !button.form) { return; }
    const body = new URLSearchParams(new FormData(button.form));
    body.set(button.name || "theme", wish);
    // A wish that could not be kept is no harm: the page has turned, and the next one asks again.
    fetch(button.dataset.url, { method: "POST", body: body, redirect: "manual" }).catch(function () {});
  }

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-do]");
    if (button && button.dataset.do === "theme") { turnTheme(event, button); }
    if (button && button.dataset.do === "print") { window.print(); }
    closeMenus(event.target.closest("details.menu"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    const menu = event.target.closest("details.menu[open]");
    closeMenus(null);
    if (menu) { menu.querySelector("summary").focus(); }
  });

  // What is ticked inside a fold is told in its summary: <details data-picked> with [data-picked-said] in the summary. The
  // fold within a fold tells the numbers alone, the first word of each row; data-none is said where nothing is ticked.
  function tellPicked(fold) {
    const place = fold.querySelector(":scope > summary [data-picked-said]");
    const rows = Array.from(fold.querySelectorAll(".pick input:checked"), (input) => input.parentElement.querySelector("b").textContent.trim());
    if (!place) { return; }
    const inner = fold.parentElement.closest("details[data-picked]");
    place.textContent = inner ? rows.map((row) => row.split(" ")[0]).join(", ") : rows.join("; ") || place.dataset.none || "";
  }
  document.addEventListener("change", function (event) {
    for (let fold = event.target.closest("details[data-picked]"); fold; fold = fold.parentElement.closest("details[data-picked]")) {
      tellPicked(fold);
    }
  });

  // One submission at a time: the server guards too, this only spares the person the answer "already done".
  const PAUSE = 3000;
  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[data-paused]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("data-paused");
    });
  }
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    // Not the disabled attribute: that would take the focus away, and the button's own value out of what is sent.
    if (event.submitter && !event.submitter.hasAttribute("aria-disabled")) {
      event.submitter.setAttribute("aria-disabled", "true");
      event.submitter.setAttribute("data-paused", "");
    }
    window.setTimeout(function () { release(form); }, PAUSE);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // htmx: nothing about a client in the browser's storage, nothing that the content policy would refuse.
  if (window.htmx) {
    Object.assign(window.htmx.config, {
      allowEval: false, allowScriptTags: false, historyCacheSize: 0, refreshOnHistoryMiss: true,
      includeIndicatorStyles: false, selfRequestsOnly: true,
      responseHandling: [
        { code: "204", swap: false },
        { code: "[23]..", swap: true },
        { code: "409|422", swap: true },
        { code: "...", swap: false, error: true },
      ],
    });
    // htmx keeps the page's address there whatever it is told, and manages without.
    const forget = function () { window.sessionStorage.removeItem("htmx-current-path-for-history"); };
    forget();
    ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"].forEach(function (name) {
      document.addEventListener(name, forget);
    });
    // After a swap the focus goes where the answer says, never to nowhere.
    document.addEventListener("htmx:afterSettle", function (event) {
      const next = event.detail.elt.querySelector("[data-focus]");
      if (next) { next.focus(); }
    });
  }

  function start() {
    // On a phone the current tab may lie outside the strip; the drawing opens on the client, not on its edge.
    const tab = document.querySelector(".tabs [aria-current]");
    if (tab) { tab.scrollIntoView({ block: "nearest", inline: "center" }); }
    const drawing = document.querySelector(".eco");
    if (drawing) {
      const frame = drawing.parentElement;
      frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2 * (root.dir === "rtl" ? -1 : 1);
    }
    // Where there is room, what has to be chosen lies open.
    if (window.matchMedia("(min-width: 61.25em)").matches) {
      document.querySelectorAll("details[data-wide]").forEach(function (fold) { fold.open = true; });
    }
    // An answer that found mistakes opens on their summary.
    const first = document.querySelector("main [data-focus]");
    if (first) { first.focus(); }
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
