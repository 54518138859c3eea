// What can be done with a custom key store in which connection state.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html and its siblings (CustomKeyStoreInvalidStateException)

import type { UpdateCustomKeyStoreRequest } from '../api/types.ts';
import type { ConnectionState } from '../state/key-store-records.ts';

export type StoreOperation =
  | 'ConnectCustomKeyStore'
  | 'DisconnectCustomKeyStore'
  | 'UpdateCustomKeyStore'
  | 'DeleteCustomKeyStore'
  | 'CreateKey'
  | 'GenerateRandom';

/** 'nothing to do': it succeeds and changes nothing. 'some members': see below. */
export type StoreVerdict = 'ok' | 'nothing to do' | 'some members' | 'invalid state';

type Row = Readonly<Record<ConnectionState, StoreVerdict>>;

const never: Row = {
  DISCONNECTED: 'invalid state',
  CONNECTING: 'invalid state',
  CONNECTED: 'invalid state',
  DISCONNECTING: 'invalid state',
  FAILED: 'invalid state',
};
const whenConnected: Row = { ...never, CONNECTED: 'ok' };

export const keyStoreStates: Readonly<Record<StoreOperation, Row>> = {
  // "valid for all other ConnectionState values" than DISCONNECTING and FAILED
  ConnectCustomKeyStore: { ...never, DISCONNECTED: 'ok', CONNECTING: 'nothing to do', CONNECTED: 'nothing to do' },
  // "valid for all other ConnectionState values" than DISCONNECTING and DISCONNECTED
  DisconnectCustomKeyStore: { ...never, CONNECTING: 'ok', CONNECTED: 'ok', FAILED: 'ok' },
  UpdateCustomKeyStore: { ...never, DISCONNECTED: 'ok', CONNECTED: 'some members' },
  DeleteCustomKeyStore: { ...never, DISCONNECTED: 'ok' },
  CreateKey: whenConnected,
  GenerateRandom: whenConnected,
};

type UpdateMember = keyof UpdateCustomKeyStoreRequest;

// https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html: the text of the operation; that of the exception names the
// first one only.
export const updatableWhenConnected: readonly UpdateMember[] = [
  'NewCustomKeyStoreName',
  'XksProxyUriPath',
  'XksProxyAuthenticationCredential',
];

/** The members that only one type of store has and that CreateCustomKeyStore cannot do without. */
export const requiredOfType: Readonly<Record<'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE', readonly string[]>> = {
  AWS_CLOUDHSM: ['CloudHsmClusterId', 'TrustAnchorCertificate', 'KeyStorePassword'],
  EXTERNAL_KEY_STORE: [
    'XksProxyConnectivity',
    'XksProxyUriEndpoint',
    'XksProxyUriPath',
    'XksProxyAuthenticationCredential',
  ],
};

/** The members that only one type of store has. */
export const membersOfType: typeof requiredOfType = {
  AWS_CLOUDHSM: requiredOfType.AWS_CLOUDHSM,
  EXTERNAL_KEY_STORE: [
    ...requiredOfType.EXTERNAL_KEY_STORE,
    'XksProxyVpcEndpointServiceName',
    'XksProxyVpcEndpointServiceOwner',
  ],
};
