// The members of CreateCustomKeyStore and UpdateCustomKeyStore that belong together. None of the texts is recorded.

import { fail } from '../api/errors.ts';
import type { CustomKeyStoreType } from '../api/types.ts';
import { membersOfType, requiredOfType } from '../tables/key-store-states.ts';

const types: readonly CustomKeyStoreType[] = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

/** ValidationException for a member that only the other type has. */
export function refuseOthersMembers(input: object, type: CustomKeyStoreType): void {
  const given = input as Readonly<Record<string, unknown>>;
  const others = types.filter((one) => one !== type).flatMap((one) => membersOfType[one]);
  const wrong = others.find((member) => given[member] !== undefined);
  if (wrong !== undefined) fail('ValidationException', `${wrong} is not valid with the custom key store type ${type}.`);
}

export function requireMembers(input: object, type: CustomKeyStoreType): void {
  const given = input as Readonly<Record<string, unknown>>;
  const missing = requiredOfType[type].find((member) => given[member] === undefined);
  if (missing !== undefined)
    fail('ValidationException', `${missing} is required with the custom key store type ${type}.`);
}

/** The name of a VPC endpoint service goes with VPC endpoint service connectivity, and with no other. */
export function requireConnectivity(connectivity: string, serviceName: string | undefined): void {
  const isVpc = connectivity === 'VPC_ENDPOINT_SERVICE';
  if (isVpc && serviceName === undefined)
    fail(
      'ValidationException',
      `XksProxyVpcEndpointServiceName is required with XksProxyConnectivity ${connectivity}.`,
    );
  if (!isVpc && serviceName !== undefined)
    fail(
      'ValidationException',
      `XksProxyVpcEndpointServiceName is not valid with XksProxyConnectivity ${connectivity}.`,
    );
}
