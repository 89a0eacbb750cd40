// Which browser the tests drive, and how it is started so that it asks nobody for anything.

const USUAL_PLACE = "/usr/bin/chromium";

export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? USUAL_PLACE,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
