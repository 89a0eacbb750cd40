// The table of buildings, worst first; of a tool that only reads, what it read.

const HEADINGS = ["Building", "Poor %", "Streams", "Good", "Poor", "People"];

export function draw(answer, place) {
  const { buildings } = answer;
  if (!buildings) {
    place.textContent = JSON.stringify(answer);
    return;
  }
  const rows = Object.entries(buildings)
    .map(([name, [streams, good, poor, people]]) => ({ name, share: poor / (good + poor), streams, good, poor, people }))
    .sort((a, b) => b.share - a.share)
    .map(({ name, share, streams, good, poor, people }) => [name, (100 * share).toFixed(1), streams, good, poor, people]);
  const table = document.createElement("table");
  const row = (cells, kind) => {
    const line = document.createElement("tr");
    for (const words of cells) {
      const cell = document.createElement(kind);
      cell.textContent = words;
      line.append(cell);
    }
    return line;
  };
  table.append(row(HEADINGS, "th"), ...rows.map((cells) => row(cells, "td")));
  place.replaceChildren(table);
}
