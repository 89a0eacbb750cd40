// Reads an export with PapaParse, which brings its own reading in slices, and tallies it.

importScripts("/packages/papaparse/papaparse/papaparse.min.js");

const loaded = Promise.all([import("./answer.js"), import("./tally.js")]);

onmessage = async ({ data: { buildings, streams } }) => {
  const [{ partOf }, { Tally }] = await loaded;
  const tally = new Tally(await buildings.text());
  let read;
  Papa.parse(streams, {
    delimiter: ",",
    newline: "\r\n",
    chunk: ({ data }) => {
      read ??= tally.reader(data.shift());
      data.forEach((cells) => read(cells));
    },
    complete: () => postMessage(partOf(tally)),
    error: (error) => {
      throw error;
    },
  });
};
loaded.then(() => postMessage("started"));
