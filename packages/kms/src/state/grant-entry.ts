// A grant as the lists show it. https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html

import type { GrantListEntry } from '../api/types.ts';
import type { GrantRecord } from './records.ts';

export function grantEntry(grant: GrantRecord): GrantListEntry {
  const { constraints, grantee, retiring } = grant;
  return {
    KeyId: grant.key,
    GrantId: grant.id,
    // Empty, not absent, when it was made without one.
    Name: grant.name ?? '',
    CreationDate: new Date(grant.createdAt),
    ...(isArn(grantee) && { GranteePrincipal: grantee }),
    ...(retiring !== undefined && isArn(retiring) && { RetiringPrincipal: retiring }),
    IssuingAccount: grant.issuingAccount,
    // The caller's own: what is done to an answer changes no record.
    Operations: [...grant.operations],
    ...(constraints && { Constraints: shown(constraints) }),
    ...(!isArn(grantee) && { GranteeServicePrincipal: grantee }),
    ...(retiring !== undefined && !isArn(retiring) && { RetiringServicePrincipal: retiring }),
  };
}

// What is no ARN is the name of a service.
function isArn(principal: string): boolean {
  return principal.startsWith('arn:');
}

function shown(constraints: NonNullable<GrantRecord['constraints']>): NonNullable<GrantListEntry['Constraints']> {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset, sourceArn } = constraints;
  return {
    ...(subset && { EncryptionContextSubset: Object.fromEntries(subset) }),
    ...(equals && { EncryptionContextEquals: Object.fromEntries(equals) }),
    ...(sourceArn !== undefined && { SourceArn: sourceArn }),
  };
}
