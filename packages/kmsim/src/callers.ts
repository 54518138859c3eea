// Who calls: a principal, its session, and the way that the call comes.

import type { Principal } from '@kmsim/authz';
import { type Caller, type Kms, partitionOf, policyProblem, type Session } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import {
  anAccount,
  anything,
  aPrincipal,
  aRegion,
  checkOptions,
  type Forms,
  isAccount,
  isRecord,
  isText,
  shown,
} from './option-forms.ts';
import { type NamedDocuments, tagsOf, textsOf } from './policy-documents.ts';
import { principalOf } from './principals.ts';

/** What AssumeRole was told when the session began. */
export interface SessionOptions {
  /** `kmsim` when absent. */
  readonly name?: string;
  /** Session policies by name: the session may do what they and the role's policies allow. */
  readonly policies?: NamedDocuments;
  /** `aws:PrincipalTag/...`, before the role's own tags. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly sourceIdentity?: string;
  /** `aws:MultiFactorAuthPresent`; also for a user. */
  readonly mfa?: boolean;
}

/** How a call comes, whoever makes it. */
export interface CallOptions {
  readonly region?: string;
  /** Makes a role a session of itself, with policies and tags of its own. */
  readonly session?: SessionOptions;
  /** The AWS service that calls on the principal's behalf: `s3`, which stands for `s3.us-east-1.amazonaws.com` (kms:ViaService). */
  readonly via?: string;
  /** The id of a VPC endpoint that was defined with `sim.endpoints.put(...)`. */
  readonly endpoint?: string;
  /** `aws:SourceIp`; through an endpoint `aws:VpcSourceIp`. */
  readonly sourceIp?: string;
  /** For a service principal: the resource it works for (`aws:SourceArn`). */
  readonly sourceArn?: string;
  /** For a service principal: the account of that resource; from `sourceArn` when absent. */
  readonly sourceAccount?: string;
}

export interface CallerOptions extends CallOptions {
  /** ARN of a principal, or a service principal (`s3.amazonaws.com`); the administrator when absent. */
  readonly as?: string;
}

const serviceName = /^[a-z0-9-]+(?:\.[a-z0-9.-]+\.amazonaws\.com)?$/;

export const callerForms: Forms<CallerOptions> = {
  as: aPrincipal,
  region: aRegion,
  session: { is: isRecord, text: 'an object with name, policies, tags, sourceIdentity, mfa' },
  via: { is: (value) => typeof value === 'string' && serviceName.test(value), text: "the name of a service ('s3')" },
  endpoint: { is: isText, text: "the id of a VPC endpoint ('vpce-0a1b2c3d')" },
  sourceIp: {
    is: (value) => typeof value === 'string' && /^[0-9a-f]*[.:][0-9a-f.:]+$/i.test(value),
    text: 'an IP address',
  },
  sourceArn: { is: (value) => typeof value === 'string' && value.startsWith('arn:'), text: 'an ARN' },
  sourceAccount: anAccount,
};

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const sessionForms: Forms<SessionOptions> = {
  name: {
    is: (value) => typeof value === 'string' && /^[\w+=,.@-]{2,64}$/.test(value),
    text: 'a name of 2 to 64 letters, digits and +=,.@-',
  },
  policies: anything,
  tags: anything,
  sourceIdentity: { is: isText, text: 'a name' },
  mfa: { is: (value) => typeof value === 'boolean', text: 'true or false' },
};

/** The caller that `options` describe. `administrator` is who it is when nobody is named, `home` where. */
export function callerOf(kms: Kms, options: CallerOptions, administrator: string, home: string): Caller {
  checkOptions('A caller', options, callerForms);
  const { as = administrator, endpoint, region = home, session, sourceIp, via } = options;
  if (session !== undefined) checkOptions('A session', session, sessionForms);
  const principal = withSession(kms.identities.complete(principalOf(as)), session);
  // Accounts of one partition are unknown in another: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  if (principal.partition !== partitionOf(region)) {
    throw new KmsimError('InvalidOption', `The Region ${region} is in another partition than ${principal.arn}.`);
  }
  if (endpoint !== undefined && kms.endpoints.get(endpoint) === undefined)
    throw new KmsimError('UnknownEndpoint', `There is no VPC endpoint ${shown(endpoint)}.`);
  if (via !== undefined && (endpoint !== undefined || sourceIp !== undefined || principal.kind === 'service'))
    throw new KmsimError('InvalidOption', `A call via ${via} comes from that service: leave ${inTheWay(options)} out.`);
  return {
    principal,
    region,
    ...(session !== undefined && { session: sessionOf(kms, session) }),
    ...(via !== undefined && { via: { service: via.includes('.') ? via : `${via}.${region}.amazonaws.com` } }),
    ...(endpoint !== undefined && { endpoint }),
    ...(sourceIp !== undefined && { sourceIp }),
    ...sourceOf(principal, options),
  };
}

function inTheWay({ endpoint, sourceIp }: CallOptions): string {
  if (endpoint !== undefined) return 'endpoint';
  return sourceIp === undefined ? 'the service principal' : 'sourceIp';
}

function withSession(principal: Principal, session: SessionOptions | undefined): Principal {
  if (session === undefined) return principal;
  const { account, arn, kind, partition } = principal;
  const { mfa, name, ...others } = session;
  const refuse = (problem: string): never => {
    throw new KmsimError('InvalidSession', `${arn} ${problem}.`);
  };
  if (kind === 'session') return name === undefined ? principal : refuse('has a session name already');
  // What GetSessionToken gives a user is the user again, with or without a second factor.
  if (kind === 'user') {
    const more = Object.values({ name, ...others }).some((value) => value !== undefined);
    return more ? refuse('is a user, whose session has no name, policies or tags') : principal;
  }
  if (kind !== 'role') return refuse('has no sessions');
  const role = arn.slice(arn.lastIndexOf('/') + 1);
  return { ...principalOf(`arn:${partition}:sts::${account}:assumed-role/${role}/${name ?? 'kmsim'}`), roleArn: arn };
}

function sessionOf(kms: Kms, { mfa, policies = {}, sourceIdentity, tags = {} }: SessionOptions): Session {
  const texts = textsOf('session: policies', policies);
  const problem = policyProblem(texts, 'session policy');
  if (problem !== undefined) throw new KmsimError('InvalidPolicy', problem);
  return {
    policies: kms.policies.named(texts, 'session policy'),
    tags: tagsOf('session: tags', tags),
    sourceIdentity,
    mfa,
  };
}

function sourceOf(principal: Principal, { sourceAccount, sourceArn }: CallOptions): Pick<Caller, 'source'> {
  if (sourceAccount === undefined && sourceArn === undefined) return {};
  if (principal.kind !== 'service') {
    const name = sourceArn === undefined ? 'sourceAccount' : 'sourceArn';
    throw new KmsimError(
      'InvalidOption',
      `${name} is for calls that a service makes by itself: as 's3.amazonaws.com'.`,
    );
  }
  // The ARN of a bucket has no account.
  const ofArn = sourceArn?.split(':')[4];
  return { source: { arn: sourceArn, account: sourceAccount ?? (isAccount(ofArn) ? ofArn : undefined) } };
}
