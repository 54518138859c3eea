// One operation as it is measured: call by call, and what has to stand ready for that.

import { createKmsim, type Kmsim, type KmsMethods, type OperationName } from 'kmsim';
import { seed } from '../keys.ts';

export interface Measured {
  /** The n-th call of a batch. */
  readonly run: (n: number) => Promise<unknown>;
  /** Makes ready for so many calls. */
  readonly before?: (times: number) => void | Promise<void>;
  /** Calls of one batch. */
  readonly most?: number;
}

export type Measurements<Names extends OperationName> = Readonly<Record<Names, Measured>>;

export interface Place {
  readonly sim: Kmsim;
  readonly kms: KmsMethods;
}

/** A simulation of its own for each group of operations: what one leaves behind is no matter of another. */
export function newPlace(): Place {
  const sim = createKmsim({ seed, backend: 'native' });
  return { sim, kms: sim.as() };
}

/** A text of an answer that has one. */
export function given(text: string | undefined): string {
  if (text === undefined) throw new Error('The answer has no such text.');
  return text;
}

type KeyOptions = NonNullable<Parameters<KmsMethods['createKey']>[0]>;

export async function newKey({ kms }: Place, options: KeyOptions = {}): Promise<string> {
  return given((await kms.createKey(options)).KeyMetadata?.KeyId);
}

export async function newKeys(place: Place, count: number, options: KeyOptions = {}): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await newKey(place, options));
  return ids;
}

/**
 * Two operations of which one takes back what the other does, each with `size` things of its own, which are not done at first. `settle`: until what was
 * begun is done.
 */
export interface Pair {
  readonly does: Measured;
  readonly undoes: Measured;
}

export function pair(
  size: number,
  act: (n: number) => Promise<unknown>,
  undo: (n: number) => Promise<unknown>,
  settle: () => void = () => {},
): Pair {
  let done = 0;
  return {
    does: {
      most: size,
      before: async (times) => {
        settle();
        for (let n = 0; n < done; n++) await undo(n);
        settle();
        done = times;
      },
      run: act,
    },
    undoes: {
      most: size,
      before: async (times) => {
        settle();
        for (let n = 0; n < times; n++) await act(size + n);
        settle();
      },
      run: (n) => undo(size + n),
    },
  };
}
