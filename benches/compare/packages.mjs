// Installs what the peers need, in versions that are named here; a peer that cannot be installed is left out.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const NPM = {
  udsv: "0.7.3",
  papaparse: "5.7.1",
  "@duckdb/duckdb-wasm": "1.32.0",
};

const PYTHON = {
  polars: "2.1.0",
  duckdb: "2.0.0",
  pandas: "3.1.1",
};

const IS_WINDOWS = process.platform === "win32";

/** The Python that has the native peers. */
export function pythonOf(folder) {
  return join(folder, "venv", IS_WINDOWS ? "Scripts/python.exe" : "bin/python");
}

/** A package and the version that is compared. */
export function versioned(name) {
  return `${name} ${NPM[name] ?? PYTHON[name]}`;
}

/** Installs what is missing of the packages that the tools need, and names those that are not to be had. */
export async function readyPackages(folder, tools, mayInstall) {
  const needed = new Set(tools.flatMap((tool) => tool.package ?? []));
  const absent = new Set();
  for (const name of needed) {
    const isThere = name in NPM ? isInstalledByNpm : isInstalledByPip;
    const install = name in NPM ? installByNpm : installByPip;
    if (isThere(folder, name)) {
      continue;
    }
    if (mayInstall) {
      install(folder, name);
    }
    if (!isThere(folder, name)) {
      console.log(`${versioned(name)} is left out: it is not installed.`);
      absent.add(name);
    }
  }
  return absent;
}

/** Each in a folder of its own, so that one that cannot be installed takes no other with it. */
function npmFolder(folder, name) {
  return join(folder, "peers", basename(name));
}

function isInstalledByNpm(folder, name) {
  const manifest = join(npmFolder(folder, name), "node_modules", name, "package.json");
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === NPM[name];
}

function installByNpm(folder, name) {
  const place = npmFolder(folder, name);
  console.log(`Installing ${versioned(name)} into ${place} with npm …`);
  mkdirSync(place, { recursive: true });
  const words = `install --no-audit --no-fund --ignore-scripts --loglevel=error --prefix ${place} ${name}@${NPM[name]}`;
  run(IS_WINDOWS ? "npm.cmd" : "npm", words.split(" "));
}

function isInstalledByPip(folder, name) {
  const words = ["-c", `import importlib.metadata as installed; print(installed.version("${name}"))`];
  const { stdout } = spawnSync(pythonOf(folder), words, { encoding: "utf8" });
  return stdout?.trim() === PYTHON[name];
}

function installByPip(folder, name) {
  const place = join(folder, "venv");
  console.log(`Installing ${versioned(name)} into ${place} with pip …`);
  if (!existsSync(pythonOf(folder))) {
    run(IS_WINDOWS ? "python" : "python3", ["-m", "venv", place]);
  }
  run(pythonOf(folder), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `${name}==${PYTHON[name]}`]);
}

function run(program, words) {
  const { error, status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (error || status !== 0) {
    console.log(`${program} did not succeed: ${error?.message ?? stderr.trim().split("\n").at(-1)}`);
  }
}
