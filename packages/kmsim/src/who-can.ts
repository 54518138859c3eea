// sim.whoCan(): who can do something with a key, and under which conditions, as a person reads it.

import { type OpenCondition, policyOf, printable } from '@kmsim/authz';
import {
  type Access,
  isOperationName,
  type OperationName,
  operationRows,
  type WhoCan,
  type WhoCanQuestion,
} from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { anEncryptionContext, aRegion, checkOptions, type Forms, isText, shown } from './option-forms.ts';

export interface WhoCanOptions {
  /** Where the key is looked for, unless it is named by its ARN. */
  readonly region?: string;
  /** The encryption context of the request; any, when absent. `{}` is none. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** `alias/orders`; for operations on aliases. */
  readonly aliasName?: string;
}

/** `StringEquals` of `kms:ViaService` with a value, in a statement of a policy. */
export type Condition = OpenCondition;

export interface PrincipalAccess {
  /** An ARN, or the name of a service; `*` for whoever else there is in the account of the key. */
  readonly principal: string;
  /** Allowed whatever the request is like. */
  readonly always: boolean;
  /** Each is enough, where all its conditions hold. Empty for what is allowed without any. */
  readonly when: readonly (readonly Condition[])[];
  /** There are more ways than `when` lists. */
  readonly more?: true;
  /** Denied nevertheless, where all conditions of one of these hold. */
  readonly unless: readonly (readonly Condition[])[];
}

export interface Obstacle {
  /** `statement [2] of key policy "default" denies kms:Decrypt`, `no key policy statement allows it`. */
  readonly reason: string;
  /** `*` as in PrincipalAccess. */
  readonly principals: 'everybody' | readonly string[];
}

/** An answer of sim.whoCan(): data, and text for people. */
export class WhoCanAnswer {
  readonly operation: string;
  readonly keyArn: string;
  readonly principals: readonly PrincipalAccess[];
  /** Where nobody can: what is in the way, each with those in whose way it is. */
  readonly because: readonly Obstacle[];

  constructor(operation: string, { access, key, refusals }: WhoCan) {
    this.operation = operation;
    this.keyArn = key.arn;
    this.principals = access.map(accessOf);
    this.because = obstaclesOf(refusals);
  }

  /** Whether a principal is among them at all, be it under conditions. */
  has(principal: string): boolean {
    return this.principals.some((one) => one.principal === principal);
  }

  toString(): string {
    const { because, keyArn, operation, principals } = this;
    if (principals.length === 0) return [`${operation} on ${keyArn}: nobody`, ...because.map(reasonOf)].join('\n');
    return [`${operation} on ${keyArn}:`, ...principals.flatMap(linesOf)].join('\n');
  }
}

function accessOf({ anybodyElse, possibility: { more, unless, ways }, principal }: Access): PrincipalAccess {
  const when = ways.some((way) => way.length === 0) ? [] : ways;
  const always = when.length === 0 && unless.length === 0;
  return { principal: anybodyElse ? '*' : principal.arn, always, when, ...(more && { more }), unless };
}

function obstaclesOf(refusals: WhoCan['refusals']): readonly Obstacle[] {
  const found = new Map<string, string[]>();
  for (const { anybodyElse, decision } of refusals) {
    const { decidedBy, reason, request } = decision;
    const text =
      decidedBy === undefined
        ? reason
        : `statement [${decidedBy.statement}] of ${policyOf(decidedBy)} denies ${request.action}`;
    const principals = found.get(text) ?? [];
    principals.push(anybodyElse ? '*' : request.principal.arn);
    found.set(text, principals);
  }
  const [only] = found.size === 1 ? found.keys() : [];
  if (only !== undefined) return [{ reason: only, principals: 'everybody' }];
  return [...found].map(([reason, principals]) => ({ reason, principals }));
}

const MOST_NAMES = 3;

function reasonOf({ principals, reason }: Obstacle): string {
  return printable(`  ${principals === 'everybody' ? principals : namesOf(principals)}: ${reason}`);
}

function namesOf(principals: readonly string[]): string {
  const names = principals.slice(0, MOST_NAMES).map((name) => (name === '*' ? 'anybody else' : name));
  const rest = principals.length - MOST_NAMES;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function linesOf({ more, principal, unless, when }: PrincipalAccess): readonly string[] {
  return [
    principal === '*' ? '  anybody else in the account of the key' : `  ${principal}`,
    ...when.map((way, index) => `    ${index === 0 ? 'when' : 'or when'} ${way.map(textOf).join(', and ')}`),
    ...(more ? ['    or when something else holds: there are more ways than these'] : []),
    ...unless.map((deny) => `    not when ${deny.map(textOf).join(', and ')}`),
  ];
}

function textOf({ key, operator, policy, policyType, statement, values }: Condition): string {
  const place = policyType === 'grant' ? `grant ${policy}` : `${policyType} "${policy}" [${statement}]`;
  return printable(`${operator} of ${key}: ${values.join(' or ')} (${place})`);
}

const forms: Forms<WhoCanOptions> = {
  region: aRegion,
  encryptionContext: anEncryptionContext,
  aliasName: { is: isText, text: 'the name of an alias' },
};

type Question = Omit<WhoCanQuestion, 'caller'> & { readonly region?: string };

/** What is asked, once it is clear that it can be. */
export function whoCanQuestion(name: string, keyId: string, options: WhoCanOptions): Question {
  checkOptions('whoCan', options, forms);
  if (!isText(keyId)) throw new KmsimError('InvalidOption', `whoCan needs the name of a key, not ${shown(keyId)}.`);
  const { aliasName, encryptionContext, region = regionOf(keyId) } = options;
  const asked = operationAndAction(name);
  if (operationRows[asked.operation].decidedByGrant === true)
    throw new KmsimError(
      'InvalidOption',
      `A grant says who can retire it: ask sim.explain({ operation: '${asked.operation}', keyId, grantId }).`,
    );
  const context = encryptionContext && { encryptionContext: new Map(Object.entries(encryptionContext)) };
  return { ...asked, keyId, aliasName, ...context, ...(region !== undefined && { region }) };
}

function regionOf(keyId: string): string | undefined {
  return /^arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):/.exec(keyId)?.[1];
}

/** An operation with all its permissions, or one of them. */
function operationAndAction(name: unknown): { readonly operation: OperationName; readonly action?: string } {
  const plain = typeof name === 'string' ? name.replace(/^kms:/, '') : '';
  if (isOperationName(plain)) return { operation: plain };
  for (const [operation, { permissions }] of Object.entries(operationRows)) {
    const permission = permissions.find(({ action }) => action === `kms:${plain}`);
    if (permission !== undefined) return { operation: operation as OperationName, action: permission.action };
  }
  throw new KmsimError(
    'InvalidOption',
    `whoCan needs an operation ('Decrypt') or an action ('kms:ReEncryptTo'), not ${shown(name)}.`,
  );
}
