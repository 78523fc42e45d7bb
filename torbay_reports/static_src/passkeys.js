// Asks the device for a passkey and puts its answer, as JSON, into the form's field `credential`.
//
// A form says by data-passkey what it wants ("create" or "get"), and by data-passkey-options where the server's
// options are: "#id" of a script element with JSON, or an address that answers with JSON.

const SENTENCES = {
  NotAllowedError: "No passkey was used: the device was not unlocked in time, or the question was closed. Try again, or use another way.",
  InvalidStateError: "This device has a passkey for your account here already.",
  NotSupportedError: "This device cannot keep a passkey. Use another device, or an app.",
  SecurityError: "Passkeys do not work at this address. They need one that begins with https.",
  ConstraintError: "This device cannot ask for your finger, your face or a PIN. Set one up on it first, or use another device.",
};
const NO_ANSWER = "The server did not answer. Look whether you are online, and try again.";
const OTHERWISE = "The passkey could not be used. Try again, or use another way.";

const isAble = () => window.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in window;

const bytes = (text) => {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const named = (credentials = []) => credentials.map((each) => ({ ...each, id: bytes(each.id) }));

async function read(where) {
  if (where.startsWith("#")) {
    return JSON.parse(document.querySelector(where).textContent);
  }
  const response = await fetch(where, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new TypeError(`The server answered ${response.status}.`);
  }
  return (await response.json()).request_options;
}

async function create({ publicKey }) {
  const credential = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
      // Kept on the device and with its owner asked, so that it can stand for the password and the second factor.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return answer(credential, {
    attestationObject: text(credential.response.attestationObject),
    transports: credential.response.getTransports?.() ?? [],
  });
}

async function get({ publicKey }) {
  const credential = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: named(publicKey.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = credential.response;
  return answer(credential, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle && text(userHandle),
  });
}

function answer(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

function sentence(error) {
  if (error instanceof TypeError) {
    return NO_ANSWER;
  }
  return SENTENCES[error.name] ?? OTHERWISE;
}

function serve(form) {
  const button = form.querySelector("[data-passkey-button]");
  const alert = form.querySelector("[data-passkey-error]");
  const field = form.elements.namedItem("credential");
  field.value = "";
  if (!isAble()) {
    form.querySelector("[data-passkey-lacking]").hidden = false;
    return;
  }
  button.hidden = false;
  // Who comes back by the browser's own button finds the page as they left it: with a challenge that is used up.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });
  form.addEventListener("submit", async (event) => {
    if (field.value) {
      return;
    }
    event.preventDefault();
    alert.textContent = "";
    button.disabled = true;
    const ownDevice = form.elements.namedItem("own_device");
    if (ownDevice) {
      // The box stands in the form for the password, and is meant for both.
      ownDevice.value = document.querySelector("#id_own_device").checked ? "on" : "";
    }
    try {
      const options = await read(form.dataset.passkeyOptions);
      field.value = JSON.stringify(await (form.dataset.passkey === "create" ? create : get)(options));
      form.requestSubmit();
    } catch (error) {
      alert.textContent = sentence(error);
      button.disabled = false;
      button.focus();
    }
  });
}

document.querySelectorAll("form[data-passkey]").forEach(serve);
