// What conditions can ask of a call that makes a grant, or is about grants.
// https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html

import type { ContextValue } from '@kmsim/authz';
import type { Read } from './api/reader.ts';
import type { CreateGrantRequest } from './api/types.ts';
import type { Call } from './operation.ts';

type Input = Partial<Read<CreateGrantRequest>>;
type Answer = (asked: { readonly call: Call }) => ContextValue | undefined;

function ofNewGrant(answer: (input: Input) => ContextValue | undefined): Answer {
  return ({ call }) => (call.operation === 'CreateGrant' ? answer(call.input as Input) : undefined);
}

export const grantAnswers: Readonly<Record<string, Answer>> = {
  'kms:grantconstraintsourcearn': ofNewGrant(({ Constraints }) => Constraints?.SourceArn),
  // The names of the encryption context constraints; no page says that SourceArn is one, which has a condition key of its own.
  'kms:grantconstrainttype': ofNewGrant(({ Constraints }) => {
    const { EncryptionContextEquals, EncryptionContextSubset } = Constraints ?? {};
    const types = [
      ...(EncryptionContextEquals ? ['EncryptionContextEquals'] : []),
      ...(EncryptionContextSubset ? ['EncryptionContextSubset'] : []),
    ];
    return types.length > 1 ? types : types[0];
  }),
  'kms:granteeprincipal': ofNewGrant(({ GranteePrincipal }) => GranteePrincipal),
  'kms:granteeserviceprincipal': ofNewGrant(({ GranteeServicePrincipal }) => GranteeServicePrincipal),
  'kms:grantoperations': ofNewGrant(({ Operations }) => Operations),
  'kms:retiringprincipal': ofNewGrant(({ RetiringPrincipal }) => RetiringPrincipal),
  'kms:retiringserviceprincipal': ofNewGrant(({ RetiringServicePrincipal }) => RetiringServicePrincipal),
};

/** CreateGrant has the encryption context that the constraints of the new grant ask for. */
export function constrainedContext(call: Call): ReadonlyMap<string, string> | undefined {
  if (call.operation !== 'CreateGrant') return undefined;
  const { EncryptionContextEquals = [], EncryptionContextSubset = [] } = (call.input as Input).Constraints ?? {};
  return new Map([...EncryptionContextSubset, ...EncryptionContextEquals]);
}
