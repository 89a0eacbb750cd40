
// What stands behind the glue of the page's program: starts it, and brings it the other programs.
//
// A part stands in this document, or is fetched from its address; then it is taken only if it is, byte for byte,
// what was built. After `load` the page needs no server any more.

const UNPACKER_MS = 20_000;
const CONFIGURATION_MS = 5_000;
const KEEPING_MS = 20_000;

const KEEPER = "service-worker.js";

// The first message to a worker is its program; a failed promise ends it like any failure.
const FIRST_STEPS = `
;onmessage=({data})=>{onmessage=null;wasm_bindgen.initSync({module:data})}
;onunhandledrejection=({reason})=>{setTimeout(()=>{throw reason})}`;

const trust = globalThis.trustedTypes?.createPolicy("callscope", {
  createScriptURL: (address) => (address === KEEPER || address.startsWith("blob:") ? address : null),
});

const trusted = (address) => trust?.createScriptURL(address) ?? address;

async function part(id, signal) {
  const { text, dataset } = document.getElementById(id);
  if (text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
  }
  // Some parts keep their names from release to release: a cached one may belong to another page.
  const response = await fetch(dataset.address, { cache: "no-cache", integrity: dataset.integrity, signal });
  if (!response.ok) {
    throw new Error(`${dataset.address}: ${response.status}`);
  }
  return response;
}

async function compile(response) {
  const spare = response.clone();
  try {
    return await WebAssembly.compileStreaming(response);
  } catch {
    // Some servers do not know the file's type; then streaming is refused.
    return WebAssembly.compile(await spare.arrayBuffer());
  }
}

/** A script that starts whatever program it is told first. */
const startingScript = async (glue) =>
  new Blob([await (await glue).text(), FIRST_STEPS], { type: "text/javascript" });

const engineParts = () => [part("engine-glue"), part("engine")];

// Beside the page's own program, not after it.
let engine = engineParts();

/** What few files need: the page goes on without it, unless something else stands in its place. */
async function unpacker() {
  const patience = AbortSignal.timeout(UNPACKER_MS);
  const ids = ["unpacker-glue", "unpacker"];
  try {
    const [glue, program] = ids.map((id) => part(id, patience));
    // Not compiled: most sessions never need it.
    return await Promise.all([startingScript(glue), program.then((response) => response.arrayBuffer())]);
  } catch (error) {
    if (!patience.aborted && (await doArrive(ids))) {
      throw error;
    }
    return [];
  }
}

async function doArrive(ids) {
  const ask = (id) => fetch(document.getElementById(id).dataset.address, { cache: "no-cache" });
  const answers = await Promise.allSettled(ids.map(ask));
  return answers.every(({ value }) => value?.ok);
}

let configured;

/** The text of the host's configuration file, if there is one. */
function configuration() {
  configured ??= readConfiguration();
  return configured;
}

async function readConfiguration() {
  const element = document.getElementById("configuration");
  if (element.text) {
    return element.text;
  }
  try {
    const patience = AbortSignal.timeout(CONFIGURATION_MS);
    const response = await fetch(element.dataset.address, { cache: "no-cache", signal: patience });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

let registration;

/** Lets the browser keep the files of this page, where it can, and says so when it has those of a new version. */
async function keep() {
  const container = navigator.serviceWorker;
  if (!container || !isSecureContext || self !== top || !document.querySelector("link[rel=manifest]")) {
    return;
  }
  const looks = new URLSearchParams(location.search).has("look-for-update");
  registration = await container.register(trusted(KEEPER), { updateViaCache: looks ? "none" : "all" });
  registration.onupdatefound = tellOfNewVersion;
  if (container.controller) {
    // The browser would look by itself a moment later, when the page is sealed. Without a network it cannot.
    await registration.update().catch(() => {});
  }
  await tellOfNewVersion();
}

async function tellOfNewVersion() {
  const worker = registration.installing;
  if (worker) {
    await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  }
  if (registration.active && registration.waiting) {
    dispatchEvent(new Event("callscope-new-version"));
  }
}

/** Changes to the new version. */
function update() {
  const worker = registration.waiting;
  if (!worker) {
    // It was done in another tab.
    return location.reload();
  }
  worker.onstatechange = () => worker.state === "activated" && location.reload();
  worker.postMessage("update");
}

const atMost = (ms, promise) => Promise.race([promise.catch(() => {}), new Promise((end) => setTimeout(end, ms))]);

/** Brings what workers start from, and waits until the page asks nobody for anything any more. */
async function load() {
  const [glue, program] = engine ?? engineParts();
  // What did not arrive is fetched anew the next time.
  engine = undefined;
  const [script, module] = await Promise.all([startingScript(glue), program.then(compile)]);
  const [helpers] = await Promise.all([unpacker(), configuration(), atMost(KEEPING_MS, keep())]);
  const trustedAddress = trusted(URL.createObjectURL(script));
  return { trustedAddress, module, helpers: [script, module, ...helpers] };
}

globalThis.callscope = Object.freeze({ load, configuration, update });

__wbg_init({ module_or_path: part("page") }).then(
  (wasm) => dispatchEvent(new CustomEvent("callscope-started", { detail: { wasm } })),
  () => {
    const line = document.getElementById("starting");
    line.setAttribute("role", "alert");
    line.textContent =
      "callscope was not started: a part of this page did not arrive, or is not the one that was published. " +
      "Reload it; if that does not help, tell whoever put it here.";
  },
);
