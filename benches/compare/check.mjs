// Holds an answer against the one that was drawn. A wrong answer ends the bench: its time means nothing.

import { isDeepStrictEqual } from "node:util";

export class WrongAnswer extends Error {}

/** Fails unless each building has the expected `[streams, good, poor, people]`, and no other building is there. */
export function checkBuildings(found, expected) {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    checkSame(found[name], expected[name], name);
  }
}

export function checkSame(found, expected, what) {
  if (!isDeepStrictEqual(found, expected)) {
    throw new WrongAnswer(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  }
}
