// Cancels in the page itself: half a gigabyte is read sooner than words go to the page and back.

/** To be called before the file is added: cancels its reading in the frame in which some of it is read. */
export async function cancelOnceReading(page, file) {
  await page.evaluate((label) => {
    const look = () => {
      const button = document.querySelector(`button[aria-label="${label}"]`);
      if (button && document.querySelector("progress")?.value > 0) {
        button.click();
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  }, `Cancel reading ${file}`);
}
