// The lengths, ranges and patterns of input members, by the name the API model gives them.

/** Characters of a string, bytes of a blob, items of a list, or the value of an integer. */
export interface Constraint {
  readonly min: number;
  readonly max: number;
  /** As the model spells it and the error message repeats it; the service matches it against the whole value. */
  readonly pattern?: string;
}

export type ConstraintName =
  | 'AccountIdType'
  | 'AliasNameType'
  | 'AttestationDocumentType'
  | 'BackingKeyIdType'
  | 'CiphertextType'
  | 'CloudHsmClusterIdType'
  | 'CustomKeyStoreIdType'
  | 'CustomKeyStoreNameType'
  | 'DescriptionType'
  | 'GrantConstraintSourceArnType'
  | 'GrantIdType'
  | 'GrantNameType'
  | 'GrantTokenList'
  | 'GrantTokenType'
  | 'KeyIdType'
  | 'KeyMaterialDescriptionType'
  | 'KeyStorePasswordType'
  | 'LimitType'
  | 'MarkerType'
  | 'NumberOfBytesType'
  | 'PendingWindowInDaysType'
  | 'PlaintextType'
  | 'PolicyNameType'
  | 'PolicyType'
  | 'PrincipalIdType'
  | 'PublicKeyType'
  | 'RegionType'
  | 'RotationPeriodInDaysType'
  | 'ServicePrincipalType'
  | 'TagKeyType'
  | 'TagValueType'
  | 'TrustAnchorCertificateType'
  | 'XksKeyIdType'
  | 'XksProxyAuthenticationAccessKeyIdType'
  | 'XksProxyAuthenticationRawSecretAccessKeyType'
  | 'XksProxyUriEndpointType'
  | 'XksProxyUriPathType'
  | 'XksProxyVpcEndpointServiceNameType';

const NAME = '^[a-zA-Z0-9:/_-]+$';

// Length and range constraints and patterns of the request parameters: botocore's KMS model, version 1.43.11, printed in
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html under each parameter.
export const constraints: Readonly<Record<ConstraintName, Constraint>> = {
  AccountIdType: { min: 12, max: 12, pattern: '[0-9]{12}' },
  AliasNameType: { min: 1, max: 256, pattern: NAME },
  AttestationDocumentType: { min: 1, max: 262_144 },
  BackingKeyIdType: { min: 64, max: 64, pattern: '^[a-f0-9]+$' },
  CiphertextType: { min: 1, max: 6144 },
  CloudHsmClusterIdType: { min: 19, max: 24, pattern: 'cluster-[2-7a-zA-Z]{11,16}' },
  CustomKeyStoreIdType: { min: 1, max: 64 },
  CustomKeyStoreNameType: { min: 1, max: 256 },
  DescriptionType: { min: 0, max: 8192 },
  GrantConstraintSourceArnType: {
    min: 20,
    max: 512,
    pattern: '^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$',
  },
  GrantIdType: { min: 1, max: 128 },
  GrantNameType: { min: 1, max: 256, pattern: NAME },
  GrantTokenList: { min: 0, max: 10 },
  GrantTokenType: { min: 1, max: 8192 },
  KeyIdType: { min: 1, max: 2048 },
  KeyMaterialDescriptionType: { min: 0, max: 256, pattern: '^[a-zA-Z0-9:/_\\s.-]+$' },
  KeyStorePasswordType: { min: 7, max: 32 },
  LimitType: { min: 1, max: 1000 },
  MarkerType: { min: 1, max: 1024, pattern: '[\\u0020-\\u00FF]*' },
  NumberOfBytesType: { min: 1, max: 1024 },
  // The text of ScheduleKeyDeletion says 7 to 30 days: that is a rule of the operation, not of the shape.
  PendingWindowInDaysType: { min: 1, max: 365 },
  PlaintextType: { min: 1, max: 4096 },
  PolicyNameType: { min: 1, max: 128, pattern: '[\\w]+' },
  PolicyType: { min: 1, max: 131_072, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' },
  PrincipalIdType: { min: 1, max: 256, pattern: '^[\\w+=,.@:/-]+$' },
  PublicKeyType: { min: 1, max: 8192 },
  RegionType: { min: 1, max: 32, pattern: '^([a-z]+-){2,3}\\d+$' },
  RotationPeriodInDaysType: { min: 90, max: 2560 },
  ServicePrincipalType: { min: 1, max: 128, pattern: '^([A-Za-z0-9\\-]+)\\.([A-Za-z0-9\\-]+)(\\.[A-Za-z0-9\\-]+)+$' },
  TagKeyType: { min: 1, max: 128 },
  TagValueType: { min: 0, max: 256 },
  TrustAnchorCertificateType: { min: 1, max: 5000 },
  XksKeyIdType: { min: 1, max: 128, pattern: '^[a-zA-Z0-9-_.]+$' },
  XksProxyAuthenticationAccessKeyIdType: { min: 20, max: 30, pattern: '^[A-Z2-7]+$' },
  XksProxyAuthenticationRawSecretAccessKeyType: { min: 43, max: 64, pattern: '^[a-zA-Z0-9\\/+=]+$' },
  XksProxyUriEndpointType: { min: 10, max: 128, pattern: '^https://[a-zA-Z0-9.-]+$' },
  XksProxyUriPathType: {
    min: 10,
    max: 128,
    pattern: '^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$',
  },
  XksProxyVpcEndpointServiceNameType: {
    min: 20,
    max: 64,
    pattern: '^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$',
  },
};
