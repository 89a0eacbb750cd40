// A peer at work in the browser: from the choice of the files to its table in the page.

import { checkBuildings, checkSame } from "./check.mjs";
import { compressedBytes } from "./download.mjs";
import { peerServer } from "./servers.mjs";
import { withTab } from "./tab.mjs";

export async function measurePeer(files, parameters) {
  return withTab(async (page, peak) => {
    const server = await peerServer(files.folder);
    const firstRequest = server.requests.length;
    const { seconds, answer } = await load(page, files, parameters);
    const peakBytes = await peak();
    check(answer, files);
    const downloadBytes = await compressedBytes(files.folder, server.requests.slice(firstRequest));
    return { seconds, peakBytes, downloadBytes };
  });
}

/** Opens the peers' page, hands it the files and waits for its answer. */
export async function load(page, files, parameters) {
  const { address } = await peerServer(files.folder);
  const complaint = new Promise((_, reject) => page.on("pageerror", reject));
  const working = async () => {
    await page.goto(`${address}?${new URLSearchParams(parameters)}`);
    await page.locator("body[data-phase=started]").waitFor();
    await page.getByLabel("Add files").setInputFiles([files.buildings, files.streams]);
    return page.evaluate(() => window.measured);
  };
  return Promise.race([working(), complaint]);
}

function check({ bytes, lineEnds, buildings }, files) {
  if (bytes !== undefined) {
    checkSame(bytes, files.bytes, "bytes");
  } else if (lineEnds !== undefined) {
    checkSame(lineEnds, files.rows + 1, "line ends");
  } else {
    checkBuildings(buildings, files.expected.bySecondEnd);
  }
}
