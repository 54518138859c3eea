// I10: what is listed is what was made, through all pages, each item once, whatever the size of the pages.

import type { Difference } from '../../match.ts';
import type { Json } from '../../transcript.ts';
import { isRecord } from '../../values.ts';
import type { Home } from '../plan.ts';
import type { Asked, Run, Watcher } from '../run.ts';
import { type Ask, administratorOf, answered, revive } from './asking.ts';
import { expectation, type Invariant } from './invariant.ts';

const pageSizes = [1, 2, 3, 50];
const mostPages = 200;

/** The names on all pages; a difference when a list does not end. */
async function allPages(
  ask: Ask,
  operation: string,
  members: readonly [string, string],
  input: Readonly<Record<string, Json>>,
): Promise<readonly string[] | Difference> {
  const [list, name] = members;
  const names: string[] = [];
  let marker: Readonly<Record<string, Json>> = {};
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await ask(operation, { ...input, ...marker });
    const items = answered(reply, list);
    if (!Array.isArray(items)) return { path: list, expected: 'a list', got: JSON.stringify(reply?.body) };
    names.push(...items.map((item) => String(isRecord(item) ? item[name] : item)));
    if (answered(reply, 'Truncated') !== true) return names;
    marker = { Marker: { $literal: answered(reply, 'NextMarker') as Json } };
  }
  return { path: 'Truncated', expected: `an end within ${mostPages} pages`, got: 'none' };
}

async function inAllSizes(
  ask: Ask,
  operation: string,
  members: readonly [string, string],
  wanted: ReadonlySet<string>,
  input: Readonly<Record<string, Json>> = {},
): Promise<Difference | undefined> {
  for (const Limit of pageSizes) {
    const got = await allPages(ask, operation, members, { ...input, Limit });
    if ('path' in got) return got;
    const [expected, seen] = [[...wanted].sort().join(' '), [...got].sort().join(' ')];
    const found = expectation(expected === seen, expected, seen, `${operation} with Limit ${Limit}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

class Books implements Watcher {
  /** Names by place or by key, as the answers to changes tell. */
  readonly #sets = new Map<string, Set<string>>();

  #of(what: string): Set<string> {
    const found = this.#sets.get(what) ?? new Set();
    this.#sets.set(what, found);
    return found;
  }

  after({ reply, request }: Asked, run: Run): undefined {
    if (reply.status !== 200) return;
    const { as = run.target.callerArn, body, operation, region } = request;
    const place = `${as.split(':')[4]} ${region}`;
    const named = run.memory.keys.find(({ arn, id }) => body['KeyId'] === arn || body['KeyId'] === id);
    const tags = (Array.isArray(body['Tags']) ? body['Tags'] : []) as { readonly TagKey: string }[];
    const alias = String(body['AliasName']);
    if (operation === 'CreateAlias') this.#of(`aliases ${place}`).add(alias);
    if (operation === 'DeleteAlias') this.#of(`aliases ${place}`).delete(alias);
    const made = operation === 'CreateKey' ? run.memory.keys.at(-1) : named;
    if (operation === 'CreateKey' || operation === 'TagResource') {
      for (const { TagKey } of tags) this.#of(`tags ${made?.arn}`).add(TagKey);
    }
    if (operation === 'UntagResource')
      for (const key of body['TagKeys'] as string[]) this.#of(`tags ${made?.arn}`).delete(key);
  }

  async finish(run: Run): Promise<Difference | undefined> {
    for (const place of placesOf(run)) {
      const found = (await this.#keys(run, place)) ?? (await this.#aliases(run, place));
      if (found !== undefined) return found;
    }
    return this.#tags(run);
  }

  async #keys(run: Run, { account, region }: Home): Promise<Difference | undefined> {
    const ask = administratorOf(run, { account, region });
    const wanted = new Set<string>();
    for (const key of run.memory.keys.filter((one) => one.account === account && one.region === region)) {
      // Those that were deleted are gone; those that a policy hides are not.
      const gone = JSON.stringify((await ask('DescribeKey', { KeyId: key.id }))?.body).includes('NotFoundException');
      if (!gone) wanted.add(key.id);
    }
    return inAllSizes(ask, 'ListKeys', ['Keys', 'KeyId'], wanted);
  }

  async #aliases(run: Run, place: Home): Promise<Difference | undefined> {
    const ask = administratorOf(run, place);
    const wanted = new Set<string>();
    for (const name of this.#of(`aliases ${place.account} ${place.region}`)) {
      // An alias goes with its key.
      const gone = JSON.stringify((await ask('DescribeKey', { KeyId: name }))?.body).includes('NotFoundException');
      if (!gone) wanted.add(name);
    }
    return inAllSizes(ask, 'ListAliases', ['Aliases', 'AliasName'], wanted);
  }

  async #tags(run: Run): Promise<Difference | undefined> {
    for (const key of run.memory.keys) {
      if (!(await revive(run, key))) continue;
      const ask = administratorOf(run, key);
      const wanted = this.#of(`tags ${key.arn}`);
      const found = await inAllSizes(ask, 'ListResourceTags', ['Tags', 'TagKey'], wanted, { KeyId: key.arn });
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The accounts and Regions with keys. */
function placesOf(run: Run): readonly Home[] {
  const places = run.memory.keys.map(({ account, region }) => `${account} ${region}`);
  return [...new Set(places)].map((place) => {
    const [account = '', region = ''] = place.split(' ');
    return { account, region };
  });
}

export const i10: Invariant = {
  id: 'I10',
  says: 'every key, alias and tag that was made is listed through all pages, once, for every page size',
  size: { runs: 10, commands: 60 },
  watch: () => new Books(),
};
