// Lists, page by page. What is there from the first page to the last appears exactly once, whatever the size of pages.

import type { Json } from '../transcript.ts';
import { isRecord, show } from '../values.ts';
import type { Call } from './call.ts';
import { type Expectation, formOf, leaf, lessonsOf, type Pattern } from './expectation.ts';
import { idOrArn } from './keys.ts';
import { materialId } from './metadata.ts';
import { aliasArn, keyNamed } from './names.ts';
import { finishRotation, type Material } from './state.ts';

interface Item {
  /** The record itself: something made anew under an old name is another item. */
  readonly is: object;
  readonly pattern: Pattern;
}

interface List {
  readonly member: string;
  /** The largest Limit, and what Limit is without one: the API reference of each operation. */
  readonly most: number;
  readonly usual: number;
  readonly items: readonly Item[];
  readonly about?: string;
}

export function listKeys(call: Call): Expectation {
  call.attempt(() => call.permitAlone());
  const { account } = call.person;
  const own = [...call.state.keys].filter((key) => key.account === account && key.region === call.region);
  const items = own.map((key) => ({ is: key, pattern: { KeyId: key.id, KeyArn: key.arn } }));
  return page(call, { member: 'Keys', most: 1000, usual: 100, items });
}

export function listAliases(call: Call): Expectation {
  call.attempt(() => call.permitAlone());
  const named = call.maybe('KeyId') !== undefined;
  const key = named ? call.attempt(() => keyNamed(call, 'KeyId')) : undefined;
  const { account } = call.person;
  const own = [...call.state.aliases].filter((alias) => alias.account === account && alias.region === call.region);
  const items = own
    .filter((alias) => !named || alias.key === key)
    .map((alias) => ({
      is: alias,
      pattern: {
        AliasName: alias.name,
        AliasArn: aliasArn(alias.region, account, alias.name),
        TargetKeyId: alias.key.id,
        CreationDate: call.instant(alias.created),
        LastUpdatedDate: call.instant(Math.min(...alias.updated), Math.max(...alias.updated)),
      },
    }));
  return page(call, { member: 'Aliases', most: 100, usual: 50, items, about: key?.arn ?? '' });
}

export function listKeyPolicies(call: Call): Expectation {
  const key = call.enter(keyNamed(call, 'KeyId'));
  const items = [{ is: key, pattern: 'default' }];
  return page(call, { member: 'PolicyNames', most: 1000, usual: 100, items, about: key.arn });
}

export function listResourceTags(call: Call): Expectation {
  const key = call.enter(keyNamed(call, 'KeyId'));
  const items = [...key.tags].map(([TagKey, tag]) => ({ is: tag, pattern: { TagKey, TagValue: tag.value } }));
  return page(call, { member: 'Tags', most: 50, usual: 50, items, about: key.arn });
}

export function listKeyRotations(call: Call): readonly Expectation[] {
  const key = call.enter(keyNamed(call, 'KeyId'));
  if (key.spec !== 'SYMMETRIC_DEFAULT') call.refuse('UnsupportedOperationException');
  const all = call.maybe('IncludeKeyMaterial') === 'ALL_KEY_MATERIAL';
  const listing = (materials: readonly Material[]): Expectation => {
    const shown = materials.filter(({ by }) => all || by !== 'first');
    const items = shown.map((one) => ({
      is: one,
      pattern: {
        KeyId: idOrArn(key),
        KeyMaterialId: materialId(call, key, [one]),
        KeyMaterialState: one === materials.at(-1) ? 'CURRENT' : 'NON_CURRENT',
        RotationDate: one.by === 'first' ? undefined : call.instant(one.from, one.to),
        RotationType: one.by === 'first' ? undefined : one.by,
      },
    }));
    const about = `${key.arn} ${all}`;
    return page(call, { member: 'Rotations', most: 1000, usual: 100, items, about });
  };
  if (key.rotating === undefined) return [listing(key.materials)];
  const done = listing([...key.materials, key.rotating]);
  const effect = (): void => finishRotation(key, call.now);
  return [listing(key.materials), 'output' in done ? { ...done, effect } : done];
}

function page(call: Call, { about = '', items, member, most, usual }: List): Expectation {
  const { state } = call;
  const list = [call.operation, call.person.account, call.region, about].join(' ');
  const marker = call.maybe<string>('Marker');
  const walk = marker === undefined ? undefined : state.walks.get(marker);
  if (marker !== undefined && walk?.list !== list) {
    call.object('InvalidMarkerException');
    // This one has no such error in its model.
    if (call.operation === 'ListKeyPolicies') call.object('ValidationException');
  }
  // The API model takes 1 to 1000 for every list.
  const limit = call.maybe<number>('Limit') ?? usual;
  if (limit > most) call.tolerate({ code: 'ValidationException' });
  call.settle();
  const seen = walk?.seen ?? new Set();
  const stable = new Set(items.map(({ is }) => is).filter((is) => walk?.stable.has(is) ?? true));

  const read = (got: unknown): Page | string => {
    if (!isRecord(got) || !Array.isArray(got[member])) return `a list of ${member}`;
    const entries = got[member] as readonly unknown[];
    const found = new Map<object, () => void>();
    for (const entry of entries) {
      const item = items.find(
        ({ is, pattern }) => !seen.has(is) && !found.has(is) && lessonsOf(pattern, entry) !== undefined,
      );
      if (item === undefined && !call.setting.shared) return `no ${show(entry)} among the ${member} here`;
      if (item !== undefined) found.set(item.is, lessonsOf(item.pattern, entry) as () => void);
    }
    if (entries.length > limit) return `at most ${limit} ${member}`;
    const more = got['Truncated'] === true;
    const next = got['NextMarker'];
    if (more ? typeof next !== 'string' || next === '' : next !== undefined)
      return 'NextMarker when Truncated, only then';
    if (typeof got['Truncated'] !== 'boolean') return 'Truncated to be true or false';
    const stranger = Object.keys(got).find((name) => ![member, 'Truncated', 'NextMarker'].includes(name));
    if (stranger !== undefined) return `no member ${stranger}`;
    const missing = more ? undefined : items.find(({ is }) => stable.has(is) && !seen.has(is) && !found.has(is));
    return missing === undefined ? { found, next } : `${show(formOf(missing.pattern))} on one of the pages`;
  };

  const fault = (got: unknown): string | undefined => {
    const result = read(got);
    return typeof result === 'string' ? result : undefined;
  };
  const whole = marker === undefined && items.length <= limit;
  const forms = items.map(({ pattern }) => formOf(pattern));
  const form: Json = whole ? { [member]: { $allOf: [{ $length: forms.length }, { $listContains: forms }] } } : {};
  const output = {
    ...leaf(
      form,
      () => true,
      (got) => {
        const { found, next } = read(got) as Page;
        for (const learn of found.values()) learn();
        if (typeof next === 'string')
          state.walks.set(next, { list, seen: new Set([...seen, ...found.keys()]), stable });
      },
    ),
    fault,
  };
  return call.success(output);
}

interface Page {
  readonly found: ReadonlyMap<object, () => void>;
  readonly next: unknown;
}
