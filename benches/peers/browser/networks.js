// Which building a client's addresses lie in, by longest prefix. Networks nest or are disjoint, so they cut
// the line of addresses into intervals, each with an innermost network.

export const NOT_MAPPED = "(not mapped)";

export class Networks {
  #ipv4;
  #ipv6;

  constructor(buildingFile) {
    const rows = buildingFile
      .split("\r\n")
      .filter((line) => line !== "")
      .map((line) => {
        const [first, , prefix, building] = line.split("\t");
        return network(addressOf(first), Number(prefix), building);
      });
    const is = (type) => ({ first }) => typeof first === type;
    this.#ipv4 = new Intervals(rows.filter(is("number")), 1);
    this.#ipv6 = new Intervals(rows.filter(is("bigint")), 1n);
  }

  /** The more specific of the network around the address and the network that is the subnet; else the one
   *  around the subnet; else the one around the public address. */
  buildingOf(address, subnet, publicAddress) {
    const byAddress = this.#around(addressOf(address));
    const subnetAddress = addressOf(subnet);
    const bySubnet = this.#around(subnetAddress);
    const exactly = bySubnet?.first === subnetAddress ? bySubnet : undefined;
    const found =
      byAddress && exactly && exactly.prefix > byAddress.prefix
        ? exactly
        : (byAddress ?? bySubnet ?? this.#around(addressOf(publicAddress)));
    return found?.building ?? NOT_MAPPED;
  }

  #around(address) {
    if (address === undefined) {
      return undefined;
    }
    return (typeof address === "number" ? this.#ipv4 : this.#ipv6).around(address);
  }
}

class Intervals {
  #starts = [];
  #networks = [];

  constructor(networks, one) {
    const open = [];
    const start = (at) => {
      if (this.#starts.at(-1) === at) {
        this.#networks.pop();
      } else {
        this.#starts.push(at);
      }
      this.#networks.push(open.at(-1));
    };
    const closeBefore = (at) => {
      while (open.length > 0 && (at === undefined || open.at(-1).last < at)) {
        start(open.pop().last + one);
      }
    };
    const inOrder = (a, b) => (a.first === b.first ? a.prefix - b.prefix : a.first < b.first ? -1 : 1);
    for (const network of networks.sort(inOrder)) {
      closeBefore(network.first);
      open.push(network);
      start(network.first);
    }
    closeBefore();
  }

  around(address) {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 ? this.#networks[low - 1] : undefined;
  }
}

function network(first, prefix, building) {
  const last = typeof first === "number" ? first + 2 ** (32 - prefix) - 1 : first + (1n << BigInt(128 - prefix)) - 1n;
  return { first, last, prefix, building };
}

/** A number of IPv4, a bigint of IPv6; undefined where nothing is known, which 0.0.0.0 says too. */
function addressOf(text) {
  if (text === "" || text === null || text === "0.0.0.0") {
    return undefined;
  }
  return text.includes(":") ? ipv6(text) : ipv4(text);
}

function ipv4(text) {
  let address = 0;
  let byte = 0;
  for (let idx = 0; idx < text.length; idx += 1) {
    const code = text.charCodeAt(idx);
    if (code === 46) {
      address = address * 256 + byte;
      byte = 0;
    } else {
      byte = byte * 10 + code - 48;
    }
  }
  return address * 256 + byte;
}

function ipv6(text) {
  const [head, tail] = text.split("::").map((words) => (words === "" ? [] : words.split(":")));
  const left = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail];
  return BigInt(`0x${left.map((word) => word.padStart(4, "0")).join("")}`);
}
