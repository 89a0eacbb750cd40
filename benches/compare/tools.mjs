// The tools that are compared, in the order of the table.

import { measureCallscope } from "./callscope.mjs";
import { inParts } from "./parts.mjs";
import { ENGINE, measureProcess, python } from "./process.mjs";
import { measurePeer } from "./peer-page.mjs";

const peer = (parameters) => (files) => measurePeer(files, parameters);

/** Results are told as a ratio to this one. */
export const BASELINE = "callscope-2";

export const TOOLS = [
  {
    id: "callscope-1",
    name: "callscope, one reader worker",
    place: "Chromium",
    keeps: "all columns",
    measure: (files) => measureCallscope(files, 1),
  },
  {
    id: BASELINE,
    name: "callscope, two reader workers",
    place: "Chromium",
    keeps: "all columns",
    measure: (files) => measureCallscope(files, 2),
  },
  {
    id: "callscope-parts",
    name: "callscope, files of 10,000 rows each",
    place: "Chromium",
    keeps: "all columns",
    mostRows: 1_000_000,
    measure: async (files) => measureCallscope(await inParts(files), 2),
  },
  {
    id: "read",
    name: "only reading the file, in a worker",
    place: "Chromium",
    keeps: "nothing",
    measure: peer({ tool: "floor", counts: "bytes" }),
  },
  {
    id: "line-ends",
    name: "reading it and counting line ends",
    place: "Chromium",
    keeps: "nothing",
    measure: peer({ tool: "floor", counts: "line-ends" }),
  },
  {
    id: "udsv-1",
    name: "uDSV, one worker",
    place: "Chromium",
    keeps: "the answer",
    package: "udsv",
    measure: peer({ tool: "udsv", workers: 1 }),
  },
  {
    id: "udsv-2",
    name: "uDSV, two workers",
    place: "Chromium",
    keeps: "the answer",
    package: "udsv",
    measure: peer({ tool: "udsv", workers: 2 }),
  },
  {
    id: "papaparse",
    name: "PapaParse, one worker",
    place: "Chromium",
    keeps: "the answer",
    package: "papaparse",
    measure: peer({ tool: "papaparse" }),
  },
  {
    id: "duckdb-wasm-needed",
    name: "DuckDB-Wasm",
    place: "Chromium",
    keeps: "needed columns",
    package: "@duckdb/duckdb-wasm",
    measure: peer({ tool: "duckdb", keeps: "needed" }),
  },
  {
    id: "duckdb-wasm-all",
    name: "DuckDB-Wasm",
    place: "Chromium",
    keeps: "all columns",
    package: "@duckdb/duckdb-wasm",
    measure: peer({ tool: "duckdb", keeps: "all" }),
  },
  {
    id: "engine",
    name: "callscope's engine",
    place: "native",
    keeps: "all columns",
    measure: (files) => measureProcess(files, ENGINE, "byEachClientEnd"),
  },
  {
    id: "polars",
    name: "Polars, two threads",
    place: "native",
    keeps: "needed columns",
    package: "polars",
    measure: (files) => measureProcess(files, python(files, "with_polars.py"), "bySecondEnd"),
  },
  {
    id: "duckdb",
    name: "DuckDB, two threads",
    place: "native",
    keeps: "needed columns",
    package: "duckdb",
    measure: (files) => measureProcess(files, python(files, "with_duckdb.py"), "bySecondEnd"),
  },
  {
    id: "pandas",
    name: "pandas",
    place: "native",
    keeps: "needed columns",
    package: "pandas",
    measure: (files) => measureProcess(files, python(files, "with_pandas.py"), "bySecondEnd"),
  },
];
