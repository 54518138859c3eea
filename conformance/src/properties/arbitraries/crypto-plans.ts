// Commands that encrypt and decrypt: with the right context and key mostly, and with everything that must not work.

import * as fc from 'fast-check';
import type { Json } from '../../transcript.ts';
import type { Input, KnownBlob, Memory } from '../memory.ts';
import { nth } from '../memory.ts';
import { often, oftenOneOf } from './often.ts';
import { anyName, type Named, nameOf, onKey, plan, some, type Weighted } from './plans.ts';
import * as values from './values.ts';

/** A ciphertext that was seen, or what somebody made of one. */
interface Picked {
  readonly blob: number;
  readonly other: number;
  readonly damage: 'none' | 'longer' | 'headless' | 'shorter' | 'changed' | 'spliced' | 'garbage';
  readonly at: number;
}

/** The context it is opened with, and the key that is named. */
interface Opening {
  readonly context: 'same' | 'other' | 'none';
  readonly other: Json;
  readonly name: 'none' | 'own' | 'other';
  readonly form: Named;
}

const picked: fc.Arbitrary<Picked> = fc.record({
  blob: fc.nat(100),
  other: fc.nat(100),
  damage: oftenOneOf<Picked['damage']>(
    ...([
      [20, 'none'],
      [1, 'longer'],
      [1, 'headless'],
      [1, 'shorter'],
      [2, 'changed'],
      [1, 'spliced'],
      [1, 'garbage'],
    ] as const),
  ),
  at: fc.nat(160),
});

const opening: fc.Arbitrary<Opening> = fc.record({
  context: oftenOneOf<Opening['context']>([12, 'same'], [2, 'other'], [1, 'none']),
  other: values.encryptionContext,
  name: oftenOneOf<Opening['name']>([4, 'none'], [4, 'own'], [1, 'other']),
  form: anyName,
});

function damaged({ at, damage, other }: Picked, { ref }: KnownBlob, memory: Memory): Json {
  const whole: Json = { $ref: ref };
  const from = (start: number, of: Json = whole): Json => ({ $slice: { of, from: start } });
  const to = (end: number): Json => ({ $slice: { of: whole, from: 0, to: end } });
  switch (damage) {
    case 'none':
      return whole;
    case 'longer':
      return { $concat: [whole, { $fill: { byte: 'x', length: 8 } }] };
    case 'headless':
      return from(68);
    case 'shorter':
      return to(at + 1);
    case 'changed':
      return { $concat: [to(at), { $fill: { byte: 'x', length: 1 } }, from(at + 1)] };
    case 'spliced':
      return { $concat: [to(at), from(at, { $ref: (nth(memory.blobs, other) as KnownBlob).ref })] };
    case 'garbage':
      return { $fill: { byte: 'g', length: at + 1 } };
  }
}

function opened(
  blob: KnownBlob,
  { context, form, name, other }: Opening,
  memory: Memory,
  members: readonly [string, string],
): Input {
  const [keyMember, contextMember] = members;
  const given = context === 'same' ? blob.context : context === 'other' ? other : undefined;
  const own = blob.key && memory.keys.indexOf(blob.key);
  const found = name === 'none' ? undefined : nameOf(name === 'own' ? { ...form, key: own ?? form.key } : form, memory);
  return { ...(given !== undefined && { [contextMember]: given }), ...(found && { [keyMember]: found.text }) };
}

const usualAlgorithm = fc.constantFrom<Json>('SYMMETRIC_DEFAULT');
const anyAlgorithm = oftenOneOf<Json>([8, 'SYMMETRIC_DEFAULT'], [1, 'RSAES_OAEP_SHA_256'], [0.3, 'ROT13']);
const rarely = fc.constantFrom<Json>(false, false, false, true);
const dataKey = often(
  [4, fc.constantFrom<Input>({ KeySpec: 'AES_256' }, { KeySpec: 'AES_128' })],
  [2, values.around(1, 1024).map((NumberOfBytes): Input => ({ NumberOfBytes }))],
  [1, fc.constantFrom<Input>({}, { KeySpec: 'AES_256', NumberOfBytes: 32 }, { KeySpec: 'AES_512' })],
);

function together(...parts: readonly fc.Arbitrary<Input>[]): fc.Arbitrary<Input> {
  return fc.tuple(...parts).map((made) => Object.assign({}, ...made) as Input);
}

export function cryptographicPlans(): readonly Weighted[] {
  const optional = some({ EncryptionContext: values.encryptionContext, DryRun: rarely });
  const encrypt = together(
    fc.record({ Plaintext: values.plaintext }),
    optional,
    some({ EncryptionAlgorithm: anyAlgorithm }),
  );
  const decrypt = plan(
    'Decrypt',
    fc.record({ picked, opening, more: some({ EncryptionAlgorithm: usualAlgorithm, DryRun: rarely }) }),
    (parts, memory) => {
      const blob = nth(memory.blobs, parts.picked.blob);
      if (blob === undefined) return undefined;
      const opens = opened(blob, parts.opening, memory, ['KeyId', 'EncryptionContext']);
      return {
        input: { CiphertextBlob: damaged(parts.picked, blob, memory), ...opens, ...parts.more },
        home: blob.key,
      };
    },
  );
  const reEncrypt = plan(
    'ReEncrypt',
    fc.record({
      picked,
      opening,
      to: anyName,
      near: fc.nat(3),
      more: some({ DestinationEncryptionContext: values.encryptionContext, DryRun: rarely }),
    }),
    (parts, memory) => {
      const blob = nth(memory.blobs, parts.picked.blob);
      if (blob === undefined) return undefined;
      // Mostly to a key in the same place: to another Region there is no way.
      const near = memory.keys.filter((key) => key.account === blob.key?.account && key.region === blob.key.region);
      const destination = parts.near === 0 ? undefined : nth(near, parts.to.key);
      const key = destination === undefined ? parts.to.key : memory.keys.indexOf(destination);
      const to = nameOf({ ...parts.to, key }, memory);
      if (to === undefined) return undefined;
      const opens = opened(blob, parts.opening, memory, ['SourceKeyId', 'SourceEncryptionContext']);
      const CiphertextBlob = damaged(parts.picked, blob, memory);
      return { input: { CiphertextBlob, DestinationKeyId: to.text, ...opens, ...parts.more }, home: blob.key };
    },
  );
  return [
    [14, onKey('Encrypt', anyName, encrypt)],
    [6, onKey('GenerateDataKey', anyName, together(dataKey, optional))],
    [3, onKey('GenerateDataKeyWithoutPlaintext', anyName, together(dataKey, optional))],
    [18, decrypt],
    [8, reEncrypt],
  ];
}
