// Worlds and requests of a universe so small that about half of what is written is about what is asked.

import type { Ask, Document, World, Written, WrittenGrant } from './world.ts';

/** Mulberry32: one number gives the same worlds everywhere. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  some<T>(list: readonly T[], least: number, most: number): readonly T[] {
    const count = least + Math.floor(this.next() * (most - least + 1));
    return Array.from({ length: count }, () => this.pick(list));
  }

  /** A value, or a list of some. */
  value(list: readonly string[]): string | readonly string[] {
    return this.chance(0.6) ? this.pick(list) : this.some(list, 1, 3);
  }
}

const OWNER = '111122223333';
const OTHER = '444455556666';
const KEY = `arn:aws:kms:us-west-2:${OWNER}:key/1`;
const KEY_2 = `arn:aws:kms:us-west-2:${OWNER}:key/2`;
const ALIAS = `arn:aws:kms:us-west-2:${OWNER}:alias/Alice`;
const CALLERS = [
  ...[OWNER, OWNER, OTHER].flatMap((account) => [
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:user/Alice`,
    `arn:aws:iam::${account}:user/team/Bob`,
    `arn:aws:iam::${account}:role/App`,
    `arn:aws:sts::${account}:assumed-role/App/s1`,
    `arn:aws:sts::${account}:assumed-role/App/s2`,
  ]),
  `arn:aws:iam::${OWNER}:role/aws-service-role/x.amazonaws.com/Linked`,
  `arn:aws:iam::${OWNER}:role/x:role/aws-service-role/Unlinked`,
  `arn:aws:iam::${OWNER}:user/x:role/aws-service-role/Carol`,
  's3.amazonaws.com',
];
const PRINCIPALS: readonly unknown[] = [
  '*',
  '*',
  { AWS: [OWNER, OTHER] },
  { AWS: '*' },
  { AWS: OWNER },
  { AWS: `arn:aws:iam::${OWNER}:root` },
  { AWS: [OWNER, OTHER] },
  { AWS: `arn:aws:iam::${OWNER}:user/Alice` },
  { AWS: [`arn:aws:iam::${OWNER}:user/team/Bob`, `arn:aws:iam::${OTHER}:user/Alice`] },
  { AWS: [`arn:aws:iam::${OWNER}:role/App`, OTHER] },
  { AWS: [`arn:aws:sts::${OWNER}:assumed-role/App/s1`, `arn:aws:iam::${OWNER}:user/Alice`] },
  { Service: 's3.amazonaws.com' },
  { Service: ['s3.amazonaws.com', 'ec2.amazonaws.com'], AWS: OWNER },
];
const ACTIONS = [
  'kms:*',
  'kms:*',
  'kms:*',
  '*',
  'kms:Decrypt',
  'kms:*crypt',
  'KMS:DECRYPT',
  'kms:?reateGrant',
  'kms:CreateGrant',
  's3:*',
];
const ASKED = [
  'kms:Decrypt',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:CreateGrant',
  'kms:DescribeKey',
  'KMS:decrypt',
  'kms:ListKeys',
];
const RESOURCES = [
  '*',
  '*',
  '*',
  KEY,
  KEY_2,
  `arn:aws:kms:*:${OWNER}:key/*`,
  'arn:aws:kms:*:*:*/${aws:username}',
  '${aws:nobody}',
  "*${aws:userid, '1'}",
  '${*}',
];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'kms:CallerAccount': [OWNER, OTHER, '1111*', '${aws:PrincipalAccount}'],
  'kms:ViaService': ['s3.us-west-2.amazonaws.com', 's3.*', '*'],
  'kms:KeySpec': ['SYMMETRIC_DEFAULT', 'RSA_*', 'symmetric_default'],
  'KMS:multiRegion': ['true', 'false', 'True', '1'],
  'kms:RotationPeriodInDays': ['90', '90.0', '9e1', '365', ' 90', 'x', '-1'],
  'kms:ValidTo': ['1546257600', '2019-01-01T00:00:00Z', '2024-01-01', '2024', 'x'],
  'kms:EncryptionContext:Stage': [
    'Test',
    'test',
    'T*',
    '${aws:username}',
    '${aws:PrincipalTag/stage}',
    "${aws:userid,'Test'}",
    '${$}',
    'te${?}t',
    '${kms:nothing}',
  ],
  'kms:EncryptionContext:STAGE': ['Test', 'Prod'],
  'kms:EncryptionContextKeys': ['Stage', 'stage', 'Team', 'T*'],
  'kms:GrantOperations': ['Decrypt', 'Encrypt', '*'],
  'kms:ResourceAliases': ['alias/a', 'alias/*'],
  'aws:ResourceTag/Project': ['Alpha', 'Beta', '${aws:PrincipalTag/project}', '${kms:EncryptionContext:stage}'],
  'aws:PrincipalArn': [
    `arn:aws:iam::${OWNER}:role/App`,
    `arn:aws:iam::*:role/*`,
    `arn:aws:iam::${OWNER}:user/*`,
    'arn:*',
    '*',
  ],
  'aws:SourceArn': ['arn:aws:s3:::bucket', 'arn:aws:s3:::*', 'arn:*:s3:*:*:bucket'],
  'aws:SourceIp': ['10.0.0.0/8', '10.1.2.3', '10.1.2.3/33', '0.0.0.0/0', '11.0.0.0/7', 'x'],
  'aws:CurrentTime': ['2024-06-01T00:00:00Z', '2024-01-01', '1717200000', 'x'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:CalledVia': ['athena.amazonaws.com', 's3.amazonaws.com'],
  'aws:username': ['Alice', 'Bob', 'A*'],
  'kms:Nothing': ['x'],
};
const KEYS = Object.keys(VALUES);
const OPERATORS = [
  ...['StringEquals', 'StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'StringNotEquals', 'StringNotLike'],
  ...['NumericEquals', 'NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEquals', 'DateLessThan', 'DateEquals'],
  ...[
    'DateGreaterThanEquals',
    'DateNotEquals',
    'Bool',
    'BinaryEquals',
    'IpAddress',
    'NotIpAddress',
    'ArnLike',
    'ArnNotEquals',
  ],
];
const NATURAL: Readonly<Record<string, readonly string[]>> = {
  'kms:RotationPeriodInDays': OPERATORS.filter((name) => name.startsWith('Numeric')),
  'kms:ValidTo': OPERATORS.filter((name) => /^(Numeric|Date)/.test(name)),
  'aws:CurrentTime': OPERATORS.filter((name) => name.startsWith('Date')),
  'aws:SourceIp': ['IpAddress', 'NotIpAddress'],
  'aws:PrincipalArn': ['ArnLike', 'ArnNotEquals', 'StringLike'],
  'aws:SourceArn': ['ArnLike', 'ArnNotEquals', 'StringEquals'],
  'KMS:multiRegion': ['Bool'],
  'aws:PrincipalIsAWSService': ['Bool'],
};

function operatorFor(key: string, dice: Dice): string {
  const base = dice.chance(0.85) ? dice.pick(NATURAL[key] ?? OPERATORS.slice(0, 6)) : dice.pick(OPERATORS);
  // KMS refuses ForAllValues on an encryption context.
  const sets = key.startsWith('kms:EncryptionContext:') ? ['ForAnyValue:'] : ['ForAllValues:', 'ForAnyValue:'];
  const set = /Keys|Operations|Aliases|CalledVia/.test(key) ? dice.chance(0.8) : dice.chance(0.08);
  return `${set ? dice.pick(sets) : ''}${base}${dice.chance(0.25) ? 'IfExists' : ''}`;
}

function condition(dice: Dice): Written {
  const block: Record<string, Record<string, unknown>> = {};
  for (let count = dice.chance(0.8) ? 1 : 2; count > 0; count--) {
    const key = dice.pick(KEYS);
    const isNull = dice.chance(0.08);
    const operator = isNull ? 'Null' : dice.chance(0.02) ? 'StringMatches' : operatorFor(key, dice);
    block[operator] = {
      ...block[operator],
      [key]: isNull ? dice.value(['true', 'false']) : dice.value(VALUES[key] ?? []),
    };
  }
  return { Condition: block };
}

function statement(dice: Dice, withPrincipal: boolean, allow: number): Written {
  const who = dice.chance(0.12) ? 'NotPrincipal' : 'Principal';
  return {
    Effect: dice.chance(allow) ? 'Allow' : 'Deny',
    ...(withPrincipal && { [who]: dice.pick(PRINCIPALS) }),
    [dice.chance(0.1) ? 'NotAction' : 'Action']: dice.value(ACTIONS),
    [dice.chance(0.1) ? 'NotResource' : 'Resource']: dice.value(RESOURCES),
    ...(dice.chance(0.4) && condition(dice)),
  };
}

function document(dice: Dice, withPrincipal: boolean, allow = 0.86): Document {
  const statements = Array.from({ length: 1 + Math.floor(dice.next() * 3) }, () =>
    statement(dice, withPrincipal, allow),
  );
  const everything = { Effect: 'Allow', ...(withPrincipal && { Principal: '*' }), Action: '*', Resource: '*' };
  return dice.chance(0.45) ? [...statements, everything] : statements;
}

const STAGES = ['Test', 'Test', 'Alice'];

function grant(dice: Dice, id: string): WrittenGrant {
  // Sometimes two names that differ only in case, or two that differ.
  const pairs = (): Record<string, string> =>
    Object.fromEntries(
      dice
        .pick([['Stage'], ['stage'], ['Stage', 'stage'], ['Stage', 'Team']])
        .map((name) => [name, name === 'Team' ? 'A' : dice.pick(STAGES)]),
    );
  return {
    id,
    grantee: dice.pick(CALLERS),
    operations: dice.some(['Decrypt', 'Encrypt', 'CreateGrant', 'DescribeKey'], 1, 3),
    equals: dice.chance(0.4) ? pairs() : undefined,
    subset: dice.chance(0.3) ? pairs() : undefined,
    sourceArn: dice.chance(0.15) ? 'arn:aws:s3:::bucket' : undefined,
    pending: dice.chance(0.3),
  };
}

export function drawWorld(dice: Dice): World {
  const maybe = <T>(chance: number, make: () => T): T | undefined => (dice.chance(chance) ? make() : undefined);
  const many = (chance: number, most: number, withPrincipal: boolean, allow?: number): readonly Document[] =>
    dice.chance(chance) ? dice.some([0], 1, most).map(() => document(dice, withPrincipal, allow)) : [];
  return {
    version: dice.chance(0.85) ? '2012-10-17' : '2008-10-17',
    keyPolicy: maybe(0.92, () => document(dice, true)),
    keyAccount: OWNER,
    awsManaged: dice.chance(0.1),
    identity: many(0.8, 2, false),
    boundary: maybe(0.15, () => document(dice, false)),
    session: many(0.15, 2, false),
    scps: maybe(0.12, () => [0, 1].map(() => many(0.97, 2, false, 0.95))),
    rcps: many(0.1, 1, true, 0.5),
    endpoint: maybe(0.1, () => document(dice, true, 0.95)),
    grants: dice.chance(0.3) ? [1, 2, 3, 4, 5].map((number) => grant(dice, `g${number}`)) : [],
  };
}

export function drawAsk(dice: Dice): Ask {
  const context: Record<string, string | readonly string[]> = {};
  const put = (key: string, values: readonly string[], chance = 0.65): void => {
    if (dice.chance(chance)) context[key] = dice.pick(values);
  };
  put('kms:ViaService', ['s3.us-west-2.amazonaws.com', 'ec2.us-west-2.amazonaws.com']);
  put('kms:KeySpec', ['SYMMETRIC_DEFAULT', 'RSA_2048']);
  put('kms:MultiRegion', ['true', 'false', 'TRUE']);
  put('kms:RotationPeriodInDays', ['90', '365', 'many']);
  put('kms:ValidTo', ['1546257600.0', '1704067200']);
  put('aws:SourceArn', ['arn:aws:s3:::bucket', 'arn:aws:s3:::other', 'bucket']);
  put('aws:SourceIp', ['10.1.2.3', '192.0.2.1', '10.1.2']);
  put('aws:CurrentTime', ['2024-06-01T00:00:00Z', '2023-01-01T00:00:00Z']);
  put('aws:PrincipalTag/Stage', ['Test', '*']);
  put('aws:principaltag/project', ['Alpha', 'Beta']);
  put('AWS:ResourceTag/Project', ['Alpha', 'Beta']);
  if (dice.chance(0.6)) {
    const names = dice.pick([['Stage'], ['stage'], ['Stage', 'Team'], ['Team', 'stage'], ['Stage', 'stage']]);
    for (const name of names)
      context[`kms:EncryptionContext:${name}`] =
        name === 'Team' ? 'A' : dice.pick(['Test', 'Alice', '$', 'te?t', 'te']);
    context['kms:EncryptionContextKeys'] = names;
  }
  if (dice.chance(0.5)) context['kms:GrantOperations'] = dice.some(['Decrypt', 'Encrypt'], 0, 2);
  if (dice.chance(0.5)) {
    const aliases = dice.chance(0.05) ? 51 : 2;
    context['kms:ResourceAliases'] = Array.from({ length: aliases }, (_, index) => `alias/${'ab'.charAt(index % 2)}`);
  }
  if (dice.chance(0.4)) context['aws:CalledVia'] = dice.some(['athena.amazonaws.com', 's3.amazonaws.com'], 1, 2);
  return {
    caller: dice.pick(CALLERS),
    action: dice.pick(ASKED),
    resource: dice.chance(0.85) ? KEY : dice.pick([KEY_2, ALIAS, '*']),
    crossAccount: dice.chance(0.8),
    context,
    tokens: dice.some(['g1', 'g2', 'g3', 'g4', 'g5'], 0, 2),
    child: dice.chance(0.5)
      ? {
          operations: dice.some(['Decrypt', 'Encrypt'], 1, 2),
          subset: dice.chance(0.6) ? { stage: 'Test' } : undefined,
        }
      : undefined,
  };
}
