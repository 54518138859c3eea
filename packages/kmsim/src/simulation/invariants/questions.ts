// What the service must answer, whoever asks in whichever Region: asked after a step, on behalf of somebody whom no fault strikes.

import { type KeyRecord, KmsError, type OperationInputs, type OperationName, type OperationOutputs } from '@kmsim/kms';
import type { Ledger, MadeTag, MadeText } from '../ledger.ts';
import type { Machine } from '../machine.ts';
import { stateOf } from '../picture.ts';

export interface Asking {
  readonly machine: Machine;
  readonly ledger: Ledger;
  /** Related keys, or a key alone. */
  readonly family: readonly KeyRecord[];
  /** Counts up: what is too much to ask each time is asked in turn. */
  readonly turn: number;
  /** Of all that was made, not of a sample. */
  readonly thoroughly: boolean;
}

export interface Question {
  readonly name: string;
  readonly says: string;
  readonly broken: (asking: Asking) => Promise<string | undefined>;
}

const crypto = ['Enabled', 'Updating'];

/** The answer, or the code of the refusal. */
async function answerOf<Name extends OperationName>(
  { machine }: Asking,
  { account, region }: KeyRecord,
  operation: Name,
  input: OperationInputs[Name],
): Promise<OperationOutputs[Name] | string> {
  try {
    return await machine.ask(operation, input, machine.observer(account, region));
  } catch (error) {
    if (error instanceof KmsError) return error.code;
    throw error;
  }
}

async function opensEverywhere(asking: Asking): Promise<string | undefined> {
  for (const text of sample(asking.ledger.textsOf(asking.family[0]?.id ?? ''), asking))
    for (const key of asking.family) {
      const wrong = await opens(asking, key, text);
      if (wrong !== undefined) return wrong;
    }
  return undefined;
}

async function opens(
  asking: Asking,
  key: KeyRecord,
  { blob, context, plaintext }: MadeText,
): Promise<string | undefined> {
  const answer = await answerOf(asking, key, 'Decrypt', { CiphertextBlob: blob, EncryptionContext: context });
  const state = stateOf(key);
  if (!crypto.includes(state)) return typeof answer === 'string' ? undefined : `${key.arn} is ${state} and decrypts`;
  if (typeof answer === 'string') return `${key.arn} is ${state} and answers Decrypt with ${answer}`;
  const same = answer.KeyId === key.arn && String(answer.Plaintext) === String(plaintext);
  return same ? undefined : `${key.arn} decrypts to something else`;
}

async function opensNotOtherwise(asking: Asking): Promise<string | undefined> {
  const { family, ledger, turn } = asking;
  const key = family[Math.floor(turn / 4) % family.length];
  const [text] = sample(ledger.textsOf(key?.id ?? ''), { ...asking, thoroughly: false });
  if (key === undefined || text === undefined || !crypto.includes(stateOf(key))) return undefined;
  const other = { ...text.context, tenant: 'nobody' };
  const answer = await answerOf(asking, key, 'Decrypt', { CiphertextBlob: text.blob, EncryptionContext: other });
  return answer === 'InvalidCiphertextException' ? undefined : `${key.arn} decrypts under a wrong context`;
}

async function verifiesEverywhere(asking: Asking): Promise<string | undefined> {
  for (const tag of sample(asking.ledger.tagsOf(asking.family[0]?.id ?? ''), asking))
    for (const key of asking.family) {
      if (!crypto.includes(stateOf(key))) continue;
      if (!(await verifies(asking, key, tag))) return `${key.arn} does not verify what a related key has made`;
    }
  return undefined;
}

async function verifies(asking: Asking, key: KeyRecord, { algorithm, mac, message }: MadeTag): Promise<boolean> {
  const asked = { KeyId: key.arn, Message: message };
  const answer =
    algorithm === 'HMAC_SHA_256'
      ? await answerOf(asking, key, 'VerifyMac', { ...asked, Mac: mac, MacAlgorithm: algorithm })
      : await answerOf(asking, key, 'Verify', { ...asked, Signature: mac, SigningAlgorithm: algorithm });
  if (typeof answer === 'string') return false;
  return ('MacValid' in answer ? answer.MacValid : 'SignatureValid' in answer && answer.SignatureValid) === true;
}

async function tellsTheTruth(asking: Asking): Promise<string | undefined> {
  const { family, thoroughly, turn } = asking;
  for (const key of thoroughly ? family : family.slice(Math.floor(turn / 4) % family.length).slice(0, 1)) {
    const answer = await answerOf(asking, key, 'DescribeKey', { KeyId: key.arn });
    if (typeof answer === 'string') return `${key.arn} is there and answers DescribeKey with ${answer}`;
    const { Enabled, KeyState, MultiRegionConfiguration: set } = answer.KeyMetadata ?? {};
    const state = stateOf(key);
    if (KeyState !== state) return `${key.arn} says that it is ${KeyState} and is ${state}`;
    if (Enabled !== (state === 'Enabled')) return `${key.arn} is ${state} and says Enabled: ${Enabled}`;
    const { replicas } = key;
    const said = [set?.PrimaryKey?.Region, ...(set?.ReplicaKeys ?? []).map(({ Region }) => Region)];
    if (replicas !== undefined && String(said) !== String([replicas.primary, ...replicas.replicas]))
      return `${key.arn} names ${said}, and its relatives are in ${[replicas.primary, ...replicas.replicas]}`;
  }
  return undefined;
}

// The first, the last, and others in turn.
function sample<T>(things: readonly T[], { thoroughly, turn }: Asking): readonly T[] {
  if (thoroughly || things.length === 0) return things;
  const at = [things.length - 1, Math.floor(turn / 7) % things.length, 0][turn % 3] ?? 0;
  return things.slice(at, at + 1);
}

export const questions: readonly Question[] = [
  {
    name: 'opens everywhere',
    says: 'every ciphertext opens where its key is usable, and nowhere else',
    broken: opensEverywhere,
  },
  {
    name: 'opens not otherwise',
    says: 'no ciphertext opens under a wrong encryption context',
    broken: opensNotOtherwise,
  },
  {
    name: 'verifies everywhere',
    says: 'every MAC and signature verifies where its key is usable',
    broken: verifiesEverywhere,
  },
  { name: 'tells the truth', says: 'DescribeKey says what the records say', broken: tellsTheTruth },
];
