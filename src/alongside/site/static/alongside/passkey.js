// Passkeys: <form data-passkey="add|use|sign-in"> with a hidden field "credential" and a button[data-passkey-button].
//
// "add" and "use" find what the server asks in <script type="application/json" id="passkey-options">; "sign-in" fetches it from
// the form's own address when the button is pressed. The form is then sent as any other. Where the browser has no passkeys the
// button stays hidden, and [data-passkey-status] says so unless the page has another way in anyway ("sign-in").
(function () {
  "use strict";

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function text(buffer) {
    const plain = Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  async function make(asked) {
    const key = Object.assign({}, asked, {
      challenge: bytes(asked.challenge),
      user: Object.assign({}, asked.user, { id: bytes(asked.user.id) }),
      excludeCredentials: known(asked.excludeCredentials),
      // It opens the door alone, so it is kept on the device and asks for a finger, a face or a PIN.
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    });
    const made = await navigator.credentials.create({ publicKey: key });
    return {
      id: made.id, type: made.type, rawId: text(made.rawId), clientExtensionResults: made.getClientExtensionResults(),
      response: {
        clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  }

  async function use(asked) {
    const key = Object.assign({}, asked, { challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) });
    const used = await navigator.credentials.get({ publicKey: key });
    return {
      id: used.id, type: used.type, rawId: text(used.rawId), clientExtensionResults: used.getClientExtensionResults(),
      response: {
        clientDataJSON: text(used.response.clientDataJSON), authenticatorData: text(used.response.authenticatorData),
        signature: text(used.response.signature), userHandle: used.response.userHandle ? text(used.response.userHandle) : null,
      },
    };
  }

  async function options(form) {
    if (form.dataset.passkey !== "sign-in") { return JSON.parse(document.getElementById("passkey-options").textContent); }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) { throw new Error("not offered"); }
    return answer.json();
  }

  async function pressed(form, status) {
    status.textContent = "";
    try {
      const asked = await options(form);
      const given = asked.creation_options ? await make(asked.creation_options.publicKey) : await use(asked.request_options.publicKey);
      form.elements.credential.value = JSON.stringify(given);
      form.submit();
    } catch (error) {
      status.textContent = status.dataset.saidFailed;
    }
  }

  // A passkey belongs to a name, never to a bare address of figures.
  const able = Boolean(window.PublicKeyCredential && navigator.credentials) && !/^[\d.]+$|:/.test(location.hostname);
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    const status = form.querySelector("[data-passkey-status]");
    if (able) {
      form.querySelector("[data-passkey-button]").hidden = false;
      status.textContent = "";
    } else if (form.dataset.passkey !== "sign-in") {
      status.textContent = status.dataset.saidUnable;
    }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (able) { pressed(form, status); }
    });
  });
})();
