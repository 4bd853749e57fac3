// The idle lock in the browser: <body data-idle="15" data-here data-lock data-who> and the dialog[data-cover].
//
// After so many minutes without a hand on any open page, the page is covered first, its drafts are kept next, and only then does the
// browser leave for the page that asks who is there and leads back. Words that cannot be kept stay under the cover, which opens again
// once the server says that the session is open. The server keeps the same time by itself; this only covers what is on the screen.
// Whoever signs out on one page covers all others with it, and a page that the browser had put by asks before it shows itself again.
(function () {
  "use strict";
  const body = document.body;
  const IDLE = Number(body.dataset.idle) * 60000;
  const BEAT = 60000, LOOK = 1000, TRIES = 10, PAUSE = 500;  // milliseconds, and how often keeping is tried before we stay
  const cover = document.querySelector("[data-cover]");
  if (!cover || !IDLE) { return; }
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("alongside-here") : null;
  const title = document.title;
  let touched = Date.now(), told = Date.now(), covered = false;

  function token() {
    const cookie = document.cookie.match(/(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return cookie ? cookie[1] : (document.querySelector('input[name="csrfmiddlewaretoken"]') || {}).value || "";
  }
  function send(address) {
    return fetch(address, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, redirect: "manual" });
  }

  // The server hears of a hand on the page at most once a minute; the other open pages at once.
  function touch() {
    if (covered) { return; }
    touched = Date.now();
    if (touched - told < BEAT) { return; }
    told = touched;
    if (tabs) { tabs.postMessage("here"); }
    ask();
  }
  // 423: locked; 401: signed out, here or elsewhere.
  function ask() {
    send(body.dataset.here).then(function (answer) { if ([401, 423].includes(answer.status)) { hide(); } }).catch(function () {});
  }
  ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"].forEach(function (name) {
    document.addEventListener(name, touch, { passive: true, capture: true });
  });
  if (tabs) {
    tabs.addEventListener("message", function (event) {
      if (event.data === "gone") { hide(); } else if (!covered) { touched = Date.now(); }
    });
    document.querySelectorAll("form[data-goes]").forEach(function (form) {
      form.addEventListener("submit", function () { tabs.postMessage("gone"); });
    });
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted && !covered) { ask(); } });

  function unsaved() {
    const event = new CustomEvent("alongside:keep", { detail: { unsaved: false } });
    document.dispatchEvent(event);
    return event.detail.unsaved;
  }
  function say(key) { cover.querySelector("[data-cover-status]").textContent = key ? cover.dataset[key] : ""; }
  function wait(time) { return new Promise(function (done) { setTimeout(done, time); }); }

  async function hide() {
    if (covered) { return; }
    covered = true;
    document.title = cover.dataset.title;
    body.classList.add("is-covered");
    cover.showModal();
    say("saidKeeping");
    const open = cover.querySelector("[data-cover-open]");
    open.href = body.dataset.who + "?next=" + encodeURIComponent(location.pathname + location.search);
    for (let turn = 0; turn < TRIES && unsaved(); turn += 1) { await wait(PAUSE); }
    const stay = unsaved();
    let locked = true;
    try { await send(body.dataset.lock); } catch (error) { locked = false; }
    if (!stay && locked) { location.assign(open.href); return; }
    open.target = "_blank";
    open.rel = "noopener";
    say("saidHere");
  }

  async function look() {
    if (!covered) {
      if (Date.now() - touched >= IDLE) { hide(); }
      return;
    }
    if (cover.querySelector("[data-cover-open]").target !== "_blank" || document.visibilityState === "hidden") { return; }
    const answer = await send(body.dataset.here).catch(function () { return null; });
    if (!answer || answer.status !== 200) { return; }
    covered = false;
    touched = told = Date.now();
    document.title = title;
    body.classList.remove("is-covered");
    cover.close();
    unsaved();
  }
  cover.addEventListener("cancel", function (event) { event.preventDefault(); });
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
})();
