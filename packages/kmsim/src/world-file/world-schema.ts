// The format of a world file. docs/world-files.md

import { keySpecs } from '@kmsim/hsm-core';
import { enums } from '@kmsim/kms';
import type { EndpointOptions } from '../endpoints.ts';
import type { AccessKey, IdentityOptions } from '../options.ts';
import type { ControlOptions, OrganizationOptions, UnitOptions } from '../organization.ts';
import type { QuotaOptions } from '../sim-quotas.ts';
import type {
  AccountContent,
  GrantContent,
  KeyContent,
  MaterialContent,
  ReplicaContent,
  WorldContent,
} from './content.ts';
import {
  about,
  choice,
  either,
  flag,
  list,
  map,
  number,
  object,
  oneMember,
  type RecordNode,
  record,
  text,
  type WorldNode,
} from './node.ts';

const anAccount = text('an account id of 12 digits', /^\d{12}$/);
const aRegion = text("the name of a Region ('us-east-1')", /^[a-z]{2,}(-[a-z]+)+-\d+$/);
const words = text('text');
const aPolicy = either('a policy: { Version, Statement }, or its JSON as text', words, object('a policy'));
const policies = map('policies by name', aPolicy);
const tags = map('an object of strings', words);
const anArn = text('an ARN', /^arn:/);

const identity = record<IdentityOptions>(
  'a user or a role',
  {
    arn: about(anArn, 'arn:aws:iam::000000000000:role/App'),
    policies: about(policies, 'Identity policies by name.'),
    boundary: about(aPolicy, 'The permissions boundary.'),
    tags: about(tags, 'aws:PrincipalTag/...'),
    trust: about(aPolicy, 'Of a role: who may assume it.'),
  },
  ['arn'],
);

const accessKey = record<AccessKey>(
  'an access key',
  {
    accessKeyId: text('1 to 128 letters and digits', /^\w{1,128}$/),
    secretAccessKey: text('text that is not empty', /./),
    as: about(anArn, 'Whom it belongs to; the administrator when absent.'),
  },
  ['accessKeyId', 'secretAccessKey'],
);

const controls: { readonly [Name in keyof ControlOptions]-?: WorldNode } = {
  scps: about(policies, 'Service control policies by name.'),
  fullAWSAccess: about(flag, 'FullAWSAccess stays beside them unless this is false.'),
  rcps: about(policies, 'Resource control policies by name.'),
};
const control = record<ControlOptions>('an object with scps, fullAWSAccess, rcps', controls);
const accounts = either(
  'a list of account ids, or an object by them',
  list('account ids', anAccount),
  map('an object by account id', control, anAccount),
);
const units: WorldNode = {
  kind: 'named',
  name: 'units',
  says: 'organizational units by id',
  node: () => map('organizational units by id', record<UnitOptions>('a unit', { ...controls, accounts, units })),
};
const organization = record<OrganizationOptions>(
  'an organization with its id',
  {
    id: about(words, 'o-exampleorgid'),
    root: about(words, 'Id of the root; r-root when absent.'),
    managementAccount: anAccount,
    ...controls,
    accounts,
    units,
  },
  ['id'],
);

const endpoint = record<EndpointOptions>(
  'a VPC endpoint',
  { id: words, vpc: words, account: anAccount, policy: aPolicy },
  ['id', 'vpc'],
);

const material = oneMember<MaterialContent>(
  'material in one form: { pem }, { hex }, { base64 }, { seed } or { file }',
  {
    pem: about(text('PEM of a private key', /-----BEGIN/), 'Of a key pair: its private key.'),
    hex: about(
      text('hexadecimal digits, two for a byte', /^(?:[\dA-Fa-f]{2})+$/),
      'The bytes of the key; of a key pair: DER.',
    ),
    base64: about(text('base64', /^[\d+/A-Za-z\s]+=*\s*$/), 'The same in base64.'),
    seed: about(text('64 hexadecimal digits', /^[\dA-Fa-f]{64}$/), 'Of a key pair: the 32 bytes it grows from.'),
    file: about(words, 'A file in the folder of this one, or below: PEM, or the bytes.'),
  },
);

const grant = record<GrantContent>(
  'a grant',
  {
    name: words,
    grantee: about(words, 'ARN of a principal, or a service.'),
    retiring: about(words, 'Who may retire it.'),
    operations: list('operations of grants', choice(...enums.GrantOperation)),
    encryptionContextEquals: tags,
    encryptionContextSubset: tags,
    sourceArn: about(anArn, 'For a grant to a service: the resource it works for.'),
  },
  ['grantee', 'operations'],
);

const own = {
  description: words,
  aliases: list("aliases ('alias/app')", text("the name of an alias ('alias/app')", /^alias\//)),
  tags,
  policy: about(aPolicy, 'The key policy; the default one when absent.'),
  grants: list('grants', grant),
  enabled: flag,
};

const replica = record<ReplicaContent>('a replica', { region: aRegion, ...own }, ['region']);

const key = record<KeyContent>('a key', {
  id: about(
    text(
      "a UUID in lower case, or 'mrk-' and 32 hexadecimal digits",
      /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|mrk-[\da-f]{32})$/,
    ),
    'From the seed when absent.',
  ),
  account: anAccount,
  region: aRegion,
  spec: about(choice(...Object.keys(keySpecs)), 'SYMMETRIC_DEFAULT when absent.'),
  usage: about(
    choice('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'),
    'The only one of the spec when absent.',
  ),
  origin: choice('AWS_KMS', 'EXTERNAL'),
  multiRegion: flag,
  replicas: list('Regions, or replicas with their region', either('a Region, or a replica', aRegion, replica)),
  material: about(
    either('material, or a list of it', material, list('material', material)),
    'Several: the last is in use. From the seed when absent.',
  ),
  rotationDays: number('a number of days from 90 to 2560', { least: 90, most: 2560, whole: true }),
  deletionDays: number('a number of days from 7 to 30', { least: 7, most: 30, whole: true }),
  ...own,
});

const duration = either(
  "a duration ('5 minutes')",
  text("a duration ('5 minutes')"),
  number('milliseconds', { least: 0 }),
);
const quotaMode = choice('enforce', 'meter', 'off');
const quotas = record<QuotaOptions>('quotas', { mode: quotaMode, set: map('quotas by name', number('a number')) });

export const worldSchema: RecordNode = record<WorldContent>('a world', {
  version: about(number('1', { least: 1, most: 1 }), 'Of the format.'),
  seed: about(either('text or a number', words, number('a number')), 'Same seed, same bytes. Random when absent.'),
  start: about(either('an instant', words, number('milliseconds')), 'First instant of a seeded world.'),
  clock: choice('still', 'running'),
  account: about(anAccount, 'Of the administrator, and of keys that name none. 000000000000 when absent.'),
  region: about(aRegion, 'Of keys that name none. us-east-1 when absent.'),
  consistency: choice('immediate', 'eventual'),
  grantDelay: duration,
  quotas: either('a mode, or an object with mode and set', quotaMode, quotas),
  faults: about(object('a fault plan'), 'docs/faults.md'),
  identities: list('users and roles', identity),
  accessKeys: list('access keys', accessKey),
  organization,
  endpoints: list('VPC endpoints', endpoint),
  disabledRegions: list('opt-in Regions', aRegion),
  accounts: map(
    'what is to be said of accounts, by id',
    record<AccountContent>('an object with disabledRegions', { disabledRegions: list('opt-in Regions', aRegion) }),
    anAccount,
  ),
  keys: list('keys', key),
});
