// The questions in words, and how often each is asked.

import { median } from "./median.mjs";

export const QUESTIONS = {
  buildingsInDays: "streams, poor streams and people of each building, ten days of the month",
  mostPoor: "the ten people with the most poor streams",
  people: "people of each building, the whole month",
};

const WARM_RUNS = 5;

/**
 * The medians of the warm runs of `ask`, which gives the seconds to each of its milestones, and the answer; `check`
 * sees the first answer.
 */
export async function warmSeconds(ask, check) {
  const { answer } = await ask();
  await check(answer);
  const seconds = [];
  for (let run = 0; run < WARM_RUNS; run += 1) {
    seconds.push((await ask()).seconds);
  }
  return seconds[0].map((_, milestone) => median(seconds.map((run) => run[milestone])));
}
