// An HTTP archive as a transcript: what people captured themselves, without their account and their secrets.

import { checkTranscript } from '../check.ts';
import type { CallStep, Json, Step, Transcript } from '../transcript.ts';
import { isRecord } from '../values.ts';
import { type Exchange, exchangesOf } from './har.ts';
import { errorPatternOf, mintedKind, patternOf } from './pattern.ts';
import { createSymbols, type Symbols } from './symbols.ts';

/** Blobs of requests, by the KMS API model: those that tell a secret, those that tell none, and those that only KMS can have made. */
const requestBlobs: Readonly<Record<string, 'secret' | 'open' | 'minted'>> = {
  Plaintext: 'secret',
  Message: 'secret',
  PublicKey: 'open',
  Signature: 'open',
  Mac: 'open',
  CiphertextBlob: 'minted',
  ImportToken: 'minted',
  EncryptedKeyMaterial: 'minted',
  AttestationDocument: 'minted',
};

interface Import {
  readonly symbols: Symbols;
  /** Steps that make what stands for the secrets of the next call. */
  readonly makes: Step[];
  /** What a replay cannot have. */
  readonly missing: string[];
}

/** Secrets become random bytes of the same length; ids, ARNs, ciphertexts and tokens refer to the answer that they came from. */
export function importHar(file: string, name: string, har: unknown): Transcript {
  const exchanges = exchangesOf(file, har);
  const regions = [...new Set(exchanges.map(({ region }) => region))];
  const account = accountOf(exchanges);
  const symbols = createSymbols({ account, regions });
  const missing: string[] = [];
  const steps = exchanges.flatMap((exchange, at) =>
    stepsOf(exchange, `call${at + 1}`, { symbols, makes: [], missing }),
  );
  const recorded = exchanges.find(({ day }) => day !== undefined)?.day ?? null;
  return checkTranscript(file, {
    name,
    about: `${exchanges.length} calls of an HTTP archive`,
    source: { kind: 'recording, from an HTTP archive', cite: `${name}.har`, recorded },
    replay: missing.length === 0 ? 'as-is' : 'adjust',
    ...(missing.length > 0 && { stale: missing }),
    regions,
    steps,
  });
}

function stepsOf(exchange: Exchange, id: string, to: Import): readonly Step[] {
  const { operation, region, reply, request, status } = exchange;
  const input = Object.fromEntries(
    Object.entries(request).map(([member, value]) => [member, inputOf(value, member, id, to)]),
  );
  const asked = { id, op: operation, region, input, evidence: 'recorded' as const };
  const body = reply ?? {};
  const call: CallStep =
    status === 200
      ? { ...asked, output: patternOf(id, body, to.symbols), additionalFields: false, emptyBody: reply === undefined }
      : { ...asked, error: errorPatternOf(status, body, to.symbols) };
  return [...to.makes, call];
}

function inputOf(value: Json, member: string, step: string, to: Import): Json {
  if (Array.isArray(value)) return value.map((item: Json) => inputOf(item, member, step, to));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, inputOf(part as Json, name, step, to)]),
    );
  }
  if (typeof value !== 'string') return value;
  const reference = to.symbols.referenceOf(value);
  if (reference !== undefined) return { $ref: reference };
  const blob = requestBlobs[member];
  if (blob !== undefined) return blobOf(value, blob, member, step, to);
  const written = to.symbols.write(value);
  if (mintedKind(member, value) !== undefined) {
    to.missing.push(`step ${step}: ${member} names what was there before the archive begins`);
  }
  return written;
}

function blobOf(base64: string, kind: 'secret' | 'open' | 'minted', member: string, step: string, to: Import): Json {
  // Sent to see what becomes of it.
  if (Buffer.from(base64, 'base64').toString('base64') !== base64) return base64;
  if (kind === 'minted') to.missing.push(`step ${step}: ${member} was made for something that a replay does not have`);
  if (kind !== 'secret') return { $base64: base64 };
  const { length } = Buffer.from(base64, 'base64');
  if (length === 0) return { $utf8: '' };
  const id = `${step}${member}`;
  to.makes.push({ id, make: { randomBytes: length, as: 'bytes' } });
  // Decrypt gives it back, and Verify is asked about it again.
  to.symbols.learn(base64, `${id}.bytes`);
  return { $ref: `${id}.bytes` };
}

/** The account most ARNs of the answers are in. */
function accountOf(exchanges: readonly Exchange[]): string {
  const counts = new Map<string, number>();
  for (const { reply } of exchanges) {
    for (const [, id = ''] of JSON.stringify(reply ?? {}).matchAll(/arn:[a-z-]+:kms:[a-z0-9-]*:(\d{12}):/g)) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '000000000000';
}
