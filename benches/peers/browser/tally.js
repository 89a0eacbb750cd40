// Audio streams, good and poor ones, and people, of each building: of the second end, by the current limits.

import { Networks } from "./networks.js";

/** What the answer needs of an export. */
export const NEEDED = [
  "Media Type",
  "Second UPN",
  "Second IP Address",
  "Second Subnet",
  "Second Reflexive Local IP",
  "Second Connectivity Ice",
  "Avg Jitter",
  "Avg Packet Loss Rate",
  "Avg Round Trip",
  "Avg Packet Utilization",
];

export class Tally {
  #networks;
  #buildings = new Map();
  #places = new Map();
  #people = new Map();

  constructor(buildingFile) {
    this.#networks = new Networks(buildingFile);
  }

  /** Takes rows as lists of texts; the headings say where the needed ones are. */
  reader(headings) {
    const [media, upn, address, subnet, publicAddress, ice, jitter, loss, roundTrip, packets] = NEEDED.map((name) =>
      headings.indexOf(name),
    );
    return (cells) => {
      if (cells[media] !== "Audio") {
        return;
      }
      const row = this.#row(cells[address], cells[subnet], cells[publicAddress]);
      row.streams += 1;
      const isMeasured = cells[jitter] !== "" || cells[loss] !== "" || cells[roundTrip] !== "";
      if (isMeasured && cells[ice] !== "FAILED") {
        // An empty cell is 0 and within every limit.
        if (+cells[jitter] > 30 || +cells[loss] > 0.1 || +cells[roundTrip] > 500) {
          row.poor += +cells[packets] > 500 ? 1 : 0;
        } else {
          row.good += 1;
        }
      }
      if (cells[upn] !== "") {
        row.people.add(this.#person(cells[upn]));
      }
    };
  }

  /** Takes streams that are counted by place and person already. */
  addGroup({ address, subnet, publicAddress, upn, streams, good, poor }) {
    const row = this.#row(address, subnet, publicAddress);
    row.streams += streams;
    row.good += good;
    row.poor += poor;
    if (upn !== null && upn !== "") {
      row.people.add(upn);
    }
  }

  /** The building of each. */
  buildings() {
    return this.#buildings;
  }

  /** The people's names, by number. */
  people() {
    return [...this.#people.keys()];
  }

  #row(address, subnet, publicAddress) {
    const place = `${address} ${subnet} ${publicAddress}`;
    let row = this.#places.get(place);
    if (row === undefined) {
      const name = this.#networks.buildingOf(address, subnet, publicAddress);
      row = this.#buildings.get(name) ?? { streams: 0, good: 0, poor: 0, people: new Set() };
      this.#buildings.set(name, row);
      this.#places.set(place, row);
    }
    return row;
  }

  #person(upn) {
    let person = this.#people.get(upn);
    if (person === undefined) {
      person = this.#people.size;
      this.#people.set(copy(upn), person);
    }
    return person;
  }
}

/** A slice of a string keeps the whole string in memory, here some megabytes of the file. */
function copy(text) {
  return ` ${text}`.slice(1);
}
