// Drops files on the page as the desktop does: trusted events that carry a DataTransfer with files.

/** Drags the files at these paths over the middle of the page and lets go. */
export async function dropFiles(page, paths) {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: width / 2, y: height / 2, data });
  }
  await session.detach();
}
