// What is due, and when: the heap against a sorted list, and what a record puts on it.

import { fc, test } from '@fast-check/vitest';
import { lonePrimary } from '@kmsim/multi-region';
import { describe, expect } from 'vitest';
import { Agenda, type Due, dueOf, dueOfPost, timedEffects } from '../../src/agenda/agenda.ts';
import type { GrantRecord, KeyRecord } from '../../src/state/records.ts';
import { abroad, TestEngine } from '../engine.ts';

const engine = new TestEngine();
const fresh = engine.kms.state.get('keys', engine.createKey().Arn) ?? expect.fail('no key');

function drain(agenda: Agenda): Due[] {
  const all: Due[] = [];
  for (let due = agenda.take(); due !== undefined; due = agenda.take()) all.push(due);
  return all;
}

const due = fc.record({
  at: fc.nat(5),
  ordinal: fc.nat(3),
  effect: fc.constantFrom(...timedEffects),
  keyArn: fc.constant('k'),
  noted: fc.constant(0),
});
const order = (a: Due, b: Due): number =>
  a.at - b.at || a.ordinal - b.ordinal || timedEffects.indexOf(a.effect) - timedEffects.indexOf(b.effect);

describe('the agenda', () => {
  test.prop([fc.array(due, { maxLength: 40 })], { numRuns: 300 })(
    'gives what is due by instant, then by age of the key, then by kind',
    (dues) => {
      const agenda = new Agenda();
      for (const one of dues) agenda.add(one);
      expect(agenda.length).toBe(dues.length);
      const first = dues.toSorted(order)[0];
      expect(agenda.next).toBe(first?.at ?? Number.POSITIVE_INFINITY);
      expect(drain(agenda)).toEqual(dues.toSorted(order));
      expect(agenda.next).toBe(Number.POSITIVE_INFINITY);
      expect(agenda.take()).toBeUndefined();
    },
  );

  test.prop([fc.array(fc.option(due), { maxLength: 60 })], { numRuns: 300 })(
    'keeps its order while it is used',
    (steps) => {
      const agenda = new Agenda();
      let model: Due[] = [];
      for (const step of steps) {
        if (step !== null) {
          agenda.add(step);
          model = [...model, step].sort(order);
        } else {
          expect(agenda.take()).toEqual(model[0]);
          model = model.slice(1);
        }
      }
    },
  );
});

describe('a key record', () => {
  const rotation = { periodDays: 90, next: 7 };
  const rotating = { material: 'm', startedAt: 1, doneAt: 2 };
  const deletion = { at: 9, windowDays: 7 };
  const kinds = (record: KeyRecord) => dueOf(record).map(({ effect, at }) => [effect, at]);

  test('says what is due for it', () => {
    expect(kinds(fresh)).toEqual([]);
    expect(kinds({ ...fresh, rotation, rotating, deletion })).toEqual([
      ['finish rotation', 2],
      ['rotate', 7],
      ['delete', 9],
    ]);
  });

  test('puts on the agenda what it did not say before', () => {
    const agenda = new Agenda();
    agenda.note(undefined, fresh);
    expect(agenda.length).toBe(0);
    agenda.note(fresh, { ...fresh, rotation });
    agenda.note({ ...fresh, rotation }, { ...fresh, rotation, description: 'new' });
    agenda.note({ ...fresh, rotation }, { ...fresh, rotation: { ...rotation }, deletion });
    agenda.note({ ...fresh, deletion }, undefined);
    expect(drain(agenda).map(({ effect }) => effect)).toEqual(['rotate', 'delete']);
  });

  test('of a replica says nothing of the rotations that its primary does', () => {
    const replicas = { ...lonePrimary(abroad), replicas: [fresh.region] };
    expect(kinds({ ...fresh, replicas, rotation, rotating, deletion })).toEqual([['delete', 9]]);
    const before = { ...fresh, replicas, rotation };
    const agenda = new Agenda();
    agenda.note(before, { ...before, replicas: { ...replicas, primary: fresh.region } });
    expect(drain(agenda).map(({ effect }) => effect)).toEqual(['rotate']);
  });

  test('of a primary that waits for its replicas has no date', () => {
    expect(kinds({ ...fresh, deletion: { at: undefined, windowDays: 7 } })).toEqual([]);
  });
});

describe('a message between Regions', () => {
  const way = { from: 'a', to: 'b', keyId: 'k' };
  const message = { kind: 'received', version: 1, joined: 1, number: 1 } as const;

  test('comes before what keys do at the same instant, and its arrival before its repetition', () => {
    const agenda = new Agenda();
    agenda.add({ at: 5, noted: 5, effect: 'finish rotation', keyArn: fresh.arn, ordinal: fresh.ordinal });
    agenda.add(dueOfPost('z', { ...way, message, retryAt: 5, tries: 1 }));
    for (const key of ['y', 'x']) agenda.add(dueOfPost(key, { ...way, message, version: 1, dueAt: 5 }));
    expect(drain(agenda).map(({ effect, keyArn }) => [effect, keyArn])).toEqual([
      ['deliver', 'x'],
      ['deliver', 'y'],
      ['resend', 'z'],
      ['finish rotation', fresh.arn],
    ]);
  });
});

test('a grant is on the agenda once it was given up', () => {
  const agenda = new Agenda();
  const grant: GrantRecord = {
    id: 'g',
    key: 'k',
    region: 'r',
    ordinal: 3,
    createdAt: 0,
    grantee: 'arn:aws:iam::111122223333:user/alice',
    issuingAccount: 'arn:aws:iam::111122223333:root',
    operations: ['Encrypt'],
    activeAt: 5,
  };
  agenda.noteGrant(grant);
  agenda.noteGrant(undefined);
  expect(agenda.length).toBe(0);
  agenda.noteGrant({ ...grant, endsAt: 9 });
  expect(drain(agenda)).toEqual([{ at: 9, noted: 9, effect: 'end grant', keyArn: 'k', ordinal: 3, grant: 'g' }]);
});
