// The symmetric ciphertext blob: the layout and the length of real AWS KMS, as ten published blobs have it.
//
//   0  01       version
//   1  02       a key of its own for each message
//   2  op       01 data key by NumberOfBytes, 02 Encrypt and ReEncrypt, 03 data key by KeySpec and data key pairs
//   3  00 78    constant
//   5  32 bytes names the key material
//  37  01
//  38  16 bytes nonce of the key derivation
//  54  4 bytes  length of what follows, big-endian
//  58  DER      ContentInfo { encryptedData { 0, { data, { aes256-GCM { iv, 16 } }, [0] content } } }   (RFC 5652, RFC 5084)
//
// AWS calls the format opaque. The content is 27 bytes longer than the plaintext: a tag of 16 and 11 bytes within the encryption.

/** Which operation made a blob. */
export const blobPurposes = { 'data key by length': 1, encrypt: 2, 'data key by spec': 3 } as const;
export type BlobPurpose = keyof typeof blobPurposes;

export const materialNameAt = 5;
export const materialNameLength = 32;
export const nonceAt = 38;
export const nonceLength = 16;
export const ivLength = 12;
/** Everything before the DER is authenticated. */
export const headerLength = 54;
/** Bytes the content has more than the plaintext. */
export const contentOverhead = 27;
/** Twice what Encrypt takes and room for every private key of a data key pair; DER lengths stay below three bytes. */
export const maxPlaintextLength = 8192;

const derAt = 58;
const fixedHeader = [0x01, 0x02, 0x00, 0x00, 0x78] as const;

// The DER up to the IV and behind it; ‹ › are lengths that depend on the content.
const encryptedDataOid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06]; // 1.2.840.113549.1.7.6
const version0 = [0x02, 0x01, 0x00];
const dataOid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]; // 1.2.840.113549.1.7.1
const gcmTillIv = [
  0x30, 0x1e, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e, 0x30, 0x11, 0x04, 0x0c,
]; // 2.16.840.1.101.3.4.1.46
const tagLength16 = [0x02, 0x01, 0x10];

/** Where the fields of a blob for a plaintext of one length are. */
export interface Layout {
  readonly total: number;
  readonly ivAt: number;
  readonly contentAt: number;
  /** The blob up to its content, with every variable field zero. */
  readonly frame: Uint8Array;
}

// Lengths repeat (a data key is 32 bytes, mostly), so the frame of each is kept.
const layouts = new Map<number, Layout>();

/** The layout for a plaintext of `plaintextLength` bytes. */
export function layoutFor(plaintextLength: number): Layout {
  let layout = layouts.get(plaintextLength);
  if (layout === undefined) {
    layout = buildLayout(plaintextLength + contentOverhead);
    layouts.set(plaintextLength, layout);
  }
  return layout;
}

function buildLayout(contentLength: number): Layout {
  const algorithm = [...gcmTillIv, ...new Array<number>(ivLength).fill(0), ...tagLength16];
  const content = [0x80, ...derLength(contentLength)];
  const contentInfo = dataOid.length + algorithm.length + content.length + contentLength;
  const contentInfoHead = [0x30, ...derLength(contentInfo)];
  const encryptedData = version0.length + contentInfoHead.length + contentInfo;
  const encryptedDataHead = [0x30, ...derLength(encryptedData)];
  const explicit = encryptedDataHead.length + encryptedData;
  const explicitHead = [0xa0, ...derLength(explicit)];
  const outer = encryptedDataOid.length + explicitHead.length + explicit;
  const beforeAlgorithm = [
    0x30,
    ...derLength(outer),
    ...encryptedDataOid,
    ...explicitHead,
    ...encryptedDataHead,
    ...version0,
    ...contentInfoHead,
    ...dataOid,
  ];
  const der = [...beforeAlgorithm, ...algorithm, ...content];
  const frame = new Uint8Array(derAt + der.length);
  frame.set(fixedHeader);
  frame[37] = 0x01;
  new DataView(frame.buffer).setUint32(headerLength, der.length + contentLength);
  frame.set(der, derAt);
  return {
    total: frame.length + contentLength,
    ivAt: derAt + beforeAlgorithm.length + gcmTillIv.length,
    contentAt: frame.length,
    frame,
  };
}

// X.690 section 8.1.3.
function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >>> 8, length & 0xff];
}

/** The layout of a blob that is well formed byte for byte, or undefined. */
export function parseBlob(blob: Uint8Array): Layout | undefined {
  const op = blob[2] ?? 0;
  if (op < 1 || op > 3) return undefined;
  const layout = layoutOfTotal(blob.length);
  if (layout === undefined) return undefined;
  const { frame, ivAt, contentAt } = layout;
  if (
    blob[0] !== frame[0] ||
    blob[1] !== frame[1] ||
    blob[3] !== frame[3] ||
    blob[4] !== frame[4] ||
    blob[37] !== frame[37]
  )
    return undefined;
  if (!areSame(blob, frame, headerLength, ivAt) || !areSame(blob, frame, ivAt + ivLength, contentAt)) return undefined;
  return layout;
}

function areSame(blob: Uint8Array, frame: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (blob[at] !== frame[at]) return false;
  return true;
}

const layoutsByTotal = new Map<number, Layout>();

// 152 bytes go around a short plaintext and up to 162 around a long one (the long forms of DER lengths).
function layoutOfTotal(total: number): Layout | undefined {
  const known = layoutsByTotal.get(total);
  if (known !== undefined) return known;
  const longest = Math.min(total - 152, maxPlaintextLength);
  for (let plaintextLength = Math.max(0, total - 162); plaintextLength <= longest; plaintextLength++) {
    if (blobLength(plaintextLength) !== total) continue;
    const layout = layoutFor(plaintextLength);
    layoutsByTotal.set(total, layout);
    return layout;
  }
  return undefined;
}

/** Length of the blob around a plaintext. The formula fits every published blob. */
export function blobLength(plaintextLength: number): number {
  const head = (length: number): number => 1 + derLength(length).length;
  const content = plaintextLength + contentOverhead;
  const contentInfo = 43 + head(content) + content;
  const encryptedData = 3 + head(contentInfo) + contentInfo;
  const explicit = head(encryptedData) + encryptedData;
  const outer = 11 + head(explicit) + explicit;
  return derAt + head(outer) + outer;
}
