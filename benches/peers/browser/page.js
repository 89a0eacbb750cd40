// The page around a tool: two files in, one table out, and how long that took.
//
// `?tool=udsv&workers=2` loads `udsv.js`. A tool is loaded and started before the files are chosen.

import { draw } from "./table.js";

const options = Object.fromEntries(new URLSearchParams(location.search));
const tool = await import(`./${options.tool}.js`);
const started = await tool.start(options);

document.querySelector("input").addEventListener("change", ({ target }) => {
  const chosen = performance.now();
  const [buildings, streams] = target.files;
  const measured = async () => {
    const answer = await started.answer(buildings, streams);
    draw(answer, document.querySelector("main"));
    await new Promise(requestAnimationFrame);
    return { answer, seconds: (performance.now() - chosen) / 1000 };
  };
  window.measured = measured();
});

/** Seconds until the answer to a question about the streams that are loaded is there, and the answer. */
window.ask = async (question) => {
  const asked = performance.now();
  const answer = await started.questions[question.name](question);
  return { answer, seconds: (performance.now() - asked) / 1000 };
};
window.prepare = () => started.prepare();

document.body.dataset.phase = "started";
