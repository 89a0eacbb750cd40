// What was measured, as Markdown that is a table in a terminal too.

import { QUESTIONS } from "./asking.mjs";
import { median } from "./median.mjs";
import { versioned } from "./packages.mjs";
import { BASELINE } from "./tools.mjs";

/** Medians of all tools and sizes. */
export function toolTable(results, absent) {
  const headings = ["rows", "MB", "tool", "where", "keeps", "seconds", "MB/s", "× callscope", "peak MB", "download KB"];
  const baselines = new Map(
    results.filter(({ tool, failure }) => tool.id === BASELINE && !failure).map(({ files, runs }) => [files.rows, seconds(runs)]),
  );
  const lines = results.map(({ tool, files, runs, failure }) => {
    const megabytes = files.bytes / 1e6;
    const known = [count(files.rows), megabytes.toFixed(megabytes < 10 ? 1 : 0), tool.name, tool.place, tool.keeps];
    if (failure) {
      return [...known, `did not finish: ${failure.replaceAll("|", "/")}`, "", "", "", ""];
    }
    const took = seconds(runs);
    const ratio = took / baselines.get(files.rows);
    return [
      ...known,
      took.toFixed(2),
      (megabytes / took).toFixed(0),
      Number.isNaN(ratio) ? "" : ratio.toFixed(2),
      inUnits(median(runs.map(({ peakBytes }) => peakBytes)), 1e6),
      inUnits(runs[0].downloadBytes, 1e3),
    ];
  });
  return `${markdown(headings, lines, 5)}\n\n${notes(results, absent).join(" ")}`;
}

/** How long questions about loaded streams take. */
export function questionTable(rows, measured) {
  const tools = [...new Set(measured.map(({ tool }) => tool))];
  const lines = Object.values(QUESTIONS).map((question) => {
    const of = (tool) => measured.find((one) => one.tool === tool && one.question === question);
    return [question, ...tools.map((tool) => of(tool)?.seconds.toFixed(3) ?? "not asked")];
  });
  return `Questions about ${count(rows)} rows that are loaded already, seconds:\n\n${markdown(["question", ...tools], lines, 1)}`;
}

function notes(results, absent) {
  const nRuns = new Map(results.map(({ files, runs }) => [files.rows, runs.length]));
  const once = [...nRuns].filter(([, n]) => n === 1).map(([rows]) => count(rows));
  const most = Math.max(...nRuns.values());
  const versions = [...new Set(results.flatMap(({ tool }) => tool.package ?? []))].map(versioned);
  return [
    most > 1 ? `Medians of ${most} runs${once.length > 0 ? `; one run of ${once.join(" and ")} rows` : ""}.` : "One run each.",
    "Every answer of every run is checked.",
    "In Chromium: from the choice of the files until the table of all buildings stands in the page; natively:",
    "from opening the file to the answer. Programs are loaded before, files are in the system's cache.",
    "× callscope: as many times as long as callscope with two reader workers.",
    "Peak MB: resident memory of the tab's process, Chromium's own code included, or of the native process.",
    "Download KB: what the tab asks for, with Brotli.",
    ...(versions.length > 0 ? [`Versions: ${versions.join(", ")}.`] : []),
    ...(absent.size > 0 ? [`Left out, because not installed: ${[...absent].map(versioned).join(", ")}.`] : []),
  ];
}

function seconds(runs) {
  return median(runs.map((run) => run.seconds));
}

function inUnits(bytes, unit) {
  return bytes === undefined ? "" : count(Math.round(bytes / unit));
}

function count(number) {
  return number.toLocaleString("en-US");
}

/** The first columns are texts, the others numbers. */
function markdown(headings, lines, nTexts) {
  const widths = headings.map((_, idx) => Math.max(3, ...[headings, ...lines].map((line) => line[idx].length)));
  const row = (cells) =>
    `| ${cells.map((cell, idx) => (idx < nTexts ? cell.padEnd(widths[idx]) : cell.padStart(widths[idx]))).join(" | ")} |`;
  const rule = widths.map((width, idx) => (idx < nTexts ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [row(headings), row(rule), ...lines.map(row)].join("\n");
}
