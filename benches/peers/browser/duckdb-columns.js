// Names and types of the export's columns, as DuckDB wants them.

const TYPES = [
  [/^(Start|End) Time$/, "TIMESTAMP"],
  [/^Avg /, "DOUBLE"],
];

export function typed(headings) {
  const type = (heading) => TYPES.find(([pattern]) => pattern.test(heading))?.[1] ?? "VARCHAR";
  return `{${headings.map((heading) => `'${heading}': '${type(heading)}'`).join(", ")}}`;
}

export function quoted(heading) {
  return `"${heading}"`;
}
