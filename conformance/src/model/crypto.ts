// The cryptographic operations, without cryptography: a ciphertext is a ticket for what went in.

import type { Call } from './call.ts';
import { type Expectation, type Leaf, leaf, type Refusal } from './expectation.ts';
import { refusalsOfState } from './key-states.ts';
import { materialId, materialNow } from './metadata.ts';
import { keyNamed } from './names.ts';
import { type Key, materialsNow, type Secret, stateOf, type Ticket } from './state.ts';

const anywhere = { aliases: true, crossAccount: true } as const;
const algorithm = 'SYMMETRIC_DEFAULT';

export function encrypt(call: Call): Expectation {
  const key = usable(call, 'KeyId');
  checkContextSize(call, 'EncryptionContext');
  requireAlgorithm(call, key, 'EncryptionAlgorithm');
  call.stopIfDryRun();
  const plaintext = call.text('Plaintext');
  const ticket = draft(call, key, 'EncryptionContext', { length: bytesIn(plaintext), plaintext });
  return used(call, { CiphertextBlob: blobOf(call, ticket), KeyId: key.arn, EncryptionAlgorithm: algorithm }, key);
}

export function generateDataKey(call: Call): Expectation {
  const [size, spec] = [call.maybe<number>('NumberOfBytes'), call.maybe<string>('KeySpec')];
  if ((size === undefined) === (spec === undefined)) call.object('ValidationException');
  const key = usable(call, 'KeyId');
  checkContextSize(call, 'EncryptionContext');
  call.settle();
  call.stopIfDryRun();
  const ticket = draft(call, key, 'EncryptionContext', { length: size ?? (spec === 'AES_128' ? 16 : 32) });
  const shown = call.operation === 'GenerateDataKey' ? { Plaintext: plaintextOf(ticket.secret) } : {};
  const KeyMaterialId = materialNow(call, key, (materials) => {
    ticket.materials = materials;
  });
  return used(call, { ...shown, CiphertextBlob: blobOf(call, ticket), KeyId: key.arn, KeyMaterialId }, key);
}

export function decrypt(call: Call): Expectation {
  checkContextSize(call, 'EncryptionContext');
  const ticket = opened(call, 'KeyId', 'Decrypt', 'EncryptionContext');
  call.stopIfDryRun();
  const { key, secret } = ticket;
  const answer = { KeyId: key.arn, Plaintext: plaintextOf(secret), EncryptionAlgorithm: algorithm };
  return used(call, { ...answer, KeyMaterialId: materialOf(call, ticket) }, key);
}

export function reEncrypt(call: Call): Expectation {
  checkContextSize(call, 'SourceEncryptionContext');
  checkContextSize(call, 'DestinationEncryptionContext');
  // Both sides have their refusals; which side comes first, nothing says.
  const source = call.attempt(() => opened(call, 'SourceKeyId', 'ReEncryptFrom', 'SourceEncryptionContext'));
  const key = call.attempt(() => usable(call, 'DestinationKeyId', 'ReEncryptTo'));
  call.settle();
  if (source === undefined || key === undefined) return call.refuse('ValidationException');
  call.stopIfDryRun();
  const ticket = draft(call, key, 'DestinationEncryptionContext', source.secret);
  const answer = {
    CiphertextBlob: blobOf(call, ticket),
    SourceKeyId: source.key.arn,
    KeyId: key.arn,
    SourceEncryptionAlgorithm: algorithm,
    DestinationEncryptionAlgorithm: algorithm,
    SourceKeyMaterialId: materialOf(call, source),
    DestinationKeyMaterialId: materialNow(call, key, (materials) => {
      ticket.materials = materials;
    }),
  };
  return used(call, answer, source.key, key);
}

export function generateRandom(call: Call): Expectation {
  const length = call.maybe<number>('NumberOfBytes');
  if (length === undefined) call.object('ValidationException', 'NumberOfBytes is required.');
  call.permitAlone();
  call.settle();
  const fits = (got: string): boolean => typeof got === 'string' && bytesIn(got) === length;
  return call.success({ Plaintext: leaf<string>({ $length: length ?? 0 }, fits) });
}

// A key that may be used to encrypt: found, allowed, enabled, of the right usage.
function usable(call: Call, member: string, action: string = call.operation): Key {
  const key = call.enter(keyNamed(call, member, { ...anywhere, action }), action);
  requireUsage(call, key);
  return key;
}

function requireUsage(call: Call, { arn, usage }: Key): void {
  if (usage === 'ENCRYPT_DECRYPT') return;
  call.refuse('InvalidKeyUsageException', `${arn} key usage is ${usage} which is not valid for ${call.operation}.`);
}

function requireAlgorithm(call: Call, key: Key, member: string): void {
  const given = call.maybe<string>(member) ?? algorithm;
  if (given === algorithm) return;
  call.refuse('InvalidKeyUsageException', `Algorithm ${given} is incompatible with key spec ${key.spec}.`);
}

// Finds the key by its name or by the ciphertext, and gives the ticket when everything fits.
function opened(call: Call, member: string, action: string, context: string): Ticket {
  const ticket = call.state.tickets.get(call.text('CiphertextBlob'));
  const name = call.maybe<string>(member);
  const garbled = (): never => call.refuse('InvalidCiphertextException', null);
  if (call.maybe('CiphertextBlob') === undefined) return call.refuse('ValidationException');
  if (name === undefined && ticket === undefined) {
    // A target that can tell which key a damaged ciphertext is of may judge that key first.
    for (const key of [...call.state.keys, ...call.state.deleted]) call.tolerate(...refusalsOf(call, key, action));
    return garbled();
  }
  const key =
    name === undefined ? elsewhere(call, ticket as Ticket, action) : named(call, name, member, action, ticket);
  call.enter(key, action);
  // Wrong key before wrong usage: re-encrypt-wrong-source-key.
  if (ticket !== undefined && ticket.key !== key) return call.refuse('IncorrectKeyException', incorrectKey);
  requireUsage(call, key);
  return ticket === undefined || ticket.context !== contextOf(call, context) ? garbled() : ticket;
}

function refusalsOf(call: Call, key: Key, action: string): readonly Refusal[] {
  const elsewhere = key.region !== call.region || call.state.deleted.has(key);
  const denied = elsewhere || call.refusalsOfPermission(key, action).length > 0;
  return denied ? [accessDenied] : refusalsOfState(call.operation, stateOf(key), key);
}

const accessDenied: Refusal = { code: 'AccessDeniedException' };
const incorrectKey = 'The key ID in the request does not identify a CMK that can perform this operation.';

function named(call: Call, name: string, member: string, action: string, ticket: Ticket | undefined): Key {
  const foreign = ({ account, id, region }: Key): boolean =>
    id === name && account !== call.person.account && region === call.region;
  const beside = ticket === undefined ? [...call.state.keys, ...call.state.deleted].find(foreign) : ticket.key;
  // The API reference takes the bare id of another account's key beside its ciphertext.
  const bare = beside !== undefined && foreign(beside);
  if (bare) call.tolerate({ code: 'NotFoundException' }, ...(call.state.keys.has(beside) ? [] : [accessDenied]));
  const key = bare && call.state.keys.has(beside) ? beside : keyNamed(call, member, { ...anywhere, action });
  // How early the ciphertext is looked at, nothing says.
  if (ticket === undefined) {
    call.object('InvalidCiphertextException', null);
    // A damaged one may still show that it is of another key.
    call.tolerate({ code: 'IncorrectKeyException', message: incorrectKey });
  } else if (ticket.key !== key) call.object('IncorrectKeyException', incorrectKey);
  return key;
}

// Without a name. Older answers are in the words of the ciphertext, newer ones in those of any refusal; a key that is gone or
// elsewhere and another account's read the same.
function elsewhere(call: Call, { key }: Ticket, action: string): Key {
  const here = call.state.keys.has(key) && key.region === call.region;
  const [refusal] = here ? call.refusalsOfPermission(key, action) : [];
  if (here && refusal === undefined) return key;
  const start = `^User: ${call.person.arn} is not authorized to perform: kms:${action} on the resource associated with this ciphertext`;
  const hidden = ' because the resource does not exist in this Region, ';
  const told = refusal !== undefined && !String(refusal.message).includes(hidden);
  call.object('AccessDeniedException', new RegExp(`${start}${told ? '' : hidden}`));
  return call.refuse(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
}

function plaintextOf(secret: Secret): Leaf {
  const { length, plaintext } = secret;
  if (plaintext !== undefined) return leaf<string>({ $base64: plaintext }, (got) => got === plaintext);
  return leaf<string>(
    { $length: length },
    (got) => typeof got === 'string' && bytesIn(got) === length,
    (got) => {
      secret.plaintext = got;
    },
  );
}

function materialOf(call: Call, ticket: Ticket): Leaf {
  return materialId(call, ticket.key, ticket.materials, (materials) => {
    ticket.materials = materials;
  });
}

function draft(call: Call, key: Key, context: string, secret: Secret): Ticket {
  return { key, materials: materialsNow(key), context: contextOf(call, context), secret };
}

function blobOf(call: Call, ticket: Ticket): Leaf {
  return call.fresh('blob', (blob) => call.state.tickets.set(blob, ticket));
}

// Pairs in any order, so they are put in one; no two contexts have the same JSON.
function contextOf(call: Call, member: string): string {
  const pairs = Object.entries(call.maybe<Record<string, string>>(member) ?? {});
  return JSON.stringify(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

// docs/decisions/encryption-context.md: 8,192 bytes with the lengths; the real limit is not known.
function checkContextSize(call: Call, member: string): void {
  const texts = Object.entries(call.maybe<Record<string, string>>(member) ?? {}).flat();
  const size = texts.reduce((sum, one) => sum + Buffer.byteLength(one) + 2, 2);
  if (size > 8192) call.tolerate({ code: 'ValidationException' });
}

function used(call: Call, output: Parameters<Call['success']>[0], ...keys: readonly Key[]): Expectation {
  return call.success(output, () => {
    for (const key of keys) key.lastUse = { operation: call.operation, at: call.now };
  });
}

function bytesIn(base64: string): number {
  return Buffer.from(base64, 'base64').length;
}
