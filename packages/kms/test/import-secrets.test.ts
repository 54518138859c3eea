// Neither a wrapping key nor imported material shows, and what the import draws and unwraps is erased.

import { inspect } from 'node:util';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import { TestEngine } from './engine.ts';
import { librariesLoaded } from './libraries.ts';
import { Importer, octets } from './operations/import-suite.ts';

beforeAll(() => librariesLoaded());

const everything = { showHidden: true, depth: Number.POSITIVE_INFINITY, maxArrayLength: null, getters: true } as const;

// The same world draws the same bytes: of the 44 of GetParametersForImport 32 are the seed of the wrapping key, and the token begins
// with the others.
function firstDrawn(): Uint8Array {
  return new TestEngine().kms.world.cursor('111122223333/us-east-1/GetParametersForImport').take().draw(44);
}

function expectNone(secret: Uint8Array, text: string): void {
  const buffer = Buffer.from(secret);
  const plain = text.replaceAll(/\s/g, '').toLowerCase();
  for (const face of [buffer.toString('hex'), [...secret].join(',')]) expect(plain).not.toContain(face);
  for (const face of [buffer.toString('base64').slice(0, 42), buffer.toString('latin1')])
    expect(text).not.toContain(face);
}

describe('an import', () => {
  const material = octets(77);

  /** An engine that has imported, and all that it has handed out on the way. */
  function imported(): { importer: Importer; answers: string; token: Uint8Array } {
    const importer = new Importer();
    const parameters = importer.parameters();
    importer.import(material, {}, parameters);
    importer.delete();
    importer.import(material, {}, parameters);
    const answers = [parameters.token, parameters.publicKey].map((bytes) => Buffer.from(bytes).toString('latin1'));
    return { importer, answers: answers.join(), token: parameters.token };
  }

  test('shows its secrets to nobody who looks at the engine, its vault or a snapshot', () => {
    const { answers, importer, token } = imported();
    const { kms } = importer.engine;
    const drawn = firstDrawn();
    expect(token.slice(0, 12)).toEqual(Uint8Array.from(drawn.subarray(32)));
    for (const secret of [drawn.subarray(0, 32), material]) {
      expectNone(secret, answers);
      for (const one of [kms, kms.vault, kms.vault.imports]) {
        expectNone(secret, inspect(one, everything));
        expectNone(secret, inspect(Object.getOwnPropertyDescriptors(one), everything));
      }
      expectNone(secret, JSON.stringify(kms.vault));
      expectNone(secret, JSON.stringify(importer.engine.snapshot().state));
    }
  });

  test('shows them in no error', () => {
    const { importer } = imported();
    const wrong = octets(78, 31);
    const error = importer.engine.error('ImportKeyMaterial', importer.request(wrong));
    expect(error).toBeInstanceOf(KmsError);
    expectNone(wrong, inspect(error, everything) + error.stack);
  });

  test('erases what it draws for a wrapping key', () => {
    const engine = new TestEngine();
    const importer = new Importer(engine);
    const stream = Object.getPrototypeOf(engine.kms.world.cursor('any').take()) as { draw(length: number): Uint8Array };
    const draw = vi.spyOn(stream, 'draw');
    try {
      importer.parameters();
      const drawn = draw.mock.results.map(({ value }) => value as Uint8Array);
      expect(drawn.map(({ length }) => length)).toEqual([44]);
      for (const bytes of drawn) expect(bytes.every((byte) => byte === 0)).toBe(true);
    } finally {
      draw.mockRestore();
    }
  });

  test('leaves no material in the vault when it is refused or gone', () => {
    const importer = new Importer();
    const id = importer.import(material);
    const { vault } = importer.engine.kms;
    importer.refusal(octets(1));
    importer.delete();
    expect(vault.has(id)).toBe(false);
    expect(vault.seal(id, 'encrypt', undefined, octets(1), octets(2, 28))).toBe('no material');
  });
});
