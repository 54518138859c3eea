// A file of cases, read: with everything in its place, or with a word about the first thing that is not.

import type { Case, CaseDefaults, CaseKey } from './case.ts';
import { problemOfCases } from './case-shape.ts';

export type CaseFile =
  | { readonly ok: true; readonly defaults: CaseDefaults; readonly cases: readonly Case[] }
  | { readonly ok: false; readonly problem: string };

/** A symmetric key that KMS made, in the account and the Region that examples of AWS like to use. */
const EXAMPLE_KEY: CaseKey = {
  arn: 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  manager: 'CUSTOMER',
};

interface Written {
  readonly defaults?: Partial<{ readonly key: Partial<CaseKey>; readonly keyPolicy: readonly object[] }>;
  readonly cases: readonly (Omit<Case, 'env' | 'request'> & {
    readonly env?: Case['env'];
    readonly request: Omit<Case['request'], 'checks'> & Partial<Case['request']>;
  })[];
}

/** `value`: what JSON made of the file. Without `defaults` the key is an example and has the default key policy. */
export function readCases(value: unknown): CaseFile {
  const problem = problemOfCases(value, '');
  if (problem !== undefined) return { ok: false, problem };
  const { defaults = {}, cases } = value as Written;
  const ids = new Set<string>();
  for (const [index, { id }] of cases.entries()) {
    if (ids.has(id))
      return { ok: false, problem: `cases[${index}].id is ${JSON.stringify(id)}, as of a case before it` };
    ids.add(id);
  }
  const key = { ...EXAMPLE_KEY, ...defaults.key };
  return {
    ok: true,
    defaults: { key, keyPolicy: defaults.keyPolicy ?? [delegationOf(key.arn)] },
    cases: cases.map((one) => ({ ...one, env: one.env ?? {}, request: { checks: [], ...one.request } })),
  };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function delegationOf(keyArn: string): object {
  return { Effect: 'Allow', Principal: { AWS: keyArn.split(':')[4] ?? '' }, Action: 'kms:*', Resource: '*' };
}
