import { join } from "node:path";
import { chromium } from "@playwright/test";
import { App } from "./app.mjs";
import { CHROMIUM } from "./chromium.mjs";
import { startServer } from "./server.mjs";
const [rows, runs="2"] = process.argv.slice(2);
const folder="/work/main/target/bench";
const server = await startServer();
const browser = await chromium.launch({...CHROMIUM, args:[...CHROMIUM.args, ...(process.env.JSF?["--js-flags="+process.env.JSF]:[])]});
for (let r=0;r<+runs;r++){
const context = await browser.newContext({ bypassCSP: true });
const page = await context.newPage(); page.setDefaultTimeout(120000);
let workers=0; page.on("worker",()=>workers++);
page.on("console",m=>console.log("C",m.text().slice(0,200)));
await page.addInitScript(() => { addEventListener("change", () => (window.chosen ??= performance.now()), { capture: true }); });
const app = new App(page);
await app.open(`${server.address}#buildings`);
await page.waitForTimeout(500);
await app.add(join(folder, "buildings.tsv"), join(folder,`streams-${rows}.csv`));
setTimeout(async()=>{ if(r===+runs-1) console.log('at', (await import('node:child_process')).execSync('python3 /tmp/cpu.py').toString())}, +(process.env.AT??1900));
const out = await page.evaluate(async () => {
 let ready=0, frames=0, long=0, last=performance.now();
 const isReady=()=>document.querySelector("main[data-phase=ready]");
 const isThere=()=>document.querySelector("main[data-phase=ready] table[aria-rowcount]:not([aria-busy], [aria-rowcount='1'])");
 while(!isThere()){ if(!ready&&isReady()) ready=performance.now(); await new Promise(requestAnimationFrame); const n=performance.now(); if(n-last>50) long++; last=n; frames++; }
 return [ready-window.chosen, performance.now()-window.chosen, frames, long].map(Math.round);
});
console.log(rows, "ready ms", out[0], "table ms", out[1], "frames", out[2], "long", out[3], "workers", workers);
if (r===+runs-1) console.log((await import("node:child_process")).execSync("python3 /tmp/cpu.py").toString());
await context.close();
}
await browser.close(); await server.stop();
