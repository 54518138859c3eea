// The line in front of the corridor: order, instants and bytes are the same whether or not a library has to load first.

import { expect, test } from 'vitest';
import { kmsError } from '../src/api/errors.ts';
import { Line } from '../src/line.ts';
import { Loading } from '../src/loading.ts';
import { Visit } from '../src/operation.ts';
import { admin } from './engine.ts';

function visit(name: string): Visit {
  return new Visit('DescribeKey', { KeyId: name }, 'direct', admin);
}

interface Door {
  readonly line: Line;
  /** How often the line became empty. */
  emptied(): number;
  readonly passed: string[];
  load(): void;
  refuse(): void;
}

/** Visits whose name begins with `slow` need a library. */
function door(): Door {
  let isLoaded = false;
  let load = (): void => {};
  let refuse = (): void => {};
  const library = new Promise<void>((resolve, reject) => {
    load = () => {
      isLoaded = true;
      resolve();
    };
    refuse = () => reject(new Error('no such file'));
  });
  const passed: string[] = [];
  let emptied = 0;
  const pass = (one: Visit): object => {
    const { KeyId } = one.read() as { KeyId: string };
    if (KeyId.startsWith('slow') && !isLoaded) throw new Loading(library);
    passed.push(KeyId);
    if (KeyId.endsWith('refused')) throw kmsError('NotFoundException');
    return { KeyId };
  };
  const line = new Line(pass, () => {
    emptied += 1;
  });
  return { line, passed, emptied: () => emptied, load: () => load(), refuse: () => refuse() };
}

test('nobody waits for nothing', () => {
  const { line } = door();
  expect(line.pass(visit('a'))).toEqual({ KeyId: 'a' });
  expect(() => line.pass(visit('refused'))).toThrow('NotFoundException');
  expect(line.waits).toBe(false);
});

test('who comes behind a call that waits waits too, and all pass in the order they came', async () => {
  const { line, load, passed } = door();
  const answers = ['a', 'slow', 'b', 'refused', 'slow too', 'c'].map((name) => {
    const answer = line.pass(visit(name));
    return Promise.resolve(answer).catch(({ code }) => code);
  });
  expect(passed).toEqual(['a']);
  expect(line.waits).toBe(true);
  load();
  const named = (KeyId: string) => ({ KeyId });
  expect(await Promise.all(answers)).toEqual([
    named('a'),
    named('slow'),
    named('b'),
    'NotFoundException',
    named('slow too'),
    named('c'),
  ]);
  expect(passed).toEqual(['a', 'slow', 'b', 'refused', 'slow too', 'c']);
});

test('who has an answer finds the line empty', async () => {
  const { line, load } = door();
  const answer = line.pass(visit('slow'));
  load();
  await answer;
  expect(line.pass(visit('a'))).toEqual({ KeyId: 'a' });
});

test('a library that does not load is a failure of the call that needs it, and of no other', async () => {
  const { line, refuse } = door();
  const slow = line.pass(visit('slow'));
  const behind = line.pass(visit('b'));
  refuse();
  await expect(slow).rejects.toThrow('no such file');
  expect(await behind).toEqual({ KeyId: 'b' });
});

test('what a call asks for is what it asked for when it came: nobody changes it while it waits', async () => {
  const { line, load } = door();
  const input = { KeyId: 'slow' };
  const behind = { KeyId: 'b' };
  const wrong: { KeyId?: string } = {};
  const answers = [input, behind, wrong].map((one) =>
    Promise.resolve(line.pass(new Visit('DescribeKey', one, 'direct', admin))).catch(({ code }) => code),
  );
  for (const one of [input, behind, wrong]) one.KeyId = 'changed';
  load();
  expect(await Promise.all(answers)).toEqual([{ KeyId: 'slow' }, { KeyId: 'b' }, 'ValidationException']);
});

test('it tells when it is empty again, before the last has its answer, and not when nobody waited', async () => {
  const { emptied, line, load } = door();
  line.pass(visit('a'));
  const answers = ['slow', 'b'].map((name) => line.pass(visit(name)));
  load();
  await answers[0];
  expect(emptied()).toBe(0);
  await answers[1];
  expect(emptied()).toBe(1);
  line.pass(visit('c'));
  expect(emptied()).toBe(1);
});

test('also when the last was refused', async () => {
  const { emptied, line, load } = door();
  const answer = line.pass(visit('slow refused'));
  load();
  await expect(answer).rejects.toThrow('NotFoundException');
  expect(emptied()).toBe(1);
});

function encryption(byte: number): Visit {
  return new Visit('Encrypt', { KeyId: 'a', Plaintext: new Uint8Array(1000).fill(byte) }, 'direct', admin);
}

const plaintextOf = (one: Visit): Uint8Array => one.read()['Plaintext'] as Uint8Array;

test('what a call brought stays while it waits, and is erased when it has passed at once', async () => {
  let load = (): void => {};
  const library = new Promise<void>((resolve) => {
    load = resolve;
  });
  let isLoaded = false;
  const waiting = new Line(
    (one) => {
      const Plaintext = plaintextOf(one);
      if (!isLoaded) throw new Loading(library);
      return { Plaintext: [...Plaintext] };
    },
    () => {},
  );
  const answer = waiting.pass(encryption(1));
  const seen: Uint8Array[] = [];
  const passing = new Line(
    (one) => {
      const Plaintext = plaintextOf(one);
      // A listener may call again before the first has its answer.
      if (seen.push(Plaintext) === 1) passing.pass(encryption(3));
      return { Plaintext: [...Plaintext] };
    },
    () => {},
  );
  expect(passing.pass(encryption(2))).toEqual({ Plaintext: new Array(1000).fill(2) });
  expect(seen.map(([first]) => first)).toEqual([0, 0]);
  isLoaded = true;
  load();
  expect(await answer).toEqual({ Plaintext: new Array(1000).fill(1) });
});
