// From the name of a key to its record: id, key ARN, alias name, alias ARN.
// https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import { absentKey } from './absent-key.ts';
import { awsManagedKey } from './aws-managed-key.ts';
import { aliasPrefix, isKeyId, parseArn, partitionOf } from './names.ts';
import type { AliasRecord, KeyRecord } from './records.ts';

/** The forms an operation takes: any of the four, or ids and key ARNs only. */
export type NameForms = 'any' | 'key';

/** The record, or the error that KMS answers. */
export function resolveKey(call: Call, name: string, forms: NameForms): KeyRecord {
  if (name.startsWith('arn:')) return resolveArn(call, name, forms);
  if (name.startsWith(aliasPrefix))
    return forms === 'any' ? resolveAlias(call, `${call.site.prefix}${name}`, name) : noAliases(call);
  const key = call.kms.state.keyById(call.caller.region, name);
  if (key?.account === call.caller.principal.account) return key;
  // Recordings describe-malformed-key-id and describe-nonexistent-key.
  if (!isKeyId(name)) fail('NotFoundException', `Invalid keyId '${name}'`);
  return missing(`${call.site.prefix}key/${name}`);
}

function resolveArn(call: Call, text: string, forms: NameForms): KeyRecord {
  // The ARN of something that is here is well formed: it need not be taken apart.
  const here = call.key(text) ?? (forms === 'any' ? keyOfAlias(call, text) : undefined);
  if (here?.region === call.caller.region) return here;
  const arn = parseArn(text);
  if (arn === undefined || arn.partition !== partitionOf(arn.region)) return invalidArn(call, `Invalid arn ${text}`);
  // Recording describe-key-across-regions: only the Region follows, even when the key exists there.
  if (arn.region !== call.caller.region) fail('NotFoundException', `Invalid arn ${arn.region}`);
  const foreign = arn.account !== call.caller.principal.account;
  if (arn.kind === 'alias') {
    if (forms !== 'any') return noAliases(call);
    return foreign ? absentKey(text, arn) : resolveAlias(call, text, arn.name);
  }
  if (foreign) return absentKey(text, arn);
  if (!isKeyId(arn.name)) fail('NotFoundException', `Invalid keyId '${arn.name}'`);
  return missing(text);
}

// An AWS managed key comes into being when somebody first names it.
function resolveAlias(call: Call, arn: string, name: string): KeyRecord {
  return keyOfAlias(call, arn) ?? awsManagedKey(call, name) ?? missingAlias(arn);
}

function keyOfAlias(call: Call, arn: string): KeyRecord | undefined {
  const alias = call.page.get('aliases', arn);
  return alias && call.key(alias.target);
}

/** The alias of that name in the caller's account and Region. */
export function resolveAliasName(call: Call, name: string): AliasRecord {
  const arn = `${call.site.prefix}${name}`;
  return call.page.get('aliases', arn) ?? missingAlias(arn);
}

// Reported by callers of CreateGrant: https://github.com/boto/boto/pull/3883 (a name), https://github.com/hashicorp/terraform/issues/20813 (an ARN).
function noAliases(call: Call): never {
  return invalidArn(call, 'Key Aliases are not supported for this operation.');
}

// Not every operation has InvalidArnException in its model. There, what no ARN can name is not found.
function invalidArn(call: Call, message: string): never {
  return fail(call.models('InvalidArnException') ? 'InvalidArnException' : 'NotFoundException', message);
}

function missing(arn: string): never {
  return fail('NotFoundException', `Key '${arn}' does not exist`);
}

function missingAlias(arn: string): never {
  return fail('NotFoundException', `Alias ${arn} is not found.`);
}
