// Who will be refused takes no place among those who wait for an RSA key pair, and hears nothing but the refusal.

import { parsePrincipal } from '@kmsim/authz';
import { type Caller, Visit } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';
import { inTurns, KeyPairTurns, mostWaiting } from '../src/key-pair-turns.ts';

const KeyPairSpec = 'RSA_2048';
const nobody = caller('arn:aws:iam::000000000000:user/nobody');
const stranger = caller('arn:aws:iam::111111111111:user/stranger');

function caller(arn: string): Caller {
  const principal = parsePrincipal(arn);
  if (principal === undefined) throw new Error(`${arn} is no principal`);
  return { principal, region: 'us-east-1' };
}

/** A simulation behind turns whose first one never ends. */
class Busy {
  readonly sim: Kmsim;
  readonly admin: Caller;
  readonly #service: Kmsim['service'];

  constructor(sim: Kmsim) {
    this.sim = sim;
    this.admin = { principal: sim.administrator('us-east-1'), region: 'us-east-1' };
    const turns = new KeyPairTurns(() => {});
    this.#service = inTurns(sim, sim.service, turns);
    turns.take('999999999999', 'each time', () => ({}));
  }

  static async over(sim: Kmsim): Promise<{ readonly busy: Busy; readonly KeyId: string }> {
    for (const { principal } of [nobody, stranger]) sim.identities.put({ arn: principal.arn });
    const KeyId = await keyOf(sim, {});
    // From here on what makes key pairs is loaded.
    await sim.as().generateDataKeyPair({ KeyId, KeyPairSpec });
    return { busy: new Busy(sim), KeyId };
  }

  /** `waits`, or what it was refused with. */
  ask(operation: Visit['operation'], input: object, by: Caller = this.admin): string {
    try {
      const answered = this.#service.dispatch(new Visit(operation, input, 'wire', by));
      return answered instanceof Promise ? 'waits' : 'answered';
    } catch (error) {
      const { code, message } = error as { readonly code: string; readonly message: string };
      return `${code}: ${message}`;
    }
  }
}

async function keyOf(sim: Kmsim, input: Parameters<ReturnType<Kmsim['as']>['createKey']>[0]): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey(input);
  return KeyMetadata?.Arn ?? '';
}

const times = (count: number, act: () => string): string[] => Array.from({ length: count }, act);

describe('whoever will be refused is refused at once, and leaves the places to others', () => {
  test('without permission', async () => {
    using sim = createKmsim({ region: 'us-east-1' });
    const { busy, KeyId } = await Busy.over(sim);
    const pair = { KeyId, KeyPairSpec };
    for (const said of times(80, () => busy.ask('GenerateDataKeyPairWithoutPlaintext', pair, nobody)))
      expect(said).toMatch(/^AccessDeniedException: .*nobody is not authorized/);
    const allowed = times(5, () => busy.ask('GenerateDataKeyPairWithoutPlaintext', pair));
    expect(allowed.slice(0, 4)).toEqual(['waits', 'waits', 'waits', 'waits']);
    expect(allowed[4]).toMatch(/^ThrottlingException/);
    // Nor later, when the line is full.
    expect(busy.ask('GenerateDataKeyPair', pair, nobody)).toMatch(/^AccessDeniedException/);
  });

  test('with a request that is none, of a key that is not there, or in the wrong state, or of the wrong kind', async () => {
    using sim = createKmsim({ region: 'us-east-1' });
    const { busy, KeyId } = await Busy.over(sim);
    const off = await keyOf(sim, {});
    await sim.as().disableKey({ KeyId: off });
    const signs = await keyOf(sim, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const long = { a: 'x'.repeat(9000) };
    const cases = [
      [{ KeyId, KeyPairSpec: 'RSA_9' }, 'ValidationException'],
      [{ KeyId: KeyId.replace(/.{4}$/, '0000'), KeyPairSpec }, 'NotFoundException'],
      [{ KeyId: off, KeyPairSpec }, 'DisabledException'],
      [{ KeyId: signs, KeyPairSpec }, 'InvalidKeyUsageException'],
      [{ KeyId, KeyPairSpec, DryRun: 'yes' }, 'SerializationException'],
      [{ KeyId, KeyPairSpec, EncryptionContext: long }, 'ValidationException'],
    ] as const;
    for (const [input, code] of cases) {
      for (const said of times(6, () => busy.ask('GenerateDataKeyPair', input))) expect(said.split(':')[0]).toBe(code);
    }
    const wrapping = { WrappingKeySpec: 'RSA_4096', WrappingAlgorithm: 'RSAES_OAEP_SHA_256' };
    expect(busy.ask('GetParametersForImport', { KeyId, ...wrapping })).toMatch(/^UnsupportedOperationException/);
    expect(busy.ask('Sign', { KeyId: signs, Message: 'eA==', SigningAlgorithm: 'ECDSA_SHA_256' })).toMatch(
      /^InvalidKeyUsageException|^ValidationException/,
    );
    expect(times(4, () => busy.ask('GenerateDataKeyPair', { KeyId, KeyPairSpec }))).toEqual(Array(4).fill('waits'));
  });

  test('a stranger hears the same of a key that was used, one that was not, and one that is not there', async () => {
    using sim = createKmsim({ region: 'us-east-1' });
    const { busy } = await Busy.over(sim);
    const rsa = { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } as const;
    const [used, unused] = [await keyOf(sim, rsa), await keyOf(sim, rsa)];
    await sim.as().getPublicKey({ KeyId: used });
    const heard = [used, unused, unused.replace(/.{4}$/, '0000')].map((KeyId) => {
      const said = times(mostWaiting['first use'] + 3, () => busy.ask('GetPublicKey', { KeyId }, stranger));
      return new Set(said.map((text) => text.replaceAll(KeyId, 'KEY')));
    });
    expect(heard[0]?.size).toBe(1);
    expect([...(heard[0] ?? [])][0]).toMatch(/^AccessDeniedException/);
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[2]).toEqual(heard[0]);
    expect(busy.ask('GetPublicKey', { KeyId: unused })).toBe('waits');
  });
});

describe('asking beforehand', () => {
  test('uses up nothing: neither bytes nor numbers nor quotas nor faults, and no event', async () => {
    const told = async (isAsked: boolean): Promise<string> => {
      using sim = createKmsim({ region: 'us-east-1', seed: 'turns', quotas: { mode: 'meter' } });
      const { busy, KeyId } = await Busy.over(sim);
      const signs = await keyOf(sim, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
      if (isAsked) {
        // They wait for ever: what is told of them is that they were asked about.
        expect(busy.ask('GenerateDataKeyPair', { KeyId, KeyPairSpec })).toBe('waits');
        expect(busy.ask('GenerateDataKeyPair', { KeyId, KeyPairSpec, DryRun: false })).toBe('waits');
        expect(busy.ask('GetPublicKey', { KeyId: signs })).toBe('waits');
      }
      const { CiphertextBlob } = await sim.as().generateDataKey({ KeyId, KeySpec: 'AES_256' });
      const { PrivateKeyCiphertextBlob } = await sim.as().generateDataKeyPair({ KeyId, KeyPairSpec });
      return JSON.stringify([
        [...(CiphertextBlob ?? []), ...(PrivateKeyCiphertextBlob ?? [])],
        sim.snapshot(),
        sim.trail.events,
        sim.quotas.report(),
      ]);
    };
    expect(await told(true)).toBe(await told(false));
  });

  test('of what is refused leaves one event and one request number, as without turns', async () => {
    const told = async (inTheLine: boolean): Promise<string> => {
      using sim = createKmsim({ region: 'us-east-1', seed: 'turns', quotas: { mode: 'meter' } });
      const { busy, KeyId } = await Busy.over(sim);
      const pair = { KeyId, KeyPairSpec };
      if (inTheLine) expect(busy.ask('GenerateDataKeyPair', pair, nobody)).toMatch(/^AccessDenied/);
      else expect(() => sim.service.dispatch(new Visit('GenerateDataKeyPair', pair, 'wire', nobody))).toThrow(/nobody/);
      return JSON.stringify([sim.snapshot(), sim.trail.events, sim.quotas.report()]);
    };
    expect(await told(true)).toBe(await told(false));
  });
});
