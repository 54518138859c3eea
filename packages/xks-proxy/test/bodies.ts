// Requests of AWS KMS to a proxy.

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');

export const metadataOf = (kmsOperation: string): Record<string, string> => ({
  awsPrincipalArn: 'arn:aws:iam::111122223333:user/Alice',
  kmsKeyArn: 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  kmsOperation,
  kmsRequestId: '4112f4d6-db54-4af4-ae30-c55a22a8dfae',
  kmsViaService: 'ebs',
});

export const healthBody = {
  requestMetadata: { kmsOperation: 'KmsHealthCheck', kmsRequestId: '4112f4d6-db54-4af4-ae30-c55a22a8dfae' },
};

export const keyMetadataBody = (kmsOperation = 'CreateKey'): object => ({ requestMetadata: metadataOf(kmsOperation) });

export interface Encryption {
  readonly plaintext?: string | Uint8Array;
  readonly aad?: string | Uint8Array;
  readonly cdiv?: boolean;
}

export function encryptBody({
  aad,
  cdiv = false,
  plaintext = 'Hello World!',
}: Encryption = {}): Record<string, unknown> {
  return {
    requestMetadata: metadataOf('Encrypt'),
    plaintext: base64(plaintext),
    encryptionAlgorithm: 'AES_GCM',
    ...(aad !== undefined && { additionalAuthenticatedData: base64(aad) }),
    ...(cdiv && { ciphertextDataIntegrityValueAlgorithm: 'SHA_256' }),
  };
}

/** The request that goes with the answer to another. */
export function decryptBody(
  answer: Readonly<Record<string, unknown>>,
  aad?: string | Uint8Array,
): Record<string, unknown> {
  const { authenticationTag, ciphertext, ciphertextMetadata, initializationVector } = answer;
  return {
    requestMetadata: metadataOf('Decrypt'),
    encryptionAlgorithm: 'AES_GCM',
    authenticationTag,
    ciphertext,
    initializationVector,
    ...(ciphertextMetadata !== undefined && { ciphertextMetadata }),
    ...(aad !== undefined && { additionalAuthenticatedData: base64(aad) }),
  };
}
