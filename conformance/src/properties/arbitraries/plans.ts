// A command for each operation the model knows, as likely as makes runs worth reading.

import * as fc from 'fast-check';
import type { Json } from '../../transcript.ts';
import type { Input, KnownKey, Memory } from '../memory.ts';
import { nth } from '../memory.ts';
import type { Home, Plan, Wanted } from '../plan.ts';
import { often, oftenOneOf } from './often.ts';
import * as values from './values.ts';

/** A key, and one of the ways to name it. */
export interface Named {
  readonly key: number;
  readonly form: 'id' | 'arn' | 'alias' | 'aliasArn' | 'strange';
  readonly strange: Json;
}

function named(...forms: readonly (readonly [weight: number, form: Named['form']])[]): fc.Arbitrary<Named> {
  return fc.record({ key: fc.nat(30), form: oftenOneOf(...forms), strange: values.strangeKeyId });
}

/** For operations that take key ids and key ARNs, and for those that take aliases too. */
const keyName: fc.Arbitrary<Named> = named(
  ...([
    [10, 'id'],
    [4, 'arn'],
    [0.3, 'alias'],
    [0.3, 'aliasArn'],
    [0.5, 'strange'],
  ] as const),
);
export const anyName: fc.Arbitrary<Named> = named(
  ...([
    [8, 'id'],
    [3, 'arn'],
    [2, 'alias'],
    [2, 'aliasArn'],
    [0.5, 'strange'],
  ] as const),
);

const who = often([8, fc.constant(0)], [2, fc.integer({ min: 1, max: 12 })]);
const where = often([14, fc.constant(0)], [1, fc.integer({ min: 1, max: 3 })]);

/** Members that are there or not. */
type Members = Readonly<Record<string, fc.Arbitrary<Json>>>;

export function some(members: Members): fc.Arbitrary<Input> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Input>;
}

/** The commands of one operation. */
export interface Offer {
  readonly operation: string;
  readonly arbitrary: fc.Arbitrary<Plan>;
}

/** How often it is drawn, beside the others. */
export type Weighted = readonly [weight: number, offer: Offer];

/** A command from its parts; the parts are values, so that it shrinks. */
export function plan<T>(
  operation: string,
  parts: fc.Arbitrary<T>,
  want: (parts: T, memory: Memory) => Wanted | undefined,
): Offer {
  const arbitrary = fc.record({ parts, who, where }).map((made) => ({
    operation,
    who: made.who,
    where: made.where,
    want: (memory: Memory) => want(made.parts, memory),
  }));
  return { operation, arbitrary };
}

/** The key as this name has it; `home` when the name says nothing of a place. */
export function nameOf(
  { form, key: n, strange }: Named,
  memory: Memory,
): { readonly text: Json; readonly key: KnownKey } | undefined {
  const key = nth(memory.keys, n);
  if (key === undefined) return undefined;
  if (form === 'strange') return { text: strange, key };
  const alias = memory.aliases.findLast((one) => one.key === key);
  if (form === 'alias' && alias !== undefined) return { text: alias.name, key };
  if (form === 'aliasArn' && alias !== undefined) {
    return { text: `arn:aws:kms:${key.region}:${key.account}:${alias.text}`, key };
  }
  return { text: { $ref: `${key.ref}.${form === 'arn' ? 'Arn' : 'KeyId'}` }, key };
}

/** A command on a key, named in `member`. */
export function onKey(
  operation: string,
  name: fc.Arbitrary<Named>,
  more: fc.Arbitrary<Input>,
  member = 'KeyId',
): Offer {
  return plan(operation, fc.record({ name, more }), (parts, memory) => {
    const found = nameOf(parts.name, memory);
    return found && { input: { [member]: found.text, ...parts.more }, home: found.key };
  });
}

const nothing = fc.constant<Input>({});
const limit = often<Input>(
  ...([
    [6, fc.integer({ min: 1, max: 3 }).map((Limit) => ({ Limit }))],
    [3, nothing],
  ] as const),
  [1, fc.constantFrom({ Limit: 0 }, { Limit: 50 }, { Limit: 51 }, { Limit: 100 }, { Limit: 101 }, { Limit: 1001 })],
);
const noMarker = often<Input>(
  [30, nothing],
  [1, fc.constantFrom({ Marker: 'x' }, { Marker: '' }, { Marker: '\u20ac' })],
);

/** A list: from its beginning, or on from a marker that was given. */
function listing(operation: string, name: fc.Arbitrary<Named | undefined>, more: Members = {}): Offer {
  const start = fc.record({ name, more: some(more), limit, noMarker, home: fc.nat(30) });
  const goOn = fc.record({ mine: fc.boolean(), n: fc.nat(50), spoil: fc.constantFrom('', '', '', '', 'x', ' ') });
  const first = plan(operation, start, (parts, memory) => {
    const found = parts.name && nameOf(parts.name, memory);
    if (parts.name !== undefined && found === undefined) return undefined;
    const home = found?.key ?? nth(memory.keys, parts.home);
    const input = { ...(found && { KeyId: found.text }), ...parts.more, ...parts.limit, ...parts.noMarker };
    return { input, home };
  });
  const next = plan(operation, fc.record({ goOn, limit }), (parts, memory) => {
    const { mine, n, spoil } = parts.goOn;
    const marker = nth(mine ? memory.markers.filter((one) => one.operation === operation) : memory.markers, n);
    if (marker === undefined) return undefined;
    const about = marker.about === undefined ? {} : { KeyId: marker.about };
    const text: Json = spoil === '' ? { $ref: marker.ref } : { $template: `\${${marker.ref}}${spoil}` };
    return { input: { ...about, ...parts.limit, Marker: text }, home: marker };
  });
  return {
    operation,
    arbitrary: often([3, first.arbitrary], [2, next.arbitrary]),
  };
}

/** Home of what has no key: anywhere a key is, at first the target's own account. */
function anyHome(memory: Memory, n: number): Home | undefined {
  return n % 3 === 0 ? undefined : nth(memory.keys, n);
}

export function managementPlans(policy: fc.Arbitrary<Json>): readonly Weighted[] {
  const lifecycle = ['EnableKey', 'DisableKey', 'CancelKeyDeletion'];
  const plain = ['DisableKeyRotation', 'GetKeyLastUsage', 'RotateKeyOnDemand', 'GetKeyRotationStatus'];
  const spec = fc.constantFrom<Json>('SYMMETRIC_DEFAULT', 'HMAC_256', 'ECC_NIST_P256', 'AES_256');
  const usage = fc.constantFrom<Json>('ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'SIGN_VERIFY', 'KEY_AGREEMENT');
  const usually = some({
    Description: values.description,
    Tags: values.tags,
    MultiRegion: fc.boolean(),
    Policy: policy,
  });
  const others = some({ KeySpec: spec, KeyUsage: usage, Origin: fc.constantFrom<Json>('AWS_KMS', 'EXTERNAL', 'MARS') });
  const apt = fc.constantFrom<Input>(
    ...[{ Origin: 'EXTERNAL' }, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  );
  const create = (more: fc.Arbitrary<Input>): Offer =>
    plan('CreateKey', fc.record({ more, n: fc.nat(30) }), ({ more: input, n }, memory) => ({
      input,
      home: anyHome(memory, n),
    }));
  const aliasOnly = plan(
    'DeleteAlias',
    fc.record({ name: values.aliasName, n: fc.nat(30), known: fc.nat(4) }),
    (parts, memory) => {
      const alias = parts.known > 0 ? nth(memory.aliases, parts.n) : undefined;
      return { input: { AliasName: alias?.name ?? parts.name }, home: alias?.key ?? nth(memory.keys, parts.n) };
    },
  );
  const aliasOn = (operation: string, known: number): Offer =>
    plan(
      operation,
      fc.record({ key: keyName, name: values.aliasName, n: fc.nat(30), known: fc.nat(9) }),
      (parts, memory) => {
        const found = nameOf(parts.key, memory);
        const alias =
          parts.known < known
            ? nth(
                memory.aliases.filter(
                  ({ key }) => key.account === found?.key.account && key.region === found.key.region,
                ),
                parts.n,
              )
            : undefined;
        return found && { input: { AliasName: alias?.name ?? parts.name, TargetKeyId: found.text }, home: found.key };
      },
    );
  const bypass = { BypassPolicyLockoutSafetyCheck: fc.boolean() };
  const policyName = { PolicyName: fc.constantFrom<Json>('default', 'default', 'default', 'other', 'not a word') };
  return [
    [3, create(nothing)],
    [2, create(usually)],
    [2, create(apt)],
    [0.5, create(others)],
    ...lifecycle.map((operation) => [2, onKey(operation, keyName, nothing)] as Weighted),
    ...plain.map((operation) => [1.5, onKey(operation, keyName, nothing)] as Weighted),
    [
      2,
      onKey(
        'ScheduleKeyDeletion',
        keyName,
        some({ PendingWindowInDays: fc.oneof(values.around(7, 30), values.around(1, 365)) }),
      ),
    ],
    [2, onKey('EnableKeyRotation', keyName, some({ RotationPeriodInDays: values.around(90, 400) }))],
    [3, onKey('DescribeKey', anyName, nothing)],
    [1, onKey('UpdateKeyDescription', keyName, fc.record({ Description: values.description }))],
    [2, aliasOn('CreateAlias', 1)],
    [1.5, aliasOn('UpdateAlias', 8)],
    [2, aliasOnly],
    [1.5, onKey('TagResource', keyName, fc.record({ Tags: values.tags }))],
    [1, onKey('UntagResource', keyName, fc.record({ TagKeys: values.tagKeys }))],
    [1.5, onKey('GetKeyPolicy', keyName, some(policyName))],
    [
      2,
      onKey(
        'PutKeyPolicy',
        keyName,
        fc.record({ Policy: policy, ...bypass, ...policyName }, { requiredKeys: ['Policy'] }),
      ),
    ],
    [1.5, listing('ListKeys', fc.constant(undefined))],
    [1.5, listing('ListAliases', fc.option(keyName, { nil: undefined }))],
    [1, listing('ListKeyPolicies', keyName)],
    [1.5, listing('ListResourceTags', keyName)],
    [
      1.5,
      listing('ListKeyRotations', keyName, {
        IncludeKeyMaterial: fc.constantFrom<Json>('ALL_KEY_MATERIAL', 'ROTATIONS_ONLY'),
      }),
    ],
    [0.5, plan('GenerateRandom', some({ NumberOfBytes: values.around(1, 1024) }), (input) => ({ input }))],
  ];
}
