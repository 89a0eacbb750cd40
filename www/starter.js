
// What stands behind the glue of the page's program: starts it, and brings it the other programs.
//
// A part stands in this document, or is fetched from its address; then it is taken only if it is, byte for byte,
// what was built. After `load` the page needs no server any more.

/** Without these there is nothing: a slow line may take its time. */
const ENGINE_MS = 60_000;
const UNPACKER_MS = 20_000;
const CONFIGURATION_MS = 5_000;
const KEEPING_MS = 20_000;
const GIVING_UP_MS = 2_000;
const HOST_FILE_MS = 20_000;

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

const engineParts = () => ["engine-glue", "engine"].map((id) => part(id, AbortSignal.timeout(ENGINE_MS)));

// Beside the page's own program, not after it.
let engine = engineParts();

/** Script and program of what few files need: the page goes on without it, unless something else stands in its place. */
async function unpacker() {
  const patience = AbortSignal.timeout(UNPACKER_MS);
  const ids = ["unpacker-glue", "unpacker"];
  try {
    const [glue, program] = ids.map((id) => part(id, patience));
    // Not compiled: most sessions never need it.
    return await Promise.all([startingScript(glue), program.then((response) => response.arrayBuffer())]);
  } catch (error) {
    if (!patience.aborted && (await doArrive(ids, patience))) {
      throw error;
    }
    return [];
  }
}

async function doArrive(ids, signal) {
  const ask = (id) => fetch(document.getElementById(id).dataset.address, { cache: "no-cache", signal });
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
    if (response.ok) {
      return await response.text();
    }
    // A file that is not there says nothing. One that cannot be had may say anything: nobody reads that as consent.
    return [404, 410].includes(response.status) ? undefined : "";
  } catch {
    return "";
  }
}

/** A file of the same host, by its path. */
async function hostFile(path) {
  const address = new URL(path, location.href);
  const signal = AbortSignal.timeout(HOST_FILE_MS);
  const response = address.origin === location.origin ? await fetch(address, { cache: "no-cache", signal }) : undefined;
  if (!response?.ok) {
    throw new Error("no such file");
  }
  return new File([await response.blob()], address.pathname.split("/").pop());
}

/** No message and no configuration needs more, longer or deeper values. */
const MAX_VALUES = 1_500;
const MAX_LENGTH = 1_000;
const MAX_DEPTH = 4;

/**
 * Takes a value apart into plain ones with their places, `["query.limit", 5]`. Where nothing is stands null, where
 * something is that is not plain, undefined.
 */
function takenApart(value, place = "", places = []) {
  if (value === null || value === undefined) {
    places.push([place, null]);
    return places;
  }
  const isFile = value instanceof File;
  if (isFile || (["string", "number", "boolean"].includes(typeof value) && !(value.length > MAX_LENGTH))) {
    places.push([place, value]);
    return places;
  }
  if (value.bytes instanceof ArrayBuffer && typeof value.name === "string" && Object.keys(value).length === 2) {
    places.push([place, new File([value.bytes], value.name)]);
    return places;
  }
  const isList = Array.isArray(value) && value.length <= MAX_LENGTH;
  const isRecord = Object.getPrototypeOf(value) === Object.prototype;
  const keys = isList || isRecord ? Object.keys(value) : [];
  const isPlain = isList || (isRecord && keys.length <= MAX_LENGTH && !keys.some((key) => key.includes(".")));
  if (!isPlain || place.split(".").length > MAX_DEPTH || places.length > MAX_VALUES) {
    places.push([place, undefined]);
    return places;
  }
  if (keys.length === 0 && place) {
    places.push([place, null]);
  }
  for (const key of keys) {
    takenApart(value[key], place ? `${place}.${key}` : key, places);
  }
  return places;
}

/** The configuration file, taken apart. Throws if it is none. */
function settings(text) {
  const read = JSON.parse(text);
  return Array.isArray(read) ? [["", undefined]] : takenApart(read ?? "");
}

/** Passes on what is said to this page: whether by the page around it, from which origin, to which, and what. */
function hear(callback) {
  if (parent !== self) {
    addEventListener("message", ({ data, origin, source }) =>
      callback([source === parent, origin, self.origin, takenApart(data)]),
    );
  }
}

/** Says something to the page around this one, if it is of this origin. */
const tell = ([origin, message]) => parent.postMessage(message, origin);

/** A number that shows the marks of a language. Digits are those that the page writes itself. */
const numberIn = (language) => (12345.6).toLocaleString(`${language}-u-nu-latn`);

function watchHeight(callback) {
  new ResizeObserver(() => callback([document.body.offsetHeight])).observe(document.body);
}

let registration;
/** From now on nobody is asked for anything. */
let isTooLate = false;

/** Lets the browser keep the files of this page, where it can, and says so when it has those of a new version. */
async function keep() {
  const container = navigator.serviceWorker;
  if (isTooLate || !container || !isSecureContext || self !== top || !document.querySelector("link[rel=manifest]")) {
    return;
  }
  const looks = new URLSearchParams(location.search).has("look-for-update");
  registration = await container.register(trusted(KEEPER), { updateViaCache: looks ? "none" : "all" });
  if (isTooLate) {
    return giveUpKeeping();
  }
  registration.onupdatefound = tellOfNewVersion;
  if (container.controller) {
    // The browser would look by itself a moment later, when the page is sealed. Without a network it cannot.
    await registration.update().catch(() => {});
  }
  await tellOfNewVersion();
}

const changeOf = (worker) => new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));

async function tellOfNewVersion() {
  const worker = registration.installing;
  if (worker && !isTooLate) {
    worker.postMessage("keep");
    await changeOf(worker);
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

/** What is not kept by now would ask the server after the page is sealed. A version that is kept already stays. */
async function giveUpKeeping() {
  isTooLate = true;
  const worker = registration?.installing;
  if (worker) {
    worker.postMessage("stop");
    await atMost(GIVING_UP_MS, changeOf(worker));
  }
  if (registration && !registration.active) {
    return registration.unregister();
  }
}

/** Nothing is asked for before that is done. */
let forgetting;

/** Lets the browser keep nothing of this page. What is open goes on without it. */
function forget() {
  // What cannot be forgotten keeps nobody from going on.
  forgetting = forgetAll().catch(() => {});
}

async function forgetAll() {
  // What is on its way is not kept either.
  isTooLate = true;
  registration?.installing?.postMessage("stop");
  const scope = new URL("./", location.href).href;
  try {
    // In a frame the page has not looked for it. The browser also names what keeps a page further up.
    const found = await navigator.serviceWorker?.getRegistration();
    if (found?.scope === scope) {
      await found.unregister();
    }
  } catch {
    // Without an origin there is none.
  }
  // Files may be there without it, if it was stopped or taken away.
  try {
    for (const name of await caches.keys()) {
      if (name.startsWith(`callscope ${scope} `)) {
        await caches.delete(name);
      }
    }
  } catch {
    // Without an origin nothing is kept.
  }
}

const atMost = (ms, promise, otherwise) =>
  Promise.race([promise.catch(() => {}), new Promise((end) => setTimeout(end, ms)).then(otherwise)]);

/** Brings what workers start from, and waits until the page asks nobody for anything any more. */
async function load() {
  await forgetting;
  if (!engine) {
    configured = undefined;
  }
  const [glue, program] = engine ?? engineParts();
  // What did not arrive is fetched anew the next time, and what the host says, too.
  engine = undefined;
  const [script, module] = await Promise.all([startingScript(glue), program.then(compile)]);
  const loaded = [unpacker(), configuration(), atMost(KEEPING_MS, keep(), giveUpKeeping)];
  const [[unpackerScript, unpackerProgram]] = await Promise.all(loaded);
  isTooLate = true;
  const addressOf = (script) => script && trusted(URL.createObjectURL(script));
  return {
    engine: [addressOf(script), module],
    unpacker: [addressOf(unpackerScript), unpackerProgram],
  };
}

globalThis.callscope = Object.freeze({ load, configuration, settings, hostFile, hear, tell, watchHeight, numberIn, update, forget });

__wbg_init({ module_or_path: part("page", AbortSignal.timeout(ENGINE_MS)) }).then(
  (wasm) => dispatchEvent(new CustomEvent("callscope-started", { detail: { wasm } })),
  () => {
    const line = document.getElementById("starting");
    line.setAttribute("role", "alert");
    line.textContent =
      "callscope was not started: a part of this page did not arrive, or is not the one that was published. " +
      "Reload it; if that does not help, tell whoever put it here.";
  },
);
