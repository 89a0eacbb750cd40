// The two servers of the bench, each started when it is first needed: callscope's own, and that of the peers.

import { startServer } from "../../tests/e2e/server.mjs";
import { startPeerServer } from "./peer-server.mjs";

const started = {};

export function callscopeServer() {
  return (started.callscope ??= startServer());
}

export function peerServer(folder) {
  return (started.peers ??= startPeerServer(folder));
}

export async function stopServers() {
  await Promise.all(Object.values(started).map(async (server) => (await server).stop()));
}
