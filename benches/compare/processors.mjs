// Makes a page believe in a number of processors.
//
// Chromium's own override of the debugging protocol stops at the page, so the workers are told one by one.
// A worker that asks in its first moment still hears the truth; those that ask when a file comes do not.

/** To be called before the page is opened; what it gives, once the page's engine runs. */
export async function pretend(page, processors) {
  await page.addInitScript(override, processors);
  const told = [];
  const tell = (worker) => told.push(worker.evaluate(override, processors));
  page.on("worker", tell);
  return async () => {
    // The engine starts after the page has sealed itself.
    if (page.workers().length === 0) {
      await page.waitForEvent("worker");
    }
    page.off("worker", tell);
    await Promise.all(told);
    // The engine is the first worker; the readers that it has started by then are as many as it wants afterwards.
    const heard = await Promise.all([page, page.workers()[0]].map((target) => target.evaluate(hear)));
    if (heard.some((count) => count !== processors)) {
      throw new Error(`the page counts ${heard} processors instead of ${processors}`);
    }
  };
}

function override(processors) {
  Object.defineProperty(navigator, "hardwareConcurrency", { get: () => processors });
}

function hear() {
  return navigator.hardwareConcurrency;
}
