// What KMS has minted once it must not mint again: values that are bound when they are first seen and have to agree ever after.

import type { Difference } from './match.ts';
import { isRecord, same, show } from './values.ts';

export interface Bindings {
  /** The first value of a successful answer that contradicts an earlier one. The request and answer have bytes for blobs. */
  agree(step: string, request: unknown, answer: unknown): Difference | undefined;
}

interface Bound {
  readonly value: unknown;
  readonly step: string;
}

/** A member that names something -> the members beside it that belong to the name for good. */
const belonging: Readonly<Record<string, readonly string[]>> = {
  Arn: ['AWSAccountId', 'CreationDate', 'KeyId'],
  KeyArn: ['KeyId'],
  GrantId: ['CreationDate'],
};

/** A ciphertext -> the plaintext it stands for, in a request or an answer. */
const opening: readonly (readonly [ciphertext: string, plaintext: string])[] = [
  ['CiphertextBlob', 'Plaintext'],
  ['PrivateKeyCiphertextBlob', 'PrivateKeyPlaintext'],
];

export function createBindings(): Bindings {
  const bound = new Map<string, Bound>();

  const bind = (step: string, name: string, value: unknown, path: string): Difference | undefined => {
    const before = bound.get(name);
    if (before === undefined) bound.set(name, { value, step });
    if (before === undefined || same(before.value, value)) return undefined;
    return { path, expected: `${show(before.value)}, as in step ${before.step}`, got: show(value) };
  };

  const named = (step: string, value: unknown, path: string): Difference | undefined => {
    if (Array.isArray(value)) return first(value.entries(), ([at, item]) => named(step, item, join(path, String(at))));
    if (!isRecord(value)) return undefined;
    const here = first(Object.entries(belonging), ([name, members]) => {
      if (typeof value[name] !== 'string') return undefined;
      return first(members, (member) =>
        value[member] === undefined
          ? undefined
          : bind(step, `${name} ${value[name]} ${member}`, value[member], join(path, member)),
      );
    });
    return here ?? first(Object.entries(value), ([name, part]) => named(step, part, join(path, name)));
  };

  const opened = (step: string, request: unknown, answer: unknown): Difference | undefined => {
    const both = { ...(isRecord(request) && request), ...(isRecord(answer) && answer) };
    return first(opening, ([ciphertext, plaintext]) => {
      const [blob, text] = [both[ciphertext], both[plaintext]];
      if (!(blob instanceof Uint8Array) || !(text instanceof Uint8Array)) return undefined;
      return bind(step, `plaintext of ${Buffer.from(blob).toString('base64')}`, text, plaintext);
    });
  };

  return { agree: (step, request, answer) => named(step, answer, '') ?? opened(step, request, answer) };
}

function first<T>(items: Iterable<T>, find: (item: T) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}
