// A signature drawn by hand, mouse or pen. Markup, hidden until this script shows it:
//   <div class="sign-pad" data-sign="FIELD" hidden> <canvas role="img" aria-label="…"></canvas>
//     <button type="button" data-sign-clear>…</button> <input type="hidden" name="FIELD" data-draft-skip> </div>
// What is sent is a list of strokes, each [x, y, x, y, …] in thousandths of the pad's width and height (width : height = 3 : 1).
// Who cannot draw types the name in the form's own field.
(function () {
  "use strict";
  const NEAR = 4;        // thousandths: closer points add nothing
  const MOST = 4000;     // points: far more than any signature; keeps a form from growing without end

  function field(pad) {
    const name = pad.dataset.sign;
    let input = pad.querySelector('input[type="hidden"]');
    if (!input) {
      input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: name });
      input.setAttribute("data-draft-skip", "");
      pad.append(input);
    }
    return input;
  }

  function read(input) {
    try {
      const strokes = JSON.parse(input.value || "[]");
      return Array.isArray(strokes) ? strokes : [];
    } catch (error) {
      return [];  // a broken value is the same as none: the person draws again
    }
  }

  function draw(canvas, strokes) {
    const box = canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(box.width * scale);
    canvas.height = Math.round(box.height * scale);
    const pen = canvas.getContext("2d");
    Object.assign(pen, { strokeStyle: getComputedStyle(canvas).color, lineWidth: 2.2 * scale, lineCap: "round", lineJoin: "round" });
    strokes.forEach(function (stroke) {
      pen.beginPath();
      for (let i = 0; i < stroke.length; i += 2) {
        pen.lineTo(stroke[i] / 1000 * canvas.width, stroke[i + 1] / 1000 * canvas.height);
      }
      if (stroke.length === 2) { pen.lineTo(stroke[0] / 1000 * canvas.width + scale, stroke[1] / 1000 * canvas.height); }
      pen.stroke();
    });
  }

  function point(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const share = function (part, whole) { return Math.max(0, Math.min(1000, Math.round(part / whole * 1000))); };
    return [share(event.clientX - box.left, box.width), share(event.clientY - box.top, box.height)];
  }

  function start(pad) {
    if (pad.dataset.signReady) { return; }
    pad.dataset.signReady = "yes";
    pad.hidden = false;
    const canvas = pad.querySelector("canvas");
    const input = field(pad);
    let strokes = read(input);
    let now = null;

    function keep() {
      input.value = strokes.length ? JSON.stringify(strokes) : "";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function add(event) {
      const next = point(canvas, event);
      const far = Math.max(Math.abs(next[0] - now[now.length - 2]), Math.abs(next[1] - now[now.length - 1]));
      if (far >= NEAR && strokes.flat().length < MOST * 2) { now.push(next[0], next[1]); draw(canvas, strokes); }
    }
    function lift() {
      if (now) { now = null; keep(); }
    }
    canvas.addEventListener("pointerdown", function (event) {
      if (event.button !== 0) { return; }
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      now = point(canvas, event);
      strokes.push(now);
      draw(canvas, strokes);
    });
    canvas.addEventListener("pointermove", function (event) { if (now) { add(event); } });
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    const clear = pad.querySelector("[data-sign-clear]");
    if (clear) { clear.addEventListener("click", function () { strokes = []; draw(canvas, strokes); keep(); }); }
    new ResizeObserver(function () { draw(canvas, strokes); }).observe(canvas);
    new MutationObserver(function () { draw(canvas, strokes); })
      .observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  }

  function startAll() { document.querySelectorAll("[data-sign]").forEach(start); }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", startAll); } else { startAll(); }
  document.addEventListener("htmx:load", startAll);
})();
