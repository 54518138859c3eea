// What `kmsim explain` asks: the words of its command line as the questions that @kmsim/authz answers.

import {
  type AuthorizationRequest,
  authorize,
  authorizeRetire,
  CONDITION_KEYS,
  type ContextValue,
  contextOf,
  type Decision,
  GrantIndex,
  isConditionKey,
  type NamedPolicy,
  type Principal,
  parsePolicy,
  parsePrincipal,
  withContextKeys,
} from '@kmsim/authz';
import { isOperationName, type OperationRow, operationRows, type Permission } from '@kmsim/kms';
import { nearest } from '../did-you-mean.ts';
import { controlsIn, grantsIn, levelIn, policyIn } from './explain-files.ts';
import type { InputFiles } from './input-files.ts';

/** What commander makes of the options. */
export interface ExplainFlags {
  readonly policy?: string;
  readonly identity?: readonly string[];
  readonly boundary?: string;
  readonly session?: readonly string[];
  readonly scp?: readonly string[];
  /** False with --no-full-aws-access. */
  readonly fullAwsAccess?: boolean;
  readonly rcp?: readonly string[];
  readonly endpointPolicy?: string;
  readonly grant?: readonly string[];
  readonly as?: string;
  readonly operation?: string;
  readonly key?: string;
  readonly alias?: string;
  readonly account?: string;
  readonly context?: readonly Pair[];
  readonly set?: readonly Pair[];
  readonly via?: string;
}

export type Pair = readonly [name: string, value: string];

/** One decision for each permission that the operation needs. */
export async function answer(flags: ExplainFlags, files: InputFiles, now: number): Promise<readonly Decision[]> {
  const principal = principalOf(flags.as);
  const { permissions, row } = permissionsOf(flags.operation);
  const key = keyOf(flags, principal);
  const {
    boundary,
    endpointPolicy,
    fullAwsAccess = true,
    grant = [],
    identity = [],
    policy,
    rcp = [],
    scp,
    session = [],
  } = flags;
  const grants = (await Promise.all(grant.map((path) => grantsIn(files, path, key.arn)))).flat();
  const one = (path: string | undefined, type: Parameters<typeof policyIn>[2]) =>
    path === undefined ? undefined : policyIn(files, path, type);
  const levels = (paths: readonly string[], type: Parameters<typeof policyIn>[2]) =>
    Promise.all(paths.map((path) => levelIn(files, path, type)));
  const controls = (path: string, index: number) => controlsIn(files, path, index + 1, fullAwsAccess);
  const keyPolicy = (await one(policy, 'key policy')) ?? defaultPolicy(key);
  const around = {
    principal,
    crossAccount: row.crossAccount,
    identityPolicies: (await levels(identity, 'identity policy')).flat(),
    boundary: await one(boundary, 'permissions boundary'),
    sessionPolicies: (await levels(session, 'session policy')).flat(),
    serviceControlPolicies: scp && (await Promise.all(scp.map(controls))),
    resourceControlPolicies: (await levels(rcp, 'resource control policy')).flat(),
    endpointPolicy: await one(endpointPolicy, 'VPC endpoint policy'),
    now,
  };
  const ofKey = { keyPolicy: keyPolicy.policy, keyAccount: key.account, grants: new GrantIndex(grants) };
  const asked = permissions.map(({ action, on }): AuthorizationRequest => {
    const onKey = on === 'key' || on === 'destinationKey' || on === 'replicaKey';
    const resource = onKey ? key.arn : on === 'alias' ? aliasOf(flags.alias, key) : '*';
    const context = contextOf(contextFor(flags, action, key, onKey));
    return { ...around, action, resource, context, ...(onKey && ofKey) };
  });
  if (flags.operation?.replace(/^kms:/, '') !== 'RetireGrant') return asked.map(authorize);
  if (grants.length === 0) throw new Error('RetireGrant is decided by a grant: name it with --grant.');
  return asked.flatMap((request) => grants.map((one) => authorizeRetire(request, one)));
}

function principalOf(arn: string | undefined): Principal {
  if (arn === undefined) throw new Error('Who calls? Say --as arn:aws:iam::111122223333:role/App.');
  const principal = parsePrincipal(arn);
  if (principal === undefined)
    throw new Error(
      `${arn} is no principal: --as takes the ARN of a user, a role, a session, a root user, or the name of a service.`,
    );
  return principal;
}

interface Asked {
  readonly permissions: readonly Permission[];
  readonly row: OperationRow;
}

/** An operation needs all its permissions; an action (`kms:ReEncryptFrom`) is one. */
function permissionsOf(name: string | undefined): Asked {
  if (name === undefined) throw new Error('What do they call? Say --operation Decrypt.');
  const plain = name.replace(/^kms:/, '');
  if (isOperationName(plain)) {
    const row = operationRows[plain];
    // What depends on the request (tags) or on what is there (the key behind an alias) is not asked here.
    return { row, permissions: row.permissions.filter(({ given, on }) => given === undefined && on !== 'aliasKey') };
  }
  for (const row of Object.values(operationRows)) {
    const permission = row.permissions.find(({ action }) => action === `kms:${plain}`);
    if (permission !== undefined) return { row, permissions: [permission] };
  }
  throw new Error(`KMS has no operation ${name}: --operation takes a name such as Decrypt, case counts.`);
}

interface KeyName {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const KEY_ARN = /^arn:(aws(?:-[a-z]+)*):kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]+$/;

/** Without --key it is any key of --account, and without that of the caller's own account. */
function keyOf({ key, account }: ExplainFlags, principal: Principal): KeyName {
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new Error('--account takes an account id of 12 digits.');
  const owner = account ?? principal.account;
  if (key === undefined && owner === '')
    throw new Error('A service is of no account: say whose key it is with --account or --key.');
  const arn = key ?? `arn:${principal.partition}:kms:us-east-1:${owner}:key/00000000-0000-0000-0000-000000000000`;
  const [, partition = '', region = '', ofKey = ''] = KEY_ARN.exec(arn) ?? [];
  if (ofKey === '')
    throw new Error(`${arn} is no key ARN: permissions are asked for arn:aws:kms:REGION:ACCOUNT:key/ID.`);
  if (account !== undefined && account !== ofKey)
    throw new Error(`--account ${account} does not own the key: its ARN says ${ofKey}.`);
  return { arn, partition, region, account: ofKey };
}

function aliasOf(name: string | undefined, { account, partition, region }: KeyName): string {
  if (name === undefined || !name.startsWith('alias/'))
    throw new Error('The operation is on an alias: say --alias alias/orders.');
  return `arn:${partition}:kms:${region}:${account}:${name}`;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy({ account, partition }: KeyName): NamedPolicy {
  const principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const Statement = { Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'key policy');
  if (!parsed.ok) throw new Error(parsed.problem);
  return { name: 'default', policy: parsed.policy };
}

type Entry = readonly [name: string, value: ContextValue];

/** A symmetric key that KMS made; --set goes before whatever is taken for granted. */
const ofKeyByDefault: readonly Entry[] = [
  ['kms:KeySpec', 'SYMMETRIC_DEFAULT'],
  ['kms:CustomerMasterKeySpec', 'SYMMETRIC_DEFAULT'],
  ['kms:KeyUsage', 'ENCRYPT_DECRYPT'],
  ['kms:CustomerMasterKeyUsage', 'ENCRYPT_DECRYPT'],
  ['kms:KeyOrigin', 'AWS_KMS'],
  ['kms:MultiRegion', 'false'],
];
const encrypting = /^kms:(?:Encrypt|Decrypt|ReEncrypt(?:From|To)|GenerateDataKey\w*)$/;

function contextFor(flags: ExplainFlags, action: string, { region }: KeyName, onKey: boolean): readonly Entry[] {
  const { context = [], set: written = [], via } = flags;
  const stranger = written.find(([name]) => !isConditionKey(name));
  if (stranger !== undefined) throw new Error(unknownKey(stranger[0]));
  if (via !== undefined && written.some(isViaService))
    throw new Error('--via says what kms:ViaService is: leave one of them out.');
  const set = [...written, ...throughService(via, region, onKey)];
  const pairs = context.map(([name, value]): Entry => [`kms:EncryptionContext:${name}`, value]);
  const viaService = via !== undefined || set.some(isViaService);
  const implied: readonly Entry[] = [
    ['aws:SecureTransport', 'true'],
    ['aws:ViaAWSService', String(viaService)],
    ['aws:RequestedRegion', region],
    ...(encrypting.test(action) ? ([['kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT']] as const) : []),
    ...(onKey ? ofKeyByDefault : []),
  ];
  const said = new Set(set.map(([name]) => name.toLowerCase()));
  return [...withContextKeys([...pairs, ...set]), ...implied.filter(([name]) => !said.has(name.toLowerCase()))];
}

const isViaService = ([name]: Pair): boolean => name.toLowerCase() === 'kms:viaservice';

/** What a call has that a service makes for the caller, as sim.as(role, { via: 's3' }) has it. */
function throughService(via: string | undefined, region: string, onKey: boolean): readonly Pair[] {
  if (via === undefined) return [];
  const service = via.includes('.') ? via : `${via}.${region}.amazonaws.com`;
  const principal = `${service.split('.')[0]}.amazonaws.com`;
  const called = ['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'].map((name): Pair => [name, principal]);
  return onKey ? [['kms:ViaService', service], ...called] : called;
}

function unknownKey(name: string): string {
  const bare = name.replace(/^.*:/, '').toLowerCase();
  const names = CONDITION_KEYS.map((key) => key.name);
  const meant = names.find((key) => key.replace(/^[a-z]+:/, '').toLowerCase() === bare) ?? nearest(name, names);
  const advice = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `${name} is no condition key that a request to KMS can have.${advice}`;
}
