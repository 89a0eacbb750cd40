// Reads a file and says how many bytes, or how many line ends, it has.

import { slices } from "./slices.js";

const LINE_FEED = 10;

onmessage = async ({ data: { streams, counts } }) => {
  let bytes = 0;
  let lineEnds = 0;
  for await (const slice of slices(streams)) {
    bytes += slice.length;
    if (counts === "line-ends") {
      lineEnds += countLineEnds(slice);
    }
  }
  postMessage(counts === "line-ends" ? { lineEnds } : { bytes });
};
postMessage("started");

function countLineEnds(slice) {
  let lineEnds = 0;
  for (let at = slice.indexOf(LINE_FEED); at >= 0; at = slice.indexOf(LINE_FEED, at + 1)) {
    lineEnds += 1;
  }
  return lineEnds;
}
