// Ciphertext blobs of real AWS KMS that AWS has published, each with its source. Each holds 32 bytes.

export interface PublishedBlob {
  readonly source: string;
  /** Byte 2: 01 data key by NumberOfBytes, 02 Encrypt and ReEncrypt, 03 data key by KeySpec. */
  readonly operation: 1 | 2 | 3;
  readonly blob: Uint8Array;
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/TDE.BackupRestoreOnPrem.html
const rdsUserGuide =
  'AQIDAHimL2NEoAlOY6Bn7LJfnxi/OZe9kTQo/XQXduug1rmerwGiL7g5ux4av9GfZLxYTDATAAAAfjB8BgkqhkiG9w0BBwagbzBtAgEAMGgGCSqGSIb3DQEH' +
  'ATAeBglghkgBZQMEAS4wEQQMyCxLMi7GRZgKqD65AgEQgDtjvZLJo2cQ31Vetngzm2ybHDc3d2vI74SRUzZ2RezQy3sAS6ZHrCjfnfn0c65bFdhsXxjSMnud' +
  'IY7AKw==';

// A draft of awscli/examples/kms/generate-data-key.rst by AWS: https://github.com/scotdunn/aws-cli at 19877205220d
const cliExample =
  'AQIDAHialP3mtJTkmLqUHBGW6bsnZDiaXUc+nSYIDAu/H90RxwHUrZJEocwaCN3LgTbL1hnWAAAAfjB8BgkqhkiG9w0BBwagbzBtAgEAMGgGCSqGSIb3DQEH' +
  'ATAeBglghkgBZQMEAS4wEQQMQfk0OjmPhnY89mfWAgEQgDvvS+CkDjT9C7VgZ058KbKMRjt9h86sJwoKRTY9lRh6TH9YLCvVhB5XvoJmX5uUNW2CI0w0gkgy' +
  'Locddg==';

// Branch keys in the test fixtures of the AWS Encryption SDK for JavaScript:
// https://github.com/aws/aws-encryption-sdk-javascript modules/branch-keystore-node/test/fixtures.ts
const branchKeyActive =
  'AQICAHhTIzkciiF5TDB8qaCjctFmv6Dx+4yjarauOA4MtH0jwgFrAysFMwuTXIlzPuKZBKlPAAAAfjB8BgkqhkiG9w0BBwagbzBtAgEAMGgGCSqGSIb3DQEH' +
  'ATAeBglghkgBZQMEAS4wEQQMPOLzNZ+AMDyjR071AgEQgDvqeTDjLIQknoIIXMr3Q3/HepXoFcbGIzT8zhJYUlEFYm5P972/EWbYRlMQdsftQ4SUkLpL0+R3' +
  'PS+7FA==';
const branchKeyVersion =
  'AQIBAHhTIzkciiF5TDB8qaCjctFmv6Dx+4yjarauOA4MtH0jwgElsc+vieODk1/lpgx33YonAAAAfjB8BgkqhkiG9w0BBwagbzBtAgEAMGgGCSqGSIb3DQEH' +
  'ATAeBglghkgBZQMEAS4wEQQMxajcxtSzD9dRiQK7AgEQgDs2f+mmWMql5NujKIPdvBX/zxNiOlUQAJcZfMZfqVyLWdPE+g9qbHJu0fs7nIY3xDglQvwE1MCa' +
  'w+vsNQ==';

// The format before the present one, 01 01. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html
const apiReference =
  'AQEDAHjRYf5WytIc0C857tFSnBaPn2F8DgfmThbJlGfR8P3WlwAAAH4wfAYJKoZIhvcNAQcGoG8wbQIBADBoBgkqhkiG9w0BBwEwHgYJYIZIAWUDBAEuMBEE' +
  'DEFogLqPWZconQhwHAIBEIA7d9AC7GeJJM34njQvg4Wf1d5sw0NIo1MrBqZa+YdhV8MrkBQPeac0ReRVNDt9qleAt+SHgIRF8P0H+7U=';

const decoded = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

export const publishedBlobs: readonly PublishedBlob[] = [
  { source: 'Amazon RDS User Guide', operation: 3, blob: decoded(rdsUserGuide) },
  { source: 'AWS CLI example', operation: 3, blob: decoded(cliExample) },
  { source: 'AWS Encryption SDK, ReEncrypt', operation: 2, blob: decoded(branchKeyActive) },
  { source: 'AWS Encryption SDK, GenerateDataKeyWithoutPlaintext', operation: 1, blob: decoded(branchKeyVersion) },
];

export const legacyBlob: Uint8Array = decoded(apiReference);
