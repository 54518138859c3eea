// Policies that look at attestation documents. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-attestation.html

import { describe, expect, test } from 'vitest';
import type { RecipientInfo } from '../../src/api/types.ts';
import { ours, policyText, type StatementText, utf8 } from '../engine.ts';
import { AttestingEngine } from './recipients.ts';

const engine = new AttestingEngine();
const role = `arn:aws:iam::${ours}:role/Enclave`;
const enclave = engine.attach(role);
const admins: StatementText = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ours}:root` },
  Action: 'kms:*',
  Resource: '*',
};
const image = 'abcdef012345'.repeat(8);
const bytes = Uint8Array.from(Buffer.from(image, 'hex'));

const attested = {
  none: undefined,
  same: engine.recipient({ pcrs: { 0: bytes, 8: bytes } }),
  other: engine.recipient({ pcrs: { 0: bytes.with(47, 0) } }),
  debug: engine.recipient({ debug: true }),
  tpm: engine.recipient({ kind: 'nitrotpm', pcrs: { 0: bytes, 4: bytes } }),
} satisfies Record<string, RecipientInfo | undefined>;
type Who = keyof typeof attested;

/** Who is let in by a statement with this condition. */
function admitted(condition: object, effect: 'Allow' | 'Deny' = 'Allow'): readonly Who[] {
  const mine = { Principal: { AWS: role }, Action: 'kms:Decrypt', Resource: '*' };
  const statements: StatementText[] =
    effect === 'Allow'
      ? [{ Effect: 'Allow', ...mine, Condition: condition }]
      : [
          { Effect: 'Allow', ...mine },
          { Effect: 'Deny', ...mine, Condition: condition },
        ];
  const { KeyId } = engine.createKey({ Policy: policyText(admins, ...statements) });
  const CiphertextBlob = engine.encrypt(KeyId);
  return (Object.keys(attested) as Who[]).filter((who) => {
    const Recipient = attested[who];
    try {
      engine.call('Decrypt', { CiphertextBlob, Recipient }, enclave);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'AccessDeniedException' });
      return false;
    }
  });
}

const everybody: readonly Who[] = ['none', 'same', 'other', 'debug', 'tpm'];
const upper = image.toUpperCase();
const key = (name: string): string => `kms:RecipientAttestation:${name}`;

describe('an Allow', () => {
  test.each<[object, readonly Who[]]>([
    [{ StringEqualsIgnoreCase: { [key('ImageSha384')]: image } }, ['same']],
    [{ StringEqualsIgnoreCase: { [key('ImageSha384')]: upper } }, ['same']],
    [{ StringEquals: { [key('ImageSha384')]: image } }, ['same']],
    [{ StringEquals: { [key('ImageSha384')]: upper } }, []],
    [{ StringEqualsIgnoreCase: { [key('PCR0')]: upper } }, ['same']],
    [{ StringEqualsIgnoreCase: { 'KMS:recipientattestation:pcr0': upper } }, ['same']],
    [{ StringEqualsIgnoreCase: { [key('PCR0')]: ['00'.repeat(48), upper] } }, ['same', 'debug']],
    [{ StringEqualsIgnoreCase: { [key('PCR8')]: upper } }, ['same']],
    [{ StringEqualsIgnoreCase: { [key('PCR0')]: upper, [key('PCR8')]: upper } }, ['same']],
    [{ StringEqualsIgnoreCase: { [key('PCR0')]: upper, [key('PCR4')]: upper } }, []],
    [{ StringLike: { [key('PCR0')]: 'abcdef*' } }, ['same', 'other']],
    // A register that no document has.
    [{ StringEqualsIgnoreCase: { [key('PCR31')]: upper } }, []],
    [{ StringNotEqualsIgnoreCase: { [key('PCR31')]: upper } }, everybody],
    // The registers of a TPM have names of their own.
    [{ StringEqualsIgnoreCase: { [key('NitroTPMPCR4')]: upper } }, ['tpm']],
    [{ StringEqualsIgnoreCase: { [key('NitroTPMPCR0')]: upper } }, ['tpm']],
    // Absent keys.
    [{ StringNotEqualsIgnoreCase: { [key('ImageSha384')]: upper } }, ['none', 'other', 'debug', 'tpm']],
    [{ StringEqualsIgnoreCaseIfExists: { [key('ImageSha384')]: upper } }, ['none', 'same', 'tpm']],
    [{ Null: { [key('ImageSha384')]: 'true' } }, ['none', 'tpm']],
    [{ Null: { [key('ImageSha384')]: 'false' } }, ['same', 'other', 'debug']],
    [{ Null: { [key('NitroTPMPCR7')]: 'false' } }, ['tpm']],
    [{ Null: { [key('PCR0')]: 'false', [key('NitroTPMPCR7')]: 'false' } }, []],
    // Debug mode: https://docs.aws.amazon.com/enclaves/latest/user/cmd-nitro-run-enclave.html
    [{ StringEqualsIgnoreCase: { [key('PCR0')]: '00'.repeat(48) } }, ['debug']],
  ])('%j lets %j in', (condition, who) => {
    expect(admitted(condition)).toEqual(who);
  });
});

describe('a Deny', () => {
  test.each<[object, readonly Who[]]>([
    [{ StringNotEqualsIgnoreCase: { [key('ImageSha384')]: upper } }, ['same']],
    [{ StringNotEqualsIgnoreCaseIfExists: { [key('ImageSha384')]: upper } }, ['same']],
    [{ StringEqualsIgnoreCase: { [key('ImageSha384')]: upper } }, ['none', 'other', 'debug', 'tpm']],
    [{ Null: { [key('PCR0')]: 'true' } }, ['same', 'other', 'debug']],
    [{ StringEqualsIgnoreCase: { [key('PCR0')]: '00'.repeat(48) } }, ['none', 'same', 'other', 'tpm']],
  ])('%j lets %j in', (condition, who) => {
    expect(admitted(condition, 'Deny')).toEqual(who);
  });

  test('keeps out administrators without a document, too', () => {
    const Condition = { StringNotEqualsIgnoreCase: { [key('PCR0')]: upper } };
    const policy = policyText(admins, {
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition,
    });
    const CiphertextBlob = engine.encrypt(engine.createKey({ Policy: policy }).KeyId);
    expect(engine.refusal('Decrypt', { CiphertextBlob }).code).toBe('AccessDeniedException');
    expect(engine.call('Decrypt', { CiphertextBlob, Recipient: attested.same })).toHaveProperty(
      'CiphertextForRecipient',
    );
  });
});

test('who has no condition to meet may send a document or leave it', () => {
  expect(admitted({})).toEqual(everybody);
});

test('identity policies ask, too: GenerateRandom has no other', () => {
  const Condition = { StringEqualsIgnoreCase: { [key('PCR0')]: upper } };
  const user = engine.attach(`arn:aws:iam::${ours}:role/Random`, {
    Effect: 'Allow',
    Action: 'kms:GenerateRandom',
    Resource: '*',
    Condition,
  });
  expect(engine.refusal('GenerateRandom', { NumberOfBytes: 1 }, user).code).toBe('AccessDeniedException');
  expect(engine.refusal('GenerateRandom', { NumberOfBytes: 1, Recipient: attested.other }, user).code).toBe(
    'AccessDeniedException',
  );
  const answer = engine.call('GenerateRandom', { NumberOfBytes: 1, Recipient: attested.same }, user);
  expect(answer).toHaveProperty('CiphertextForRecipient');
});

test('operations that take no Recipient have no such keys, whatever they are sent', () => {
  const Condition = { StringEqualsIgnoreCase: { [key('PCR0')]: upper } };
  const policy = policyText(admins, {
    Effect: 'Allow',
    Principal: { AWS: role },
    Action: 'kms:Encrypt',
    Resource: '*',
    Condition,
  });
  const { KeyId } = engine.createKey({ Policy: policy });
  const input = { KeyId, Plaintext: utf8('x'), Recipient: attested.same };
  expect(engine.refusal('Encrypt', input as never, enclave).code).toBe('AccessDeniedException');
});

describe('a question about permissions', () => {
  const Condition = { StringEqualsIgnoreCase: { [key('PCR0')]: upper } };
  const { KeyId: keyId } = engine.createKey({
    Policy: policyText(admins, {
      Effect: 'Allow',
      Principal: { AWS: role },
      Action: 'kms:*',
      Resource: '*',
      Condition,
    }),
  });
  const outcome = (operation: 'Decrypt' | 'Encrypt', who: Who): string | undefined =>
    engine.kms.explain({ caller: enclave, operation, keyId, input: { Recipient: attested[who] } })[0]?.outcome;

  test('looks at the Recipient it is asked with', () => {
    expect((Object.keys(attested) as Who[]).filter((who) => outcome('Decrypt', who) === 'Allow')).toEqual(['same']);
    expect(outcome('Encrypt', 'same')).toBe('ImplicitDeny');
  });
});
