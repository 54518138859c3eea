// ListRetirableGrants: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html

import { parsePrincipal } from '@kmsim/authz';
import { foreignKeyRefusal } from '../access-denied.ts';
import { fail } from '../api/errors.ts';
import { missing, refuse } from '../api/violations.ts';
import type { Call, Operation } from '../operation.ts';
import { pageOf, requireService } from './list-grants.ts';

export const listRetirableGrants: Operation<'ListRetirableGrants', string> = {
  enter: (call) => {
    const { RetiringPrincipal, RetiringServicePrincipal } = call.input;
    if (RetiringPrincipal !== undefined && RetiringServicePrincipal !== undefined)
      fail('ValidationException', 'Specify either RetiringPrincipal or RetiringServicePrincipal, not both.');
    requireService(call, 'RetiringServicePrincipal', RetiringServicePrincipal);
    const retiring = RetiringPrincipal ?? RetiringServicePrincipal ?? refuse([missing('retiringPrincipal', false)]);
    requireOwn(call, retiring);
    // The permission is on the principal, and on none of the keys.
    call.subjects.none = { resource: retiring };
    return retiring;
  },
  run: (call, retiring) => {
    const { region } = call.caller;
    const grants = call.kms.state.grants.retirableBy(region, retiring);
    const { items, ...page } = pageOf(call, `ListRetirableGrants ${region} ${retiring}`, grants);
    return { Grants: items, ...page };
  },
};

const FEDERATED = /^arn:(aws(?:-[a-z]+)*):sts::(\d{12}):federated-user\//;

// "You must specify a principal in your AWS account."
function requireOwn(call: Call, retiring: string): void {
  const { account, arn, kind, partition } = call.caller.principal;
  const named = parsePrincipal(retiring);
  const [, elsewhere = named?.partition, owner = named?.account] = FEDERATED.exec(retiring) ?? [];
  // As CreateGrant says of one: it knows the principals of its own partition only.
  const isStranger = named?.kind !== 'service' && elsewhere !== partition;
  if (owner === undefined || isStranger)
    fail('InvalidArnException', `ARN does not refer to a valid principal: ${retiring}`);
  if (kind === 'service' ? retiring !== arn : owner !== account) throw foreignKeyRefusal(call);
}
