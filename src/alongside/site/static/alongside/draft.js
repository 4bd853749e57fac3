// A form's words, kept on the server while they are typed: <form data-draft="URL">. Nothing is put in the browser's storage.
//
// Sent: the form's fields, without files, passwords and fields marked data-draft-skip, 900 ms after typing stops, when a field
// is left, and when the page is left. Answers: 200 {"edition": 4, "said": "…"}, 401 signed out, 409 with a text: nothing more is
// taken here; 409 {"edition": 4, "both": "<div …>", "said": "…"}: it went on elsewhere. Both versions are then shown, what is typed
// goes on being kept beside the other version, and the next button takes the person's own.
// A field named "page" is filled with a token of this open page, so that what it sent itself is never taken for another's.
// Texts come from data-said-* on the form; "{time}" in them is the time of saving. data-sign-in is the address to sign in at.
// data-draft-unsaved says that the words on the page are not yet kept (a form given back with its mistakes).
(function () {
  "use strict";
  const STILL = 900, FIRST_RETRY = 2000, LAST_RETRY = 60000, PATIENCE = 15000;  // milliseconds
  const MOST_KEPT_ALIVE = 60000;  // characters: browsers refuse more once the page is gone
  const TEXTS = {
    saidSaved: "Saved {time}",
    saidOffline: "Not saved: no connection. Your words stay on this page and are tried again.",
    saidFault: "Not saved: the fault is ours. Your words stay on this page and are tried again.",
    saidSignedOut: "You are signed out. Sign in in another tab; your words stay here.",
    saidSignIn: "Sign in",
    saidChanged: "Someone else has changed this. Your words stay on this page.",
  };
  const forms = new Set();
  // Made anew whenever a page is opened, and nowhere kept: a page that was doubled or brought back is another page.
  const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");

  class Draft {
    constructor(form) {
      this.form = form;
      this.said = "";         // what stands beside the button
      this.kept = "draftUnsaved" in form.dataset ? null : this.words();
      this.timer = 0;
      this.wait = FIRST_RETRY;
      this.sending = null;    // the request under way
      this.stopped = false;   // nothing more is taken here
      this.behind = null;     // the edition this page was at when it went on elsewhere: only the person can go on from there
      this.leaving = false;   // the form itself is on its way
      const later = () => this.later(STILL);
      form.addEventListener("input", later);
      form.addEventListener("change", later);
      form.addEventListener("focusout", () => this.save());
      form.addEventListener("submit", (event) => this.submit(event), { capture: true });
    }

    text(key) { return this.form.dataset[key] || TEXTS[key]; }

    // What would be sent, but for the edition and the token, which are no words of the person's.
    fields() {
      const page = this.form.querySelector('input[name="page"]');
      if (page) { page.value = PAGE; }
      const data = new FormData(this.form);
      for (const control of this.form.elements) {
        const skipped = "draftSkip" in control.dataset || ["file", "password"].includes(control.type);
        if (control.name && skipped) { data.delete(control.name); }
      }
      data.delete("csrfmiddlewaretoken");
      return new URLSearchParams(data);
    }

    words() {
      const fields = this.fields();
      fields.delete("edition");
      return fields.toString();
    }

    unsaved() { return !this.leaving && this.form.isConnected && this.words() !== this.kept; }

    say(text, link) {
      const place = this.form.querySelector("[data-draft-status]");
      // What is said already stays as it is: a link drawn anew under the finger would lose the press.
      if (!place || (this.said === text && place.textContent.startsWith(text))) { return; }
      this.said = text;
      place.textContent = text;
      if (link) {
        const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", rel: "noopener" });
        anchor.textContent = this.text("saidSignIn");
        place.append(" ", anchor);
      }
    }

    later(delay) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), delay);
    }

    // Signing in anew in another tab changes the token; the cookie has the new one, and the form must be sent with it too.
    token() {
      const field = this.form.querySelector('input[name="csrfmiddlewaretoken"]');
      const cookie = document.cookie.match(/(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
      if (cookie && field) { field.value = cookie[1]; }
      return field ? field.value : cookie ? cookie[1] : "";
    }

    save(last) {
      clearTimeout(this.timer);
      if (this.sending) { return this.sending; }
      if (this.stopped || !this.unsaved()) { return Promise.resolve(); }
      this.sending = this.send(Boolean(last)).finally(() => { this.sending = null; });
      return this.sending;
    }

    async send(last) {
      const words = this.words();
      const body = this.fields();
      if (this.behind !== null) { body.set("edition", this.behind); }
      const request = {
        method: "POST", body: body, headers: { "X-CSRFToken": this.token() }, redirect: "manual",
        keepalive: last && body.toString().length < MOST_KEPT_ALIVE, signal: AbortSignal.timeout(PATIENCE),
      };
      let answer;
      try {
        answer = await fetch(this.form.dataset.draft, request);
      } catch (error) {
        this.again(this.text("saidOffline"));
        return;
      }
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        this.again(this.text("saidSignedOut"), this.form.dataset.signIn);
      } else if (answer.status === 409) {
        await this.conflict(answer, words, body.get("edition"));
      } else if (!answer.ok) {
        this.again(this.text("saidFault"));
      } else {
        await this.took(answer, words);
      }
    }

    async took(answer, words) {
      const told = await answer.json().catch(() => ({}));
      const edition = this.form.querySelector('input[name="edition"]');
      if (edition && told.edition !== undefined) { edition.value = told.edition; }
      this.kept = words;
      this.wait = FIRST_RETRY;
      const language = document.documentElement.lang || undefined;
      const time = new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      this.say(told.said || this.text("saidSaved").replace("{time}", time));
      if (this.unsaved()) { this.later(STILL); }
    }

    async conflict(answer, words, edition) {
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json().catch(() => null) : null;
      if (!told) {
        this.stopped = true;
        this.say((await answer.text().catch(() => "")) || this.text("saidChanged"));
        return;
      }
      const field = this.form.querySelector('input[name="edition"]');
      if (this.behind === null || (field && field.value !== String(told.edition))) { this.showBoth(told.both, field); }
      if (this.behind === null) { this.behind = edition || ""; }
      if (field) { field.value = told.edition; }
      this.kept = words;
      this.wait = FIRST_RETRY;
      this.say(told.said || this.text("saidChanged"));
      if (this.unsaved()) { this.later(STILL); }
    }

    // The server's own drawing of both versions; it holds nothing that could run.
    showBoth(drawn, field) {
      const both = new DOMParser().parseFromString(drawn, "text/html").querySelector("[data-draft-both]");
      const before = this.form.querySelector("[data-draft-both]");
      if (!both) { return; }
      if (before) { before.replaceWith(both); } else if (field) { field.after(both); } else { this.form.prepend(both); }
    }

    again(text, link) {
      this.say(text, link);
      this.later(this.wait);
      this.wait = Math.min(this.wait * 2, LAST_RETRY);
    }

    // The form goes only after a draft under way is answered, since that answer carries the edition the form must name;
    // and not at all without a connection, since the browser's error page would take the place of the words.
    submit(event) {
      const hold = () => { event.preventDefault(); event.stopImmediatePropagation(); };
      if (navigator.onLine === false) {
        hold();
        this.say(this.text("saidOffline"));
      } else if (this.sending) {
        hold();
        const button = event.submitter;
        this.sending.then(() => this.form.requestSubmit(button));
      } else {
        this.token();
        this.fields();
        clearTimeout(this.timer);
        this.leaving = true;
        // Where the answer was swapped into the page and the form is still there, its life goes on.
        setTimeout(() => { this.leaving = false; }, 10000);
      }
    }
  }

  function startAll() {
    document.querySelectorAll("form[data-draft]").forEach(function (form) {
      if (!form.dataset.draftReady) {
        form.dataset.draftReady = "yes";
        forms.add(new Draft(form));
      }
    });
    forms.forEach(function (draft) { if (!draft.form.isConnected) { forms.delete(draft); } });
  }

  function saveAll(last) {
    forms.forEach(function (draft) { if (last || draft.unsaved()) { draft.wait = FIRST_RETRY; draft.save(last); } });
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", startAll); } else { startAll(); }
  document.addEventListener("htmx:load", startAll);
  document.addEventListener("visibilitychange", function () { saveAll(document.visibilityState === "hidden"); });
  window.addEventListener("pagehide", function () { saveAll(true); });
  // The idle lock asks for everything to be kept, and hears whether anything is not.
  document.addEventListener("alongside:keep", function (event) {
    saveAll(false);
    event.detail.unsaved = [...forms].some(function (draft) { return draft.unsaved(); });
  });
  window.addEventListener("online", function () { saveAll(false); });
  window.addEventListener("beforeunload", function (event) {
    if ([...forms].some(function (draft) { return draft.unsaved(); })) { event.preventDefault(); }
  });
})();
