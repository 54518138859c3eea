// One account in one Region: the indexes against the plain list they stand for.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { AliasRecord, KeyRecord } from '../../src/state/records.ts';
import { Site } from '../../src/state/site.ts';
import { TestEngine } from '../engine.ts';

const template = new TestEngine();
const { Arn } = template.createKey();
const some = template.kms.state.get('keys', Arn) ?? expect.fail('no key');
const key = (ordinal: number): KeyRecord => ({ ...some, arn: `k${ordinal}`, ordinal });
const alias = (arn: string, target: string): AliasRecord => ({
  arn,
  name: arn,
  account: 'a',
  region: 'r',
  target,
  createdAt: 0,
  updatedAt: 0,
});

describe('keys of a site', () => {
  test.prop([fc.array(fc.record({ add: fc.boolean(), at: fc.nat(20) }), { maxLength: 60 })], { numRuns: 100 })(
    'are listed from any ordinal, in order',
    (steps) => {
      const site = new Site('a', 'r');
      let model: number[] = [];
      let next = 1;
      for (const { add, at } of steps) {
        const gone = model[at];
        if (add) {
          site.addKey(key(next));
          model.push(next++);
        } else if (gone !== undefined) {
          site.removeKey(key(gone));
          model = model.filter((ordinal) => ordinal !== gone);
        }
        expect(site.keysAfter(at, 5)).toEqual(
          model
            .filter((ordinal) => ordinal > at)
            .slice(0, 5)
            .map((ordinal) => `k${ordinal}`),
        );
      }
      expect(site.keysAfter(0, 1000)).toHaveLength(model.length);
    },
  );
});

describe('aliases of a site', () => {
  const step = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    target: fc.constantFrom('k1', 'k2', 'k3'),
    remove: fc.boolean(),
  });

  test.prop([fc.array(step, { maxLength: 40 })], { numRuns: 200 })('are listed by name, all or of one key', (steps) => {
    const site = new Site('a', 'r');
    const model = new Map<string, string>();
    for (const { name, target, remove } of steps) {
      const before = model.get(name);
      if (!remove) {
        site.setAlias(alias(name, target), before === undefined ? undefined : alias(name, before));
        model.set(name, target);
      } else if (before !== undefined) {
        site.removeAlias(alias(name, before));
        model.delete(name);
      }
      expect(site.aliases()).toEqual([...model.keys()].sort());
      for (const one of ['k1', 'k2', 'k3']) {
        expect(site.aliases(one)).toEqual([...model].flatMap(([each, of]) => (of === one ? [each] : [])).sort());
      }
    }
  });
});

describe('a site', () => {
  test('has one label for each operation, its own', () => {
    const [here, there] = [new Site('1', 'r'), new Site('1', 's')];
    const labels = [here.label('Encrypt'), here.label('Decrypt'), there.label('Encrypt')];
    expect(new Set(labels).size).toBe(3);
    expect(here.label('Encrypt')).toBe(labels[0]);
  });
});
