// <call-scope>: callscope inside a page of one's own. What it can do is described in docs/embed.md.
//
// The frame is sandboxed, everything crosses as messages, and nothing is sent but by the page that uses this.

const VERSION = 1;

/** The page answers "connect" as soon as it runs. It is asked at growing intervals. */
const FIRST_INTERVAL_MS = 100;
const LAST_INTERVAL_MS = 20_000;

/** Then it is given up, a little before it gives up its own parts. */
const PATIENCE_MS = 58_000;

/** The hosted page waits as long for that file. */
const LOCATIONS_MS = 20_000;

/** A layout that depends on a low window could swing to and fro below this. */
const MIN_HEIGHT_PX = 480;
const MAX_HEIGHT_PX = 20_000;

/** Attributes that the page reads from its address: switches, and words. */
const SWITCHES = ["lock-role", "strict-search", "compact", "auto-height"];
const WORDS = ["support-role", "view", "theme", "lang", "locations"];
const TOKENS = ["accent", "font", "radius", "density"];

const ROLES = ["specialist", "engineer", "administrator"];

const LOOK = new CSSStyleSheet();
LOOK.replaceSync(`
  :host { display: block; block-size: 45rem; }
  :host([auto-height]) { block-size: auto; }
  :host([hidden]) { display: none; }
  iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; }
`);

/** Why something was not done: `code` is one of the codes of docs/embed.md. */
class CallScopeError extends Error {
  constructor(code) {
    super(`callscope: ${code}`);
    this.name = "CallScopeError";
    this.code = code;
  }
}

class CallScope extends HTMLElement {
  static observedAttributes = ["view", "theme"];

  #frame = null;
  /** The origin that the frame must have; "null" for one that is sandboxed away from every origin. */
  #origin = "";
  #isConnected = false;
  #isReady = false;
  #isGivenUp = false;
  #connecting = 0;
  #patience = 0;
  /** What the page knows of attributes that may change. */
  #followed = {};
  /** In one-file mode, the building file that the frame has not got yet. */
  #building = null;
  #nextId = 1;
  /** Questions by their number: how to settle each. */
  #waiting = new Map();
  /** What is to be said once the page is connected. */
  #unsaid = [];
  /** The lowest role that this element was ever locked to, by its index; empty if that is the configuration's. */
  #locked = null;
  #hear = (event) => this.#heard(event);

  connectedCallback() {
    addEventListener("message", this.#hear);
    // A frame that never comes is told of, too.
    this.#bePatient();
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [LOOK];
    shadow.replaceChildren(this.#made());
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    this.#giveUp("removed");
    this.#building = null;
    this.#frame?.remove();
    this.#frame = null;
  }

  /** View and theme follow their attributes; all others count when the element comes into the document. */
  attributeChangedCallback() {
    if (this.#isReady) {
      this.#follow();
    }
  }

  #follow() {
    for (const name of CallScope.observedAttributes) {
      const now = this.getAttribute(name);
      if (now !== this.#followed[name]) {
        this.#followed[name] = now;
        if (now !== null) {
          // What is refused is said again to the next session.
          this.#say({ type: name, [name]: now }).catch(() => delete this.#followed[name]);
        }
      }
    }
  }

  /** Opens files: each a File, a Blob with a name, or `{ name, bytes }` with an ArrayBuffer, which is handed over. */
  async open(files) {
    const named = Array.from(files, (file) => {
      if (file instanceof File) {
        return file;
      }
      if (file instanceof Blob && typeof file.name === "string") {
        return new File([file], file.name);
      }
      if (file?.bytes instanceof ArrayBuffer && typeof file.name === "string") {
        return { name: file.name, bytes: file.bytes };
      }
      throw new CallScopeError("bad-file");
    });
    if (named.length === 0) {
      return;
    }
    const buffers = named.flatMap((file) => (file instanceof File ? [] : [file.bytes]));
    await this.#say({ type: "open", files: named }, buffers);
  }

  /** The rows of a report as the role may see them, one object each. */
  async report(name, query = {}) {
    const { bytes } = await this.#say({ type: "ask", report: name, query });
    return rowsOf(new TextDecoder().decode(bytes));
  }

  /** The same as a CSV file. */
  async export(name, query = {}) {
    const done = await this.#say({ type: "ask", report: name, query });
    const blob = new Blob([done.bytes], { type: "text/csv;charset=utf-8" });
    return Object.defineProperty(blob, "name", { value: done.name });
  }

  #made() {
    const address = new URL(this.getAttribute("src") ?? new URL("index.html", import.meta.url), document.baseURI);
    const isOneFile = address.pathname.endsWith("/callscope.html");
    this.#origin = isOneFile ? "null" : address.origin;
    this.#describe(address.searchParams, isOneFile);
    const theme = this.getAttribute("theme");
    this.#followed = { view: this.getAttribute("view"), theme };
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("frame-title") ?? "callscope";
    frame.referrerPolicy = "no-referrer";
    frame.allow = "";
    // The hosted page starts its workers from its own origin; the one file needs none.
    frame.sandbox = isOneFile ? "allow-scripts allow-downloads" : "allow-scripts allow-same-origin allow-downloads";
    frame.src = address.href;
    frame.addEventListener("load", () => {
      // A page that is loaded anew keeps its view.
      this.#followed.theme = theme;
      this.#connect();
      if (isOneFile && this.getAttribute("locations")) {
        this.#fetchLocations();
      }
    });
    this.#frame = frame;
    return frame;
  }

  /** Writes the attributes and the tokens of the style sheet into the address. */
  #describe(query, isOneFile) {
    for (const name of SWITCHES) {
      if (this.hasAttribute(name)) {
        query.set(name, "true");
      }
    }
    for (const name of [...WORDS, ...TOKENS]) {
      if (this.hasAttribute(name) && !(isOneFile && name === "locations")) {
        query.set(name, this.getAttribute(name));
      }
    }
    const style = getComputedStyle(this);
    for (const name of TOKENS) {
      const value = style.getPropertyValue(`--callscope-${name}`).trim();
      if (value !== "" && !query.has(name)) {
        query.set(name, value.replaceAll(/["']/g, ""));
      }
    }
    this.#lock(query);
  }

  /** Keeps the role locked once it was, and never to a higher one. Of several roles the page takes the lowest. */
  #lock(query) {
    let asked = query.getAll("support-role").map((role) => Math.max(ROLES.indexOf(role), 0));
    const isLocked = this.#locked !== null || query.getAll("lock-role").some((word) => word !== "false");
    if (!isLocked) {
      return;
    }
    // Locked without a role, the page has that of the host's configuration, which is not known here.
    const isUnknown = this.#locked?.length === 0 && asked.length > 0;
    asked = isUnknown ? [0] : asked.concat(this.#locked ?? []);
    this.#locked = asked.length > 0 ? [Math.min(...asked)] : [];
    query.set("lock-role", "true");
    for (const role of this.#locked) {
      query.set("support-role", ROLES[role]);
    }
  }

  /** A frame without an origin can fetch nothing: the page around it does, and hands the file over. */
  async #fetchLocations() {
    const building = (this.#building = {});
    try {
      const address = new URL(this.getAttribute("locations"), document.baseURI);
      if (address.origin !== location.origin) {
        throw new CallScopeError("no-locations");
      }
      const signal = AbortSignal.timeout(LOCATIONS_MS);
      const response = await fetch(address, { credentials: "same-origin", signal });
      if (!response.ok) {
        throw new CallScopeError("no-locations");
      }
      building.file = new File([await response.blob()], address.pathname.split("/").pop());
      this.#openBuilding();
    } catch {
      // A frame that is loaded anew has another session, and asks for a file of its own.
      if (building === this.#building) {
        this.#tell("problem", { code: "no-locations" });
      }
    }
  }

  /** What is refused is opened when the page says that it is ready, unless its frame is loaded anew. */
  async #openBuilding() {
    const building = this.#building;
    const file = building?.file;
    if (file && this.#isReady) {
      building.file = null;
      // Why it is refused the page tells as a problem of its own.
      await this.open([file]).catch(() => {
        building.file = file;
      });
    }
  }

  #bePatient() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#giveUp("not-connected");
      this.#tell("problem", { code: "not-connected" });
    }, PATIENCE_MS);
  }

  /** Says that it is there until the page answers. A page that was loaded anew is asked anew. */
  #connect() {
    if (this.#isConnected) {
      this.#giveUp("interrupted");
      this.#bePatient();
    }
    this.#isReady = false;
    const ask = (interval_ms) => {
      this.#post({ callscope: VERSION, type: "connect" });
      this.#connecting = setTimeout(ask, interval_ms, Math.min(1.5 * interval_ms, LAST_INTERVAL_MS));
    };
    clearTimeout(this.#connecting);
    ask(FIRST_INTERVAL_MS);
  }

  /** Refuses what waits. A page that takes longer is asked on, and welcome all the same. */
  #giveUp(code) {
    if (code !== "not-connected") {
      clearTimeout(this.#connecting);
    }
    clearTimeout(this.#patience);
    this.#isConnected = false;
    this.#isReady = false;
    this.#isGivenUp = code === "not-connected";
    this.#unsaid = [];
    for (const { reject } of this.#waiting.values()) {
      reject(new CallScopeError(code));
    }
    this.#waiting.clear();
  }

  /** Says something and waits for what the page says to it. */
  #say(content, transfer = []) {
    if (!this.#frame || this.#isGivenUp) {
      return Promise.reject(new CallScopeError("not-connected"));
    }
    const id = this.#nextId;
    this.#nextId += 1;
    const message = { callscope: VERSION, id, ...content };
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    // Files are welcome as soon as the page is sealed.
    if (this.#isReady) {
      this.#send(message, transfer);
    } else {
      this.#unsaid.push([message, transfer]);
    }
    return answered;
  }

  #sayAll() {
    for (const [message, transfer] of this.#unsaid.splice(0)) {
      this.#send(message, transfer);
    }
  }

  #send(message, transfer) {
    try {
      this.#post(message, transfer);
    } catch {
      this.#waiting.get(message.id)?.reject(new CallScopeError("bad-message"));
      this.#waiting.delete(message.id);
    }
  }

  /** An origin that is none cannot be named; the frame is then known by its window alone. */
  #post(message, transfer = []) {
    const target = this.#origin === "null" ? "*" : this.#origin;
    this.#frame?.contentWindow?.postMessage(message, target, transfer);
  }

  #heard(event) {
    const isFrame = this.#frame !== null && event.source === this.#frame.contentWindow;
    const message = event.data;
    if (!isFrame || event.origin !== this.#origin || message?.callscope !== VERSION) {
      return;
    }
    const { callscope, type, id, ...content } = message;
    switch (type) {
      case "connected":
        clearTimeout(this.#connecting);
        clearTimeout(this.#patience);
        this.#isConnected = true;
        this.#isGivenUp = false;
        break;
      case "done":
      case "refused": {
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        if (type === "done") {
          waiting?.resolve(content);
        } else {
          waiting?.reject(new CallScopeError(content.code));
        }
        break;
      }
      case "ready":
      case "loaded":
      case "problem":
        // A page that could not be loaded answers, too: it refuses. Who listens may put another one in its place.
        if (type === "ready" || content.code === "not-loaded") {
          this.#isReady = true;
          if (type === "ready") {
            this.#openBuilding();
            this.#follow();
          }
          this.#sayAll();
        }
        this.#tell(type, content);
        break;
      case "height":
        if (this.hasAttribute("auto-height") && Number.isFinite(content.px)) {
          const height_px = Math.min(Math.max(content.px, MIN_HEIGHT_PX), MAX_HEIGHT_PX);
          this.#frame.style.blockSize = `${height_px}px`;
        }
        break;
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** The rows of a CSV file as objects; what is a number becomes one, what is empty becomes null. */
function rowsOf(csv) {
  const [names = [], ...rows] = cellsOf(csv);
  const valueOf = (name, cell) => {
    if (cell === "") {
      return null;
    }
    return TEXTS.has(name) || !Number.isFinite(Number(cell)) ? cell : Number(cell);
  };
  return rows.map((cells) => Object.fromEntries(names.map((name, idx) => [name, valueOf(name, cells[idx])])));
}

/** Columns that hold words, even where these look like numbers. */
const TEXTS = new Set(
  "building city state country region network name person phone end_time_utc media verdict rules".split(" ").concat(
    ["first", "second"].flatMap((end) =>
      ["person", "phone", "address", "subnet", "building", "connection"].map((part) => `${end}_${part}`),
    ),
  ),
);

/** The cells of a CSV file, row by row. */
function cellsOf(csv) {
  const rows = [];
  let row = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/gy;
  while (cell.lastIndex < csv.length) {
    const [, quoted, plain, end] = cell.exec(csv) ?? [];
    if (end === undefined) {
      throw new CallScopeError("bad-message");
    }
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

customElements.define("call-scope", CallScope);

export { CallScope, CallScopeError };
