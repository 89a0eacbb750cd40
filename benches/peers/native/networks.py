# Which building a client's addresses lie in, by longest prefix. Networks nest or are disjoint, so they cut
# the line of addresses into intervals, each with an innermost network. IPv6 lies behind IPv4 on the line.

from bisect import bisect_right
from functools import cache
from socket import AF_INET, AF_INET6, inet_pton

NOT_MAPPED = "(not mapped)"
FIRST_OF_IPV6 = 1 << 32


class Networks:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        networks = sorted(network(row[0], int(row[2]), row[3]) for row in rows)
        self.starts, self.networks = [], []
        opened = []

        def start(at):
            if self.starts and self.starts[-1] == at:
                self.networks.pop()
            else:
                self.starts.append(at)
            self.networks.append(opened[-1] if opened else None)

        def close_before(at):
            while opened and (at is None or opened[-1][2] < at):
                start(opened.pop()[2] + 1)

        for one in networks:
            close_before(one[0])
            opened.append(one)
            start(one[0])
        close_before(None)
        # The same addresses come again and again.
        self.around = cache(self.look_up)

    def building_of(self, address, subnet, public_address):
        """The more specific of the network around the address and the network that is the subnet; else the
        one around the subnet; else the one around the public address."""
        by_address, by_subnet = self.around(address), self.around(subnet)
        if by_address and by_subnet and by_subnet[2] and by_subnet[0] > by_address[0]:
            return by_subnet[1]
        found = by_address or by_subnet or self.around(public_address)
        return found[1] if found else NOT_MAPPED

    def look_up(self, text):
        """Prefix and building of the innermost network around an address, and whether that is its first."""
        address = address_of(text)
        if address is None:
            return None
        idx = bisect_right(self.starts, address)
        network = self.networks[idx - 1] if idx else None
        return network and (network[1], network[3], network[0] == address)


def network(first, prefix, building):
    start = address_of(first)
    bits = 128 if start >= FIRST_OF_IPV6 else 32
    return start, prefix, start + (1 << (bits - prefix)) - 1, building


def address_of(text):
    """None where nothing is known, which 0.0.0.0 says too."""
    if not text or text == "0.0.0.0":
        return None
    if ":" in text:
        return FIRST_OF_IPV6 + int.from_bytes(inet_pton(AF_INET6, text), "big")
    return int.from_bytes(inet_pton(AF_INET, text), "big")
