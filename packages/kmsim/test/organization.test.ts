// Organizations as people describe them.

import { describe, expect, test } from 'vitest';
import { createKmsim, type OrganizationOptions } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const account = '000000000000';
const other = '111122223333';
const statement = (Effect: 'Allow' | 'Deny', Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect, Action, Resource: '*', ...more },
});
const noKeys = statement('Deny', 'kms:CreateKey');
const denied = { name: 'AccessDeniedException' };

describe('service control policies', () => {
  test('stand beside FullAWSAccess', async () => {
    const sim = createKmsim({ organization: { id: 'o-1', accounts: [account], scps: { noKeys } } });
    await expect(sim.as().createKey()).rejects.toThrow('with an explicit deny in a service control policy');
    await expect(sim.as().listKeys()).resolves.toHaveProperty('Keys');
  });

  test('unless it is taken away: then nothing is allowed that no policy of the level allows', async () => {
    const sim = createKmsim();
    sim.organization.put({
      id: 'o-1',
      accounts: [account],
      fullAWSAccess: false,
      scps: { read: statement('Allow', 'kms:List*') },
    });
    await expect(sim.as().createKey()).rejects.toThrow(
      'because no service control policy allows the kms:CreateKey action',
    );
    await expect(sim.as().listKeys()).resolves.toHaveProperty('Keys');
  });

  test.each<[string, Partial<OrganizationOptions>]>([
    ['of the root', { accounts: [account], scps: { noKeys } }],
    ['of a unit', { units: { 'ou-1': { accounts: [account], scps: { noKeys } } } }],
    ['of a unit above', { units: { 'ou-1': { scps: { noKeys }, units: { 'ou-2': { accounts: [account] } } } } }],
    ['of the account', { accounts: { [account]: { scps: { noKeys } } } }],
  ])('%s reach the account, and no other', async (_level, options) => {
    const sim = createKmsim({ organization: { id: 'o-1', ...options } });
    await expect(sim.as().createKey()).rejects.toMatchObject(denied);
    await expect(sim.as(`arn:aws:iam::${other}:root`).createKey()).resolves.toHaveProperty('KeyMetadata');
  });

  test('do not limit the management account, which need not be listed', async () => {
    const organization = { id: 'o-1', managementAccount: account, scps: { noKeys } };
    await expect(createKmsim({ organization }).as().createKey()).resolves.toHaveProperty('KeyMetadata');
    const listed = createKmsim({ organization: { ...organization, accounts: [account] } });
    await expect(listed.as().createKey()).resolves.toHaveProperty('KeyMetadata');
    expect(listed.kms.organizations.recordOf(account)?.path).toBe('o-1/r-root/');
  });
});

test('resource control policies keep strangers away from the keys of the accounts', async () => {
  const StringNotEquals = { 'aws:PrincipalOrgID': 'o-1' };
  const rcps = { ours: statement('Deny', 'kms:*', { Principal: '*', Condition: { StringNotEquals } }) };
  const sim = createKmsim({ organization: { id: 'o-1', accounts: [account], rcps } });
  const open = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' };
  const { KeyMetadata } = await sim
    .as()
    .createKey({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: open }) });
  const KeyId = KeyMetadata?.Arn ?? '';
  const root = sim.as(`arn:aws:iam::${other}:root`);
  await expect(root.describeKey({ KeyId })).rejects.toMatchObject(denied);
  sim.organization.put({ id: 'o-1', root: 'r-ab12', accounts: [account, other], rcps });
  await expect(root.describeKey({ KeyId })).resolves.toHaveProperty('KeyMetadata');
  expect(sim.kms.organizations.recordOf(other)?.path).toBe('o-1/r-ab12/');
});

test('an organization comes back with a snapshot', async () => {
  const sim = createKmsim({ seed: 1, organization: { id: 'o-1', accounts: [account], scps: { noKeys } } });
  const again = createKmsim({ snapshot: JSON.parse(JSON.stringify(sim.snapshot())) });
  await expect(again.as().createKey()).rejects.toMatchObject(denied);
});

const wrong: readonly (readonly [unknown, string, RegExp])[] = [
  [{}, 'InvalidOrganization', /An organization has an id\. Write it as/],
  [{ id: 'o/1' }, 'InvalidOption', /id is an id of letters, digits and -, not "o\/1"/],
  [{ id: 'o-1', account: [] }, 'InvalidOption', /An organization has no option "account"/],
  [{ id: 'o-1', accounts: 'all' }, 'InvalidOption', /accounts is a list of account ids, or an object by them/],
  [{ id: 'o-1', accounts: ['1'] }, 'InvalidOrganization', /"1" is no account id of 12 digits/],
  [{ id: 'o-1', accounts: [5] }, 'InvalidOrganization', /5 is no account id/],
  [{ id: 'o-1', accounts: { x: {} } }, 'InvalidOrganization', /"x" is no account id/],
  [{ id: 'o-1', accounts: { [account]: { scp: {} } } }, 'InvalidOption', /Account 000000000000 has no option "scp"/],
  [
    { id: 'o-1', accounts: [account, account] },
    'InvalidOrganization',
    /o-1: Account 000000000000 stands in two places/,
  ],
  [{ id: 'o-1', units: { 'a/b': {} } }, 'InvalidOrganization', /"a\/b" is no id of a unit/],
  [{ id: 'o-1', units: { 'ou-1': { id: 'x' } } }, 'InvalidOption', /Unit ou-1 has no option "id"/],
  [{ id: 'o-1', scps: [] }, 'InvalidPolicy', /r-root: scps are an object of named policies/],
  [{ id: 'o-1', scps: { x: '{' } }, 'InvalidPolicy', /Organization o-1: unit r-root: service control policy x: Policy/],
  [{ id: 'o-1', rcps: { x: noKeys } }, 'InvalidPolicy', /resource control policy x: .*no principal/],
  [{ id: 'o-1', managementAccount: '1' }, 'InvalidOption', /managementAccount is an account id/],
];

test.each(wrong)('%j is refused and changes nothing', (organization, code, message) => {
  const sim = createKmsim({ seed: 1 });
  const before = JSON.stringify(sim.snapshot());
  const error = kmsimErrorOf(() => sim.organization.put(organization as OrganizationOptions));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
  expect(JSON.stringify(sim.snapshot())).toBe(before);
});

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html: five levels below the root
test('units lie in units five deep, and no deeper', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { units: { [`ou-${depth}`]: nested(depth - 1) } });
  const sim = createKmsim({ seed: 1 });
  sim.organization.put({ id: 'o-1', ...nested(5) });
  const around: { units?: object } = {};
  around.units = { 'ou-1': around };
  for (const deep of [nested(6), around]) {
    const error = kmsimErrorOf(() => sim.organization.put({ id: 'o-1', ...deep }));
    expect(error).toMatchObject({ code: 'InvalidOrganization', problem: expect.stringContaining('five levels') });
  }
});
