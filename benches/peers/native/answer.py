# What every peer does around its own work: it loads an export, counts its groups, and tells the answer.

import json
import os
import sys
import time

from networks import Networks

TEXTS = ["Media Type", "Second UPN", "Second IP Address", "Second Subnet", "Second Reflexive Local IP", "Second Connectivity Ice"]
NUMBERS = ["Avg Jitter", "Avg Packet Loss Rate", "Avg Round Trip", "Avg Packet Utilization"]

# What audio streams are grouped by; a peer's groups are rows of these four texts, streams, good, poor.
PLACE_AND_PERSON = ["Second IP Address", "Second Subnet", "Second Reflexive Local IP", "Second UPN"]


def measure(groups_of):
    """Calls `groups_of(path)`, adds its groups up by building, prints seconds and answer, and waits for the
    end of the input, so that whoever started it can see how much memory it took."""
    buildings, streams = sys.argv[1:]
    start = time.perf_counter()
    answer = by_building(Networks(buildings), groups_of(streams))
    seconds = time.perf_counter() - start
    print(json.dumps({"pid": os.getpid(), "seconds": seconds, "buildings": answer}), flush=True)
    sys.stdin.read()


def by_building(networks, groups):
    rows = {}
    for address, subnet, public_address, upn, streams, good, poor in groups:
        building = networks.building_of(address, subnet, public_address)
        row = rows.get(building)
        if row is None:
            row = rows[building] = [0, 0, 0, set()]
        row[0] += streams
        row[1] += good
        row[2] += poor
        if upn:
            row[3].add(upn)
    return {name: [streams, good, poor, len(people)] for name, (streams, good, poor, people) in rows.items()}
