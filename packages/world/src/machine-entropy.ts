// Bytes that nobody can tell: the machine's entropy. For live worlds, and for what must be secret whatever the seed (the token of an admin port).

export function machineEntropy(length: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}
