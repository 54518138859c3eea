// IP addresses that requests may or may not go to, by what they are for.
// https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry

/** 127.0.0.0/8 and ::1, also as IPv4 in IPv6. */
export function isLoopbackAddress(address: string): boolean {
  const groups = groupsOf(address);
  if (groups === undefined) return false;
  const v4 = embeddedV4(groups);
  return v4 === undefined ? groups.every((group, at) => group === (at === 7 ? 1 : 0)) : v4 >>> 24 === 127;
}

/**
 * Where no key store lives and machines keep what is theirs alone: link-local addresses (169.254.0.0/16, fe80::/10), those of instance metadata
 * (fd00:ec2::/32) and those that mean every interface or none. What is no address counts as one of them.
 */
export function isForbiddenAddress(address: string): boolean {
  const groups = groupsOf(address);
  if (groups === undefined) return true;
  const v4 = embeddedV4(groups);
  if (v4 !== undefined) return v4 >>> 16 === 0xa9fe || v4 >>> 24 === 0;
  const [first = 0, second = 0] = groups;
  const isLinkLocal = (first & 0xffc0) === 0xfe80;
  const isMetadata = first === 0xfd00 && second === 0x0ec2;
  return isLinkLocal || isMetadata || groups.every((group) => group === 0);
}

type Groups = readonly number[];

// Prefixes under which an IPv6 address is an IPv4 address: mapped (RFC 4291), translated (RFC 6052, RFC 8215). In 6to4 (RFC 3056) it stands in front.
const mapped: readonly Groups[] = [
  [0, 0, 0, 0, 0, 0xffff],
  [0x64, 0xff9b, 0, 0, 0, 0],
  [0x64, 0xff9b, 1, 0, 0, 0],
];

function embeddedV4(groups: Groups): number | undefined {
  const [g1 = 0, g2 = 0] = groups.slice(1);
  if (groups[0] === 0x2002) return ((g1 << 16) | g2) >>> 0;
  if (!mapped.some((prefix) => prefix.every((group, at) => group === groups[at]))) return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return ((high << 16) | low) >>> 0;
}

/** The eight groups of an address; an IPv4 address as a mapped one. Undefined for what is none. */
function groupsOf(address: string): Groups | undefined {
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (v4 !== null) {
    const [a = 0, b = 0, c = 0, d = 0] = v4.slice(1).map(Number);
    return Math.max(a, b, c, d) > 255 ? undefined : [0, 0, 0, 0, 0, 0xffff, (a << 8) | b, (c << 8) | d];
  }
  const plain = (address.split('%')[0] ?? '').toLowerCase();
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const [, front = '', tail = ''] = dotted ?? [];
  const inner = dotted === null ? undefined : groupsOf(tail)?.slice(6);
  if (dotted !== null && inner === undefined) return undefined;
  return expanded(inner === undefined ? plain : front + inner.map((group) => group.toString(16)).join(':'));
}

function expanded(text: string): Groups | undefined {
  const halves = text.split('::');
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const all = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return all.every((group) => /^[\da-f]{1,4}$/.test(group))
    ? all.map((group) => Number.parseInt(group, 16))
    : undefined;
}
