// DuckDB-Wasm: its bundle for browsers with WebAssembly exceptions, one thread, one table in memory.
//
// `keeps=needed` loads the columns that the answer needs, `keeps=all` those of the whole export.

import * as duckdb from "/packages/duckdb-wasm/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs";

import { answerOf } from "./answer.js";
import { Questions } from "./duckdb-questions.js";
import { quoted, typed } from "./duckdb-columns.js";
import { groupsOf, GROUPS } from "./duckdb-groups.js";
import { NEEDED, Tally } from "./tally.js";

const DIST = new URL("/packages/duckdb-wasm/@duckdb/duckdb-wasm/dist/", location).href;

export async function start({ keeps }) {
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(`${DIST}duckdb-browser-eh.worker.js`));
  await db.instantiate(`${DIST}duckdb-eh.wasm`, null);
  const connection = await db.connect();
  // Rows may come in any order: the answer is the same, and DuckDB needs less memory.
  await connection.query("SET preserve_insertion_order = false");

  const questions = new Questions(db, connection);
  const answer = async (buildings, streams) => {
    questions.buildingFile = await buildings.text();
    const tally = new Tally(questions.buildingFile);
    await db.registerFileHandle("streams.csv", streams, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    const columns = keeps === "all" ? "*" : NEEDED.map(quoted).join(", ");
    await connection.query(`
      CREATE TABLE streams AS SELECT ${columns} FROM read_csv('streams.csv',
        auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n',
        columns = ${typed(await headingsOf(streams))})`);
    for (const group of groupsOf(await connection.query(GROUPS))) {
      tally.addGroup(group);
    }
    return answerOf(tally);
  };
  return { answer, questions, prepare: () => questions.prepare() };
}

async function headingsOf(file) {
  const [line] = (await file.slice(0, 1 << 16).text()).split("\r\n", 1);
  return line.split(",");
}
