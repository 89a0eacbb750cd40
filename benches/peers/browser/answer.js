// The answer as every tool gives it: `[streams, good, poor, people]` of each building by name.

/** The answer of one tally. */
export function answerOf(tally) {
  return { buildings: named(tally.buildings(), ({ people }) => people.size) };
}

/** What a worker says of its part: people by name, since other workers number them otherwise. */
export function partOf(tally) {
  const names = tally.people();
  return [...tally.buildings()].map(([name, row]) => [name, { ...row, people: [...row.people].map((idx) => names[idx]) }]);
}

/** The answer of several parts. */
export function joined(parts) {
  if (parts.length === 1) {
    return { buildings: named(parts[0], ({ people }) => people.length) };
  }
  const buildings = new Map();
  for (const [name, part] of parts.flat()) {
    const row = buildings.get(name) ?? { streams: 0, good: 0, poor: 0, people: new Set() };
    buildings.set(name, row);
    row.streams += part.streams;
    row.good += part.good;
    row.poor += part.poor;
    part.people.forEach((person) => row.people.add(person));
  }
  return { buildings: named(buildings, ({ people }) => people.size) };
}

function named(buildings, countPeople) {
  const figures = (row) => [row.streams, row.good, row.poor, countPeople(row)];
  return Object.fromEntries([...buildings].map(([name, row]) => [name, figures(row)]));
}
