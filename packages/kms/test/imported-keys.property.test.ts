// Whatever is imported, deleted, expires and rotates: the engine does as the model, and no ciphertext is lost.

import * as crypto from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import type { OperationName } from '../src/api/shapes.ts';
import type { OperationInputs } from '../src/api/types.ts';
import { TestEngine } from './engine.ts';
import { type ImportType, ModelKey, minuteMs, type Outcome, rotationTakesMs } from './imported-keys-model.ts';
import { librariesLoaded } from './libraries.ts';
import { Importer, octets } from './operations/import-suite.ts';

const nth = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });
const numbers = [0, 1, 2, 3, 4, 5];
const number = fc.constantFrom(...numbers);
// What a user imports is mostly what is missing or something new, and what he deletes what he has just imported.
const imported = fc.oneof(
  { weight: 1, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom('missing' as const, 'fresh' as const) },
);
const deleted = fc.oneof({ weight: 2, arbitrary: number }, { weight: 1, arbitrary: fc.constant('pending' as const) });
const type = fc.constantFrom<ImportType>(null, 'NEW_KEY_MATERIAL', 'NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL');
const minutes = fc.option(fc.constantFrom(rotationTakesMs / minuteMs, 1, 5), { freq: 2 });
const named = fc.option(number, { freq: 5 });
const command = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      nth,
      number: imported,
      type,
      named,
      minutes,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('delete' as const), nth, number: fc.option(deleted) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rotate' as const), nth }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('encrypt' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('enable' as const, 'disable' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('schedule' as const, 'cancel' as const), nth }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 999, 1000, minuteMs, 6 * minuteMs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
);

type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** A key as every engine of this seed makes it: its parameters, its wrapped materials and their ids, by number. */
interface Known {
  readonly arn: string;
  readonly id: string;
  readonly ImportToken: Uint8Array;
  readonly wrapped: readonly Uint8Array[];
  readonly ids: readonly string[];
}

const keys: Known[] = [];
const makeKeys = (engine: TestEngine): Importer[] => [new Importer(engine), new Importer(engine)];

beforeAll(async () => {
  await librariesLoaded();
  for (const importer of makeKeys(new TestEngine())) {
    const parameters = importer.parameters();
    const requests = numbers.map((at) => importer.request(octets(at), {}, parameters));
    const ids = numbers.map((at) => {
      const id = importer.import(octets(at), { ImportType: 'NEW_KEY_MATERIAL' }, parameters);
      if (at > 0) importer.delete(id);
      return id;
    });
    const wrapped = requests.map(({ EncryptedKeyMaterial }) => EncryptedKeyMaterial ?? new Uint8Array());
    keys.push({ arn: importer.key.Arn, id: importer.key.KeyId, ImportToken: parameters.token, wrapped, ids });
  }
});

type Change = Exclude<Command, { readonly do: 'wait' | 'restore' }>;
type Simple = Exclude<Change['do'], 'import' | 'delete' | 'encrypt'>;

const simple = {
  rotate: ['RotateKeyOnDemand', (model, now) => model.rotate(now)],
  enable: ['EnableKey', (model) => model.switch(true)],
  disable: ['DisableKey', (model) => model.switch(false)],
  schedule: ['ScheduleKeyDeletion', (model) => model.doom(true)],
  cancel: ['CancelKeyDeletion', (model) => model.doom(false)],
} as const satisfies Record<Simple, readonly [OperationName, (model: ModelKey, now: number) => Outcome]>;

function importRequest(
  { named, nth, type }: Extract<Command, { readonly do: 'import' }>,
  number: number,
  expiresAt: number | undefined,
): OperationInputs['ImportKeyMaterial'] {
  const { arn: KeyId, ids, ImportToken, wrapped } = keys[nth] as Known;
  return {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: wrapped[number] ?? new Uint8Array(),
    ...(type !== null && { ImportType: type }),
    ...(named !== null && { KeyMaterialId: ids[named] }),
    ...(expiresAt === undefined
      ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
      : { ValidTo: new Date(expiresAt) }),
  };
}

class Run {
  #engine = new TestEngine();
  readonly #models = [new ModelKey(), new ModelKey()];
  readonly #blobs: Uint8Array[][] = [[], []];

  constructor() {
    expect(makeKeys(this.#engine).map(({ key }) => key.Arn)).toEqual(keys.map(({ arn }) => arn));
  }

  step(command: Command): void {
    if (command.do === 'wait') this.#engine.wait(command.ms);
    else if (command.do === 'restore') this.#engine = new TestEngine({ snapshot: this.#engine.snapshot() });
    else this.#change(command);
    for (const model of this.#models) model.advance(this.#engine.now);
    for (const at of keys.keys()) this.#check(at);
  }

  #change(command: Change): void {
    const { arn: KeyId } = keys[command.nth] as Known;
    const model = this.#models[command.nth] as ModelKey;
    if (command.do === 'import') {
      const { minutes } = command;
      const number = typeof command.number === 'string' ? model[command.number] : command.number;
      const expiresAt = minutes === null ? undefined : this.#engine.now + minutes * minuteMs;
      const expected = model.import(number, command.type, command.named, expiresAt);
      this.#ask('ImportKeyMaterial', importRequest(command, number, expiresAt), expected);
    } else if (command.do === 'delete') {
      const number = command.number === 'pending' ? (model.pending?.number ?? null) : command.number;
      const KeyMaterialId = number === null ? undefined : keys[command.nth]?.ids[number];
      this.#ask('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId }, model.delete(number));
    } else if (command.do === 'encrypt') {
      const { use } = model;
      this.#ask('Encrypt', { KeyId, Plaintext: octets(9) }, use);
      if (use !== 'ok') return;
      this.#blobs[command.nth]?.push(this.#engine.encrypt(KeyId, `text ${model.tickets.length}`));
      model.tickets.push(model.materials.at(-1)?.number ?? -1);
    } else {
      const [operation, may] = simple[command.do];
      this.#ask(operation, { KeyId }, may(model, this.#engine.now));
    }
  }

  /** A refusal is looked at from all sides: it must leave everything as it was. */
  #ask<Name extends OperationName>(operation: Name, input: OperationInputs[Name], expected: Outcome): void {
    if (expected === 'ok') this.#engine.call(operation, input);
    else expect(this.#engine.refusal(operation, input).code).toBe(expected);
  }

  #check(at: number): void {
    const { arn: KeyId, ids } = keys[at] as Known;
    const model = this.#models[at] as ModelKey;
    const { KeyMetadata } = this.#engine.call('DescribeKey', { KeyId });
    const current = model.materials.at(-1)?.number;
    expect(KeyMetadata?.KeyState).toBe(model.state);
    expect(KeyMetadata?.CurrentKeyMaterialId).toBe(current === undefined ? undefined : ids[current]);
    const input = { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' } as const;
    const shown = this.#engine.call('ListKeyRotations', input).Rotations ?? [];
    const expected = model.materials.map(({ here, number }) => ({ id: ids[number], here }));
    if (model.pending !== undefined) expected.push({ id: ids[model.pending.number], here: true });
    expect(shown.map((one) => ({ id: one.KeyMaterialId, here: one.ImportState === 'IMPORTED' }))).toEqual(expected);
    expect(vaultOf(this.#engine, at)).toEqual({
      here: expected
        .filter(({ here }) => here)
        .map(({ id }) => id)
        .sort(),
      withdrawn: expected
        .filter(({ here }) => !here)
        .map(({ id }) => id)
        .sort(),
    });
    for (const [nth, CiphertextBlob] of (this.#blobs[at] ?? []).entries()) {
      if (model.use !== 'ok') {
        expect(this.#engine.error('Decrypt', { CiphertextBlob }).code).toBe(model.use);
        continue;
      }
      const { KeyMaterialId, Plaintext } = this.#engine.call('Decrypt', { CiphertextBlob });
      expect(new TextDecoder().decode(Plaintext)).toBe(`text ${nth}`);
      expect(KeyMaterialId).toBe(ids[model.tickets[nth] ?? -1]);
    }
  }
}

/** What the vault has of a key, read out of its export with the key of the world's snapshots. */
function vaultOf({ kms }: TestEngine, at: number): { readonly here: string[]; readonly withdrawn: string[] } {
  const key = kms.world.key('snapshot');
  const sealed = kms.vault.export(key);
  const opened = crypto.createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(exportLabel);
  opened.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([opened.update(sealed.subarray(12, -16)), opened.final()]).toString();
  const content = JSON.parse(text) as Record<'materials' | 'withdrawn', { keyId: string; [name: string]: string }[]>;
  const { id, ids } = keys[at] as Known;
  const mine = (name: keyof typeof content) => content[name].filter(({ keyId }) => keyId === id);
  // The secret says which number it has, and the number which id.
  const numberOf = (secret = ''): number =>
    numbers.findIndex((one) => Buffer.from(octets(one)).toString('hex') === secret);
  return {
    here: mine('materials')
      .map(({ secret }) => ids[numberOf(secret)] ?? 'unknown')
      .sort(),
    withdrawn: mine('withdrawn')
      .map(({ materialId = '' }) => materialId)
      .sort(),
  };
}

const exportLabel = Buffer.from('kmsim vault export 2');

describe('keys with imported material', () => {
  property.prop([fc.array(command, { minLength: 1, maxLength: 40, size: 'max' })], { numRuns: 40 })(
    'do as the model says',
    (commands) => {
      const run = new Run();
      for (const command of commands) run.step(command);
    },
  );
});
