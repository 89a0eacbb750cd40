// Keeps the files of the page, so that it opens without a network. Of VERSION and FILES the build tells it.
//
// The page gets from it what is on its list, the host's configuration and the building file that its address names;
// for anything else that it might ask for there is no answer. It becomes the version in use when the user says so, not by itself.

const SCOPE = registration.scope;
const CACHE = `callscope ${SCOPE} ${VERSION}`;

const PAGE = "index.html";
const CONFIGURATION = "callscope.json";

/** The page waits for an installation a little longer than for its files, and for what the host says longer still. */
const INSTALLING_MS = 15_000;
const CONFIGURATION_MS = 3_000;
const WORD_MS = 10_000;

/** A page that is not sealed yet says that the files may be asked for. */
let hearWord;
const word = new Promise((resolve) => {
  hearWord = resolve;
});

/** Some hosts lead from the page's name to its folder; what was led elsewhere may not be shown as a page. */
const addressOf = (name) => SCOPE + (name === PAGE ? "" : name);

/** What a file of this folder is called; nothing for those of others. */
const nameOf = (url) => (url.startsWith(SCOPE) ? url.slice(SCOPE.length).split(/[?#]/)[0] || PAGE : undefined);

const givingUp = new AbortController();

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

addEventListener("message", ({ data }) => {
  if (data === "update") {
    skipWaiting();
  } else if (data === "keep") {
    hearWord();
  } else if (data === "stop") {
    givingUp.abort();
  }
});

addEventListener("fetch", (event) => {
  const { destination, method, mode, url } = event.request;
  const name = nameOf(url);
  // Other pages are none of its business, even those in the same folder. Who may frame the page is the host's word
  // of today, so that frames always come from there.
  const isFrame = ["iframe", "frame"].includes(destination);
  if (method === "GET" && !isFrame && (mode !== "navigate" || name === PAGE)) {
    event.respondWith(answer(event, name));
  }
});

async function install() {
  await Promise.race([word, new Promise((_, fail) => setTimeout(fail, WORD_MS, new Error("every page is sealed")))]);
  const cache = await caches.open(CACHE);
  // One for all that is tried: what is given up is given up before the page is sealed.
  const { signal } = givingUp;
  setTimeout(() => givingUp.abort(), INSTALLING_MS);
  const keep = async ([name, integrity]) => cache.put(addressOf(name), await verified(name, { integrity, signal }));
  try {
    await Promise.all([...[...FILES].map(keep), configuration(new Request(CONFIGURATION, { cache: "no-cache" }))]);
  } catch (error) {
    // A version that is in use may have the same files.
    if (!registration.active) {
      await caches.delete(CACHE);
    }
    throw error;
  }
}

async function verified(name, options) {
  try {
    // The page has just loaded most of them. What is out of date is not what is asked for here, but for the page
    // itself, whose headers may be newer than its bytes.
    return await taken(name, { ...options, cache: name === PAGE ? "no-cache" : "force-cache" });
  } catch {
    return taken(name, { ...options, cache: "reload" });
  }
}

async function taken(name, options) {
  const response = await fetch(addressOf(name), options);
  if (!response.ok || response.redirected) {
    throw new Error(`${name}: ${response.status}`);
  }
  return response;
}

async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`callscope ${SCOPE} `) && name !== CACHE) {
      await caches.delete(name);
    }
  }
}

async function answer({ clientId, request }, name) {
  const client = await clients.get(clientId);
  if (isOfAnotherPage(client) || isInFrame(client) || isLocations(client, request)) {
    return fetch(request);
  }
  if (FILES.has(name)) {
    const kept = await caches.match(addressOf(name), { cacheName: CACHE });
    // What was forgotten while a page was open is not kept again.
    return kept ?? ((await caches.has(CACHE)) ? Response.error() : fetch(request));
  }
  return name === CONFIGURATION ? configuration(request) : Response.error();
}

function isOfAnotherPage(client) {
  return client !== undefined && nameOf(client.url) !== PAGE;
}

/** The host's page of today goes with the host's files of today. */
function isInFrame(client) {
  return client?.frameType === "nested";
}

/** The building file that the page's own address names. It is not kept. */
function isLocations(client, request) {
  const path = client && new URL(client.url).searchParams.get("locations");
  try {
    return Boolean(path) && new URL(path, client.url).href === request.url;
  } catch {
    // It names nothing.
    return false;
  }
}

/** What the host says now, or said last. */
async function configuration(request) {
  const cache = (await caches.has(CACHE)) ? await caches.open(CACHE) : undefined;
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(CONFIGURATION_MS) });
    // That there is no such file is an answer, too.
    if (response.ok || [404, 410].includes(response.status)) {
      await cache?.put(CONFIGURATION, response.clone());
    }
    if (response.status < 500) {
      return response;
    }
  } catch {
    // There is no network.
  }
  return (await cache?.match(CONFIGURATION)) ?? Response.error();
}
