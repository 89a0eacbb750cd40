// Reads and writes delimited text, slowly and obviously. Knows nothing of the engine.

/** The cells of each row. Quotes may hold delimiters, line ends and doubled quotes. */
export function readCsv(text, delimiter = ",") {
  const rows = [];
  let row = [];
  let cell = "";
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = "";
  };
  const letters = text.replace(/^\uFEFF/, "");
  for (let idx = 0; idx < letters.length; idx += 1) {
    const letter = letters[idx];
    if (isQuoted && letter === '"' && letters[idx + 1] === '"') {
      cell += '"';
      idx += 1;
    } else if (letter === '"') {
      isQuoted = !isQuoted;
    } else if (isQuoted) {
      cell += letter;
    } else if (letter === delimiter) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") {
      endRow();
    } else if (letter !== "\r") {
      cell += letter;
    }
  }
  if (cell !== "" || row.length > 0) {
    endRow();
  }
  return rows;
}

/** A table as one object a row, by heading. */
export function readTable(text, delimiter = ",") {
  const [headings, ...rows] = readCsv(text, delimiter);
  return rows.map((row) => Object.fromEntries(headings.map((heading, idx) => [heading, row[idx]])));
}

/** Delimited text. */
export function writeCsv(rows, { delimiter = ",", lineEnd = "\r\n", quoteAll = false } = {}) {
  const write = (cell) => {
    const text = String(cell ?? "");
    const needsQuotes = quoteAll || /["\r\n]/.test(text) || text.includes(delimiter);
    return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(write).join(delimiter) + lineEnd).join("");
}
