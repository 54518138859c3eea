// toHaveUsedKey: whether anybody used a key, and for what.

import type { CloudTrailRecord, OperationName } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import { nearest } from '../did-you-mean.ts';
import { KmsimError } from '../kmsim-error.ts';
import { isText, shown } from '../option-forms.ts';
import { matcher } from '../trail-query.ts';
import { isCryptographic, operationFor } from './called.ts';
import { counted, eventLines, lastEvents, shortName } from './event-lines.ts';
import { callsOf, page, requireWhole } from './received.ts';
import type { Verdict } from './verdict.ts';

export function usedKey(sim: Kmsim, key: string, operation?: OperationName): Verdict {
  const names = namesOf(sim, key);
  const name = operation === undefined ? undefined : operationFor('toHaveUsedKey', operation);
  const isAbout = names.map((each) => matcher({ key: each }));
  const isUse = ({ eventName }: CloudTrailRecord): boolean =>
    name === undefined ? isCryptographic(eventName) : eventName === name;
  const about = callsOf(sim).filter((event) => isAbout.some((is) => is(event)));
  const uses = about.filter((event) => event.errorCode === undefined && isUse(event));
  const pass = uses.length > 0;
  if (!pass) requireWhole('toHaveUsedKey', sim);
  const use = name ?? 'cryptographic operation';
  return {
    pass,
    found: pass
      ? `there ${uses.length === 1 ? 'was' : 'were'} ${counted(uses.length, `successful ${use}`)}.`
      : `there was no successful ${use} with ${names.map(shortName).join(', ')}.`,
    evidence: () => {
      if (pass) return ['These calls:', ...eventLines(uses)];
      return about.length > 0 ? ['What there was with this key:', ...eventLines(about)] : lastEvents(sim);
    },
  };
}

/** What the key is called in events. Raises UnknownKey for a name that nothing has or had: of a misspelt one `.not` would be true for ever. */
function namesOf(sim: Kmsim, key: string): readonly string[] {
  if (!isText(key))
    throw new KmsimError(
      'InvalidOption',
      `toHaveUsedKey takes the id, the ARN or an alias of a key, not ${shown(key)}.`,
      {
        page,
      },
    );
  const { state } = sim.kms;
  const aliases = [...state.rows('aliases')];
  const targets = aliases.filter(({ arn, name }) => arn === key || name === key).map(({ target }) => target);
  if (targets.length > 0) return [key, ...new Set(targets)];
  for (const { arn, id } of state.rows('keys')) if (arn === key || id === key) return [key];
  // One that is gone.
  if (sim.trail.last({ key }) !== undefined) return [key];
  const meant = nearest(
    key,
    aliases.map(({ name }) => name),
  );
  throw new KmsimError('UnknownKey', `toHaveUsedKey: there is no key ${shown(key)}.`, {
    hint:
      meant === undefined ? 'Name it by its id, its ARN, or an alias (alias/orders).' : `Did you mean ${shown(meant)}?`,
  });
}
