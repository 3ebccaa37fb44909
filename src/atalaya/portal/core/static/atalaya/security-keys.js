// Security keys and passkeys: the only script of the portal, on the pages where a browser offers no other way to reach them.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  async function create(options) {
    const asked = options.creation_options.publicKey;
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: listed(asked.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      credential: made,
    };
  }

  async function get(options) {
    const asked = options.request_options.publicKey;
    const made = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) },
    });
    return {
      authenticatorData: text(made.response.authenticatorData),
      clientDataJSON: text(made.response.clientDataJSON),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
      credential: made,
    };
  }

  for (const form of document.querySelectorAll("form[data-security-key]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const options = JSON.parse(form.dataset.options);
        const { credential, ...response } = await (form.dataset.securityKey === "create" ? create(options) : get(options));
        form.elements.namedItem("credential").value = JSON.stringify({
          type: credential.type,
          id: credential.id,
          rawId: text(credential.rawId),
          authenticatorAttachment: credential.authenticatorAttachment,
          clientExtensionResults: credential.getClientExtensionResults(),
          response,
        });
        form.submit();
      } catch (error) {
        form.querySelector("[data-failed]").hidden = false;
      }
    });
  }
})();
