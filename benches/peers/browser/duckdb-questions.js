// Questions about the streams that DuckDB-Wasm has loaded.

import { IS_GOOD, IS_POOR } from "./duckdb-groups.js";
import { Networks } from "./networks.js";

const PLACE = ["Second IP Address", "Second Subnet", "Second Reflexive Local IP"];

export class Questions {
  buildingFile;
  #db;
  #connection;

  constructor(db, connection) {
    this.#db = db;
    this.#connection = connection;
  }

  /** Gives each stream its building, so that no question has to find it again. */
  async prepare() {
    const networks = new Networks(this.buildingFile);
    const columns = PLACE.map((name) => `"${name}"`);
    const places = await this.#connection.query(`SELECT DISTINCT ${columns.join(", ")} FROM streams`);
    const texts = PLACE.map((name) => places.getChild(name));
    const lines = [];
    for (let idx = 0; idx < places.numRows; idx += 1) {
      const cells = texts.map((column) => column.get(idx) ?? "");
      lines.push([...cells, networks.buildingOf(...cells)].join("\t"));
    }
    await this.#db.registerFileText("places.tsv", `${lines.join("\n")}\n`);
    await this.#connection.query(`
      CREATE TABLE places AS SELECT * FROM read_csv('places.tsv', auto_detect = false, header = false, delim = '\t',
        columns = {'address': 'VARCHAR', 'subnet': 'VARCHAR', 'public': 'VARCHAR', 'building': 'VARCHAR'});
      CREATE TYPE building AS ENUM (SELECT DISTINCT building FROM places);
      ALTER TABLE streams ADD COLUMN building building;
      UPDATE streams SET building = places.building FROM places
        WHERE ${columns.map((column, idx) => `${column} IS NOT DISTINCT FROM ${["address", "subnet", "public"][idx]}`).join(" AND ")}`);
  }

  /** Streams, good, poor and people of each building, of streams that ended from the first to the last day. */
  async buildingsInDays({ days: [first, last] }) {
    return this.#buildings(`AND "End Time" >= DATE '${first}' AND "End Time" < DATE '${last}' + 1`);
  }

  /** Poor streams of the ten people with the most. */
  async mostPoor() {
    const rows = await this.#connection.query(`
      SELECT "Second UPN" AS upn, count(*)::INTEGER AS poor FROM streams
      WHERE "Media Type" = 'Audio' AND ${IS_POOR} AND upn IS NOT NULL
      GROUP BY upn ORDER BY poor DESC LIMIT 10`);
    return rows.toArray().map(({ poor }) => poor);
  }

  /** People of each building. */
  async people() {
    const rows = await this.#connection.query(`
      SELECT building::VARCHAR AS building, count(DISTINCT "Second UPN")::INTEGER AS people
      FROM streams WHERE "Media Type" = 'Audio' GROUP BY building`);
    return Object.fromEntries(rows.toArray().map(({ building, people }) => [building, people]));
  }

  async #buildings(condition) {
    const rows = await this.#connection.query(`
      SELECT building::VARCHAR AS building, count(*)::INTEGER AS streams,
        (count(*) FILTER (WHERE ${IS_GOOD}))::INTEGER AS good,
        (count(*) FILTER (WHERE ${IS_POOR}))::INTEGER AS poor,
        count(DISTINCT "Second UPN")::INTEGER AS people
      FROM streams WHERE "Media Type" = 'Audio' ${condition} GROUP BY building`);
    const figures = ({ streams, good, poor, people }) => [streams, good, poor, people];
    return Object.fromEntries(rows.toArray().map((row) => [row.building, figures(row)]));
  }
}
