// Addresses and ranges of IpAddress conditions, IPv4 and IPv6.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface Range {
  readonly address: Address;
  /** How many leading bits count. */
  readonly prefix: number;
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED_PREFIX = 0xffffn;

/** An address or a range in CIDR form. Bits of the host are ignored; a longer prefix than the address is no range. */
export function parseRange(text: string): Range | undefined {
  const [host = '', length, ...rest] = text.split('/');
  const plain = parsePlain(host);
  if (plain === undefined || rest.length > 0) return undefined;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? plain.bits : Number(length);
  if (prefix > plain.bits) return undefined;
  const address = unmapped(plain);
  // A range within ::ffff:0:0/96 is one of IPv4; a wider one holds more than IPv4 and stays what it is.
  if (address.bits === plain.bits || prefix < 96) return { address: plain, prefix };
  return { address, prefix: prefix - 96 };
}

export function parseAddress(text: string): Address | undefined {
  const plain = parsePlain(text);
  return plain && unmapped(plain);
}

export function isInRange({ bits, value }: Address, { address, prefix }: Range): boolean {
  if (bits !== address.bits) return false;
  const host = BigInt(bits - prefix);
  return value >> host === address.value >> host;
}

function parsePlain(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** An IPv4 address that came through an IPv6 socket (RFC 4291, 2.5.5.2) is the IPv4 address. */
function unmapped(address: Address): Address {
  const mapped = address.bits === 128 && address.value >> 32n === MAPPED_PREFIX;
  return mapped ? { bits: 32, value: address.value & 0xffffffffn } : address;
}

function parseV4(text: string): Address | undefined {
  const bytes = V4.exec(text)?.slice(1);
  // Some read a leading zero as octal, so it is no address here.
  if (bytes === undefined || bytes.some((byte) => Number(byte) > 255 || String(Number(byte)) !== byte))
    return undefined;
  return { bits: 32, value: bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) };
}

function parseV6(text: string): Address | undefined {
  const [before = '', after, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = groupsOf(before, after === undefined);
  const right = after === undefined ? [] : groupsOf(after, true);
  if (left === undefined || right === undefined) return undefined;
  const gap = 8 - left.length - right.length;
  if (after === undefined ? gap !== 0 : gap < 1) return undefined;
  const groups = [...left, ...new Array<number>(gap).fill(0), ...right];
  return { bits: 128, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n) };
}

/** `atEnd`: the last group may be an IPv4 address, which is two groups. */
function groupsOf(text: string, atEnd: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const written = text.split(':');
  for (const [index, group] of written.entries()) {
    const v4 = atEnd && index === written.length - 1 && group.includes('.') ? parseV4(group) : undefined;
    if (v4 !== undefined) groups.push(Number(v4.value >> 16n), Number(v4.value & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(group)) groups.push(Number.parseInt(group, 16));
    else return undefined;
  }
  return groups;
}
