// What may be written in several ways and means the same: P5, P6, P8, P13; and the trace, which says the decision again: P14.

import fc from 'fast-check';
import { recomputed } from '../../../packages/authz/test/recomputed.ts';
import {
  allows,
  type Document,
  deciderOf,
  decisions,
  drawn,
  mapDocuments,
  reasonOf,
  same,
  type World,
  type Written,
} from './drawn.ts';
import { demand, type Law } from './law.ts';

/** The value with each list in it turned by `list`, and each object's members by `members`. */
function rewritten(
  value: unknown,
  list: (items: readonly unknown[]) => readonly unknown[],
  members: (entries: readonly [string, unknown][]) => readonly [string, unknown][] = (entries) => entries,
): unknown {
  if (Array.isArray(value)) return list(value.map((item) => rewritten(item, list, members)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    members(Object.entries(value)).map(([name, part]) => [name, rewritten(part, list, members)]),
  );
}

const turned = (world: World): World => {
  const around = <T>(items: readonly T[]): readonly T[] => items.toReversed();
  const inside = mapDocuments(world, (document) => rewritten(document, around, around) as Document);
  return {
    ...inside,
    identity: around(inside.identity),
    session: around(inside.session),
    rcps: around(inside.rcps),
    scps: inside.scps?.map(around),
  };
};

const twice = (world: World): World =>
  mapDocuments(world, (document) => rewritten(document, (items) => [...items, ...items]) as Document);

const listable = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function listed(statement: Written): Written {
  return Object.fromEntries(
    Object.entries(statement).map(([element, value]) => {
      if (listable.has(element)) return [element, list(value)];
      if (element === 'Condition') return [element, mapValues(value, (block) => mapValues(block, list))];
      return [element, /Principal$/.test(element) && value !== '*' ? mapValues(value, list) : value];
    }),
  );
}

function mapValues(value: unknown, change: (part: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, change(part)]));
}

/** `kms:Decrypt` as `KMS:dECRYPT`. */
const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
const otherCase = (statement: Written): Written =>
  Object.fromEntries(
    Object.entries(statement).map(([element, value]) => [
      element,
      /Action$/.test(element) ? list(value).map((action) => swapCase(String(action))) : value,
    ]),
  );

function split(statement: Written, element: 'Action' | 'Principal'): readonly Written[] {
  const value = statement[element];
  if (element === 'Action')
    return value === undefined ? [statement] : list(value).map((Action) => ({ ...statement, Action }));
  if (typeof value !== 'object' || value === null) return [statement];
  return Object.entries(value).flatMap(([kind, names]) =>
    list(names).map((name) => ({ ...statement, Principal: { [kind]: name } })),
  );
}

/** Names of the same length, none part of another, and none that a pattern of the universe tells apart. */
function renamed<T>(value: T): T {
  const text = JSON.stringify(value)
    .replaceAll('444455556666', '999900001111')
    .replaceAll(/\bApp\b/g, 'Web')
    .replaceAll(/\bs1\b/g, 'z9')
    .replaceAll('us-west-2', 'eu-west-1')
    .replaceAll('team/', 'crew/');
  return JSON.parse(text) as T;
}

export const forms: readonly Law[] = [
  {
    name: 'P5',
    says: 'the order of statements, policies, values and JSON keys does not matter, nor saying it twice',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        applies();
        same(world, turned(world), asks, reasonOf);
        same(world, twice(world), asks, reasonOf);
      }),
  },
  {
    name: 'P6',
    says: 'a string is a list of one, a statement a list of one, and the case of actions is irrelevant',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        const shouted = asks.map((ask) => ({ ...ask, action: swapCase(ask.action) }));
        same(
          world,
          mapDocuments(world, (document) => document.map(listed)),
          asks,
          deciderOf,
        );
        same(
          world,
          mapDocuments(world, (document) => document.map(otherCase)),
          asks,
          deciderOf,
        );
        same(world, world, asks, deciderOf, shouted);
        // As JSON a document may be the statement itself.
        const alone = (document: Document): Document =>
          document.length === 1 ? (document[0] as unknown as Document) : document;
        if (Object.values(world).some((part) => Array.isArray(part) && part.length === 1)) applies();
        same(world, mapDocuments(world, alone), asks, deciderOf);
      }),
  },
  {
    name: 'P8',
    says: 'one statement over many actions or principals is many statements',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        for (const element of ['Action', 'Principal'] as const) {
          const after = mapDocuments(world, (document) => document.flatMap((one) => split(one, element)));
          if (JSON.stringify(after) !== JSON.stringify(world)) applies();
          same(world, after, asks, reasonOf);
        }
      }),
  },
  {
    name: 'P13',
    says: 'accounts, principals and keys by other names are decided alike',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        const [after, others] = [renamed(world), renamed(asks)];
        if (JSON.stringify(after) !== JSON.stringify(world)) applies();
        same(world, after, asks, deciderOf, others);
      }),
  },
  {
    name: 'P14',
    says: 'the trace alone gives the decision again, and every Allow names what allowed it',
    property: (applies) =>
      fc.property(drawn, ({ asks, world }) => {
        for (const decision of decisions(world, asks)) {
          const { considered, decidedBy, outcome, request } = decision;
          demand(recomputed(decision) === outcome, () => `${outcome} is not what the trace says`);
          if (!allows(decision)) continue;
          applies();
          const named = considered.some(
            ({ effect, matched, policy, policyType, statement }) =>
              matched &&
              effect === 'Allow' &&
              policyType === decidedBy?.policyType &&
              policy === decidedBy.policy &&
              statement === decidedBy.statement,
          );
          demand(named || (decidedBy === undefined && request.principal.kind === 'root'), () => 'an Allow by nobody');
        }
      }),
  },
];
