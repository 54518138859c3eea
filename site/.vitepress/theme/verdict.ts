// The picture on the home page: a denied request, explained. Lines of what the command below it prints; a test compares.

export interface VerdictLine {
  readonly text: string;
  readonly tone?: 'denied' | 'reason' | 'remedy';
}

export const verdict: readonly VerdictLine[] = [
  { text: 'ImplicitDeny: no identity policy statement allows it', tone: 'denied' },
  { text: '  caller    arn:aws:iam::000000000000:role/Billing' },
  { text: '  action    kms:Decrypt' },
  { text: 'the key policy leaves it to identity policies' },
  { text: 'key policy "default"' },
  { text: '  [0] "Owner" Allow: matches, by the account' },
  { text: '  [1] "OnlyItsTenant" Allow: Condition does not match', tone: 'reason' },
  { text: '      StringEquals of kms:EncryptionContext:tenant', tone: 'reason' },
  { text: '      asked    umbrella', tone: 'reason' },
  { text: '      written  acme', tone: 'reason' },
  {
    text: '-> either call it so that statement [1] of key policy "default" holds: StringEquals of kms:EncryptionContext:tenant: acme',
    tone: 'remedy',
  },
  {
    text: '   or add to an identity policy of arn:aws:iam::000000000000:role/Billing: {"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000"}',
    tone: 'remedy',
  },
];
