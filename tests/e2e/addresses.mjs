// IP addresses and networks by plain comparison of bits, without an index. Knows nothing of the engine.

/** The bits of an address as a text of 0 and 1; `null` if it is none. Mapped IPv4 is IPv4. */
export function bitsOf(text) {
  const address = (text ?? "").trim().split("%")[0];
  return bitsOfV4(address) ?? bitsOfV6(address);
}

function bitsOfV4(text) {
  const parts = text.split(".");
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && part < 256);
  return isAddress ? parts.map((part) => bits(Number(part), 8)).join("") : null;
}

function bitsOfV6(text) {
  if (!text.includes(":")) {
    return null;
  }
  let words = text;
  const tail = /[^:]*\.[^:]*$/.exec(text)?.[0];
  if (tail !== undefined) {
    const v4 = bitsOfV4(tail);
    if (v4 === null) {
      return null;
    }
    const hex = [v4.slice(0, 16), v4.slice(16)].map((half) => parseInt(half, 2).toString(16));
    words = text.slice(0, -tail.length) + hex.join(":");
  }
  const halves = words.split("::");
  const [left, right] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const n_missing = 8 - left.length - (right?.length ?? 0);
  const parts = [...left, ...Array(halves.length === 2 ? Math.max(n_missing, 0) : 0).fill("0"), ...(right ?? [])];
  if (halves.length > 2 || parts.length !== 8 || !parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) {
    return null;
  }
  const all = parts.map((part) => bits(parseInt(part, 16), 16)).join("");
  const mapped = `${"0".repeat(80)}${"1".repeat(16)}`;
  return all.startsWith(mapped) ? all.slice(96) : all;
}

function bits(number, n_bits) {
  return number.toString(2).padStart(n_bits, "0");
}

/** Whether the network, given by its bits and their number, holds the address. */
export function holds(network, address) {
  return (
    network.bits.length === address.length &&
    network.bits.slice(0, network.prefix) === address.slice(0, network.prefix)
  );
}

/** Whether the address is the first one of the network. */
export function isFirst(network, address) {
  return holds(network, address) && !address.slice(network.prefix).includes("1");
}
