// The module amazon.aws.kms_key converges: a playbook that was applied changes nothing when it is applied again, and an edit of it changes what was
// edited. The playbook is the one that docs/infrastructure-tools.md shows.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../../../packages/kmsim/test/build.ts';
import { type Played, play, whyNoAnsible } from './playbooks.ts';

const reason = whyNoAnsible();
const playbook = readFileSync(new URL('../../../examples/ansible-kms-key.yml', import.meta.url), 'utf8');

interface Step {
  readonly name: string;
  /** What somebody writes in place of what, on top of the edits before. */
  readonly edits?: Readonly<Record<string, string>>;
  readonly writes: readonly string[];
}

const users = "['arn:aws:iam::000000000000:role/App', 'arn:aws:iam::000000000000:role/Ops']";
const steps: readonly Step[] = [
  { name: 'the first time', writes: ['CreateKey', 'CreateAlias', 'EnableKeyRotation', 'CreateGrant'] },
  { name: 'again', writes: [] },
  {
    name: 'another description',
    edits: { 'description: Orders': 'description: Payments' },
    writes: ['UpdateKeyDescription'],
  },
  {
    name: 'a tag less, and another value',
    edits: { 'team: orders\n          stage: test': 'team: payments' },
    writes: ['UntagResource', 'TagResource'],
  },
  {
    name: 'the same policy in another order',
    edits: {
      [users]: "['arn:aws:iam::000000000000:role/Ops', 'arn:aws:iam::000000000000:role/App']",
      "Action: 'kms:*'": "Action: ['kms:*']",
    },
    writes: [],
  },
  { name: 'another policy', edits: { "'kms:Encrypt', 'kms:Decrypt'": "'kms:Decrypt'" }, writes: ['PutKeyPolicy'] },
  {
    name: 'no rotation',
    edits: { 'enable_key_rotation: true': 'enable_key_rotation: false' },
    writes: ['DisableKeyRotation'],
  },
  {
    name: 'another grant of the same name',
    edits: { '[Decrypt, GenerateDataKey]': '[Decrypt]' },
    writes: ['RetireGrant', 'CreateGrant'],
  },
  { name: 'disabled', edits: { '\n        enabled: true': '\n        enabled: false' }, writes: ['DisableKey'] },
  { name: 'absent', edits: { 'state: present': 'state: absent' }, writes: ['ScheduleKeyDeletion'] },
  { name: 'absent again', writes: [] },
  {
    name: 'present and enabled after all',
    edits: { 'state: absent': 'state: present', '\n        enabled: false': '\n        enabled: true' },
    writes: ['CancelKeyDeletion', 'EnableKey'],
  },
  { name: 'and again', writes: [] },
];

const info = `
- hosts: localhost
  connection: local
  gather_facts: false
  module_defaults: { group/aws: { endpoint_url: "{{ lookup('env', 'AWS_ENDPOINT_URL_KMS') }}" } }
  tasks: [{ name: info, amazon.aws.kms_key_info: { alias: orders } }]
`;

function edited(text: string, edits: Step['edits'] = {}): string {
  return Object.entries(edits).reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the playbook has no ${from}`);
    return before.replace(from, to);
  }, text);
}

const isRead = (call: string): boolean => /^(Describe|Get|List)/.test(call);

describe.skipIf(reason !== undefined)(
  `amazon.aws.kms_key${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let played: readonly Played[] = [];

    beforeAll(async () => {
      await built();
      const texts: string[] = [];
      for (const { edits } of steps) texts.push(edited(texts.at(-1) ?? playbook, edits));
      played = await play([...texts, info], 'alias/orders');
    }, buildTimeout + 300_000);

    test.each(steps.map((step, index) => ({ ...step, index })))('$name: $writes', ({ index, writes }) => {
      const { calls = [], result = {} } = played[index] ?? {};
      expect(calls.filter((call) => !isRead(call))).toEqual(writes);
      expect(result).toMatchObject({ changed: writes.length > 0 });
    });

    test('what a task reads is what the page says', () => {
      const details = [
        'ListAliases',
        'GetKeyRotationStatus',
        'ListGrants',
        'ListResourceTags',
        'ListKeyPolicies',
        'GetKeyPolicy',
      ];
      const checks = ['ListAliases', 'GetKeyPolicy', 'GetKeyRotationStatus'];
      expect(played[1]?.calls).toEqual([
        'DescribeKey',
        'DescribeKey',
        ...details,
        ...checks,
        'DescribeKey',
        ...details,
      ]);
    });

    test('kms_key_info finds what the playbook says', () => {
      const keys = played.at(-1)?.result['kms_keys'];
      expect(keys).toMatchObject([
        {
          aliases: ['orders'],
          description: 'Payments',
          key_state: 'Enabled',
          enable_key_rotation: false,
          tags: { team: 'payments' },
          grants: [{ name: 'worker', operations: ['Decrypt'] }],
          key_policies: [{ Statement: [{ Sid: 'Account' }, { Sid: 'Use' }] }],
        },
      ]);
    });
  },
);
