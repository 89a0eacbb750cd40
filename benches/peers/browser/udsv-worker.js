// Reads a part of an export with uDSV and tallies it.

import { inferSchema, initParser } from "/packages/udsv/udsv/dist/uDSV.mjs";

import { partOf } from "./answer.js";
import { slices } from "./slices.js";
import { Tally } from "./tally.js";

onmessage = async ({ data: { buildings, headings, part, isFirst } }) => {
  const tally = new Tally(await buildings.text());
  const schema = inferSchema(headings, { col: ",", row: "\r\n", encl: '"', esc: '"' });
  schema.skip = isFirst ? 1 : 0;
  const parser = initParser(schema);
  const read = tally.reader(schema.cols.map(({ name }) => name));
  const decoder = new TextDecoder();
  let rest = "";
  for await (const slice of slices(part)) {
    // uDSV keeps an unfinished row by itself, but not a line end that is cut in two.
    const text = rest + decoder.decode(slice, { stream: true });
    const end = text.lastIndexOf("\n") + 1;
    rest = text.slice(end);
    parser.chunk(text.slice(0, end), parser.stringArrs, read);
  }
  parser.chunk(rest, parser.stringArrs, read);
  parser.end();
  postMessage(partOf(tally));
};
postMessage("started");
