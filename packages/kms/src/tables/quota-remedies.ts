// What helps against too many requests, or too many of a thing, by the kind of quota.
// https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html
// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
// https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/data-key-caching.html

const increase = 'request an increase in Service Quotas';
const backoff = 'retry with exponential backoff and jitter';

export type QuotaRemedy =
  | 'symmetric'
  | 'asymmetric'
  | 'keyPairs'
  | 'reading'
  | 'managing'
  | 'keyStore'
  | 'hotKey'
  | 'things';

export const quotaRemedies: Readonly<Record<QuotaRemedy, string>> = {
  symmetric: `Reuse data keys (data key caching of the AWS Encryption SDK, S3 Bucket Keys for SSE-KMS), ${backoff}, or ${increase}.`,
  asymmetric: `Verify and encrypt outside KMS with the public key, spread the calls over time, ${backoff}, or ${increase}.`,
  keyPairs: `Make key pairs ahead of time and keep them encrypted, ${backoff}, or ${increase}.`,
  reading: `Keep the answer for a while instead of asking again, ${backoff}, or ${increase}.`,
  managing: `Spread the calls over time, ${backoff}, or ${increase}.`,
  keyStore:
    'Reuse data keys, spread keys over several custom key stores, or ask AWS Support; the quota of an AWS CloudHSM key store is fixed.',
  hotKey: 'Change the state of the key once: leave out requests that change nothing, and let one place decide.',
  things: 'Delete what nobody uses any more, or request an increase in Service Quotas.',
};
