// What a server in trouble answers: nothing, half of something, or a status alone.

/** The request is taken, and nothing ever comes back. */
export const silence = () => {};

/** It begins as it should, and then nothing more comes. */
export const half = (response) => response.writeHead(200, { "Content-Length": 1_000 }).write("Network\t");

export const status = (code) => (response) => response.writeHead(code).end();

/** A page as whoever runs the server wants it today. */
export const page = (html, headers = {}) => (response) =>
  response.writeHead(200, { "Content-Type": "text/html", ...headers }).end(html);
