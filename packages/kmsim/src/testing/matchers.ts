// The matchers as runners take them: `expect.extend(matchers)` of vitest and of jest.

import type { Kmsim } from '../create-kmsim.ts';
import { isRecord, shown } from '../option-forms.ts';
import { beenDenied } from './been-denied.ts';
import { called } from './called.ts';
import { encryptedWithContext, isAsymmetric } from './encrypted-with-context.ts';
import type { KmsimMatchers } from './matcher-forms.ts';
import { simulationOf } from './received.ts';
import { usedKey } from './used-key.ts';
import type { Verdict } from './verdict.ts';

/** What a runner is told. */
export interface MatcherAnswer {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a runner says of the expectation. */
interface Expectation {
  readonly isNot?: boolean | undefined;
}

type Asked<Check> = Check extends (...asked: infer Arguments) => void ? Arguments : never;

export type MatcherFunctions = {
  readonly [Name in keyof KmsimMatchers]: (
    this: Expectation | undefined,
    received: unknown,
    ...asked: Asked<KmsimMatchers[Name]>
  ) => MatcherAnswer;
};

export const matchers: MatcherFunctions = {
  toHaveUsedKey: matcherOf('toHaveUsedKey', usedKey),
  toHaveEncryptedWithContext: matcherOf('toHaveEncryptedWithContext', encryptedWithContext),
  toHaveBeenDenied: matcherOf('toHaveBeenDenied', beenDenied),
  toHaveCalled: matcherOf('toHaveCalled', called),
};

function matcherOf<Arguments extends readonly unknown[]>(
  name: keyof KmsimMatchers,
  check: (sim: Kmsim, ...asked: Arguments) => Verdict,
): (this: Expectation | undefined, received: unknown, ...asked: Arguments) => MatcherAnswer {
  return function (received, ...asked) {
    const { evidence, found, pass } = check(simulationOf(name, received), ...asked);
    const not = this?.isNot === true ? '.not' : '';
    return {
      pass,
      message: () =>
        [`expect(sim)${not}.${name}(${asked.map(written).join(', ')}): ${found}`, '', ...evidence()].join('\n'),
    };
  };
}

/** An argument as the test has it. */
function written(value: unknown): string {
  if (typeof value === 'string') return shown(value).replace(/^"(.*)"$/, "'$1'");
  if (isAsymmetric(value)) return `${value}`;
  if (value instanceof RegExp || !isRecord(value)) return String(value);
  const members = Object.entries(value).map(([name, one]) => `${shownName(name)}: ${written(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function shownName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : written(name);
}
