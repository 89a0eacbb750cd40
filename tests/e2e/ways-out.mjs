// Every way in which a script could send something away. Runs in the browser, so each function is whole.

/** The ways out of a document; each asks `base` for a path that ends with the way's name. */
export const PAGE_WAYS = [
  "fetch",
  "fetch-no-cors",
  "fetch-keepalive",
  "xhr",
  "websocket",
  "eventsource",
  "beacon",
  "image",
  "css-image",
  "svg-image",
  "prefetch",
  "preload",
  "modulepreload",
  "stylesheet",
  "style-import",
  "font",
  "icon",
  "script",
  "module",
  "iframe",
  "object",
  "embed",
  "video",
  "track",
  "form-in-frame",
  "ping",
  "service-worker",
  "shared-worker",
  "worker",
];

/** Those of a worker. */
export const WORKER_WAYS = ["fetch", "fetch-no-cors", "xhr", "websocket", "eventsource", "import-scripts", "module", "worker"];

export function tryFromPage(base) {
  const at = (way) => base + way;
  const element = (name, attributes, parent = document.body) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      made.setAttribute(attribute, value);
    }
    parent.append(made);
    return made;
  };
  const ways = {
    fetch: () => fetch(at("fetch")),
    "fetch-no-cors": () => fetch(at("fetch-no-cors"), { method: "POST", mode: "no-cors", body: "x" }),
    "fetch-keepalive": () => fetch(at("fetch-keepalive"), { keepalive: true, mode: "no-cors" }),
    xhr: () => {
      const request = new XMLHttpRequest();
      request.open("GET", at("xhr"));
      request.send();
    },
    websocket: () => new WebSocket(at("websocket").replace("http", "ws")),
    eventsource: () => new EventSource(at("eventsource")),
    beacon: () => navigator.sendBeacon(at("beacon"), "x"),
    image: () => {
      new Image().src = at("image");
    },
    "css-image": () => {
      element("div", {}).style.backgroundImage = `url("${at("css-image")}")`;
    },
    "svg-image": () => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
      image.setAttribute("href", at("svg-image"));
      svg.append(image);
      document.body.append(svg);
    },
    prefetch: () => element("link", { rel: "prefetch", href: at("prefetch") }, document.head),
    preload: () => element("link", { rel: "preload", as: "image", href: at("preload") }, document.head),
    modulepreload: () => element("link", { rel: "modulepreload", href: at("modulepreload") }, document.head),
    stylesheet: () => element("link", { rel: "stylesheet", href: at("stylesheet") }, document.head),
    "style-import": () => {
      element("style", {}, document.head).textContent = `@import url("${at("style-import")}");`;
    },
    font: () => new FontFace("leak", `url("${at("font")}")`).load(),
    icon: () => element("link", { rel: "icon", href: at("icon") }, document.head),
    script: () => {
      const script = document.createElement("script");
      script.src = at("script");
      document.body.append(script);
    },
    module: () => import(at("module")),
    iframe: () => element("iframe", { src: at("iframe") }),
    object: () => {
      const made = document.createElement("object");
      made.data = at("object");
      document.body.append(made);
    },
    embed: () => {
      const made = document.createElement("embed");
      made.src = at("embed");
      document.body.append(made);
    },
    video: () => element("video", { src: at("video"), preload: "auto" }),
    track: () => {
      const video = element("video", {});
      const track = element("track", { src: at("track"), kind: "subtitles", default: "" }, video);
      track.track.mode = "showing";
    },
    "form-in-frame": () => {
      element("iframe", { name: "inner" });
      element("form", { action: at("form-in-frame"), method: "post", target: "inner" }).submit();
    },
    ping: () => {
      // In a frame without an address of its own, "#help" alone would lead to another document.
      const link = element("a", { href: `${location.href.split("#")[0]}#help`, ping: at("ping") });
      link.addEventListener("click", (event) => event.stopPropagation());
      link.click();
    },
    "service-worker": () => navigator.serviceWorker.register(at("service-worker")),
    "shared-worker": () => new SharedWorker(at("shared-worker")),
    worker: () => new Worker(at("worker")),
  };
  for (const attempt of Object.values(ways)) {
    try {
      Promise.resolve(attempt()).catch(() => {});
    } catch {
      // Refused at once: all the better.
    }
  }
}

/** Leaves the document where it succeeds, so it comes last. */
export function tryForm(base) {
  const form = document.createElement("form");
  form.action = `${base}form`;
  form.method = "post";
  document.body.append(form);
  form.submit();
}

export function tryFromWorker(base) {
  const at = (way) => base + way;
  const ways = {
    fetch: () => fetch(at("fetch")),
    "fetch-no-cors": () => fetch(at("fetch-no-cors"), { method: "POST", mode: "no-cors", body: "x" }),
    xhr: () => {
      const request = new XMLHttpRequest();
      request.open("GET", at("xhr"));
      request.send();
    },
    websocket: () => new WebSocket(at("websocket").replace("http", "ws")),
    eventsource: () => new EventSource(at("eventsource")),
    module: () => import(at("module")),
    worker: () => new Worker(at("worker")),
    "import-scripts": () => importScripts(at("import-scripts")),
  };
  for (const attempt of Object.values(ways)) {
    try {
      Promise.resolve(attempt()).catch(() => {});
    } catch {
      // Refused at once: all the better.
    }
  }
}
