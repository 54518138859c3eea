// Where two sources disagree. The newer recording wins, a recording wins over a page, and the page says so.

export interface Disagreement {
  readonly about: string;
  readonly wins: string;
  readonly loses: string;
  /** Transcripts, if there are any. */
  readonly transcripts: readonly string[];
}

export const disagreements: readonly Disagreement[] = [
  {
    about: 'DescribeKey, GenerateMac and VerifyMac with a malformed key id',
    wins: "`Invalid keyId 'x'`, recorded 2023-11-07",
    loses: '`Invalid keyId x`, recorded 2023-04-13',
    transcripts: ['keys/describe-malformed-key-id', 'mac/generate-and-verify-mac-hmac-256'],
  },
  {
    about: 'RotateKeyOnDemand on a key of origin EXTERNAL',
    wins: 'KMSInvalidStateException about its material, recorded 2025-11-05 and 2025-11-19',
    loses: 'UnsupportedOperationException about its origin, recorded 2025-03-08',
    transcripts: ['rotation/rotate-external-key-without-material', 'rotation/rotate-imported-key-nothing-pending'],
  },
  {
    about: 'How often a key can be rotated on demand',
    wins: '25 times: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
    loses: '10 times, recorded 2025-04-03',
    transcripts: ['rotation/rotate-on-demand-limit-25'],
  },
  {
    about: 'The enumerations of KeySpec and KeyUsage in an error message',
    wins: 'those of the API model of today, the recorded members in their recorded order',
    loses: 'the shorter ones recorded 2023-04-13',
    transcripts: ['keys/create-hmac-key-invalid'],
  },
  {
    about: 'Which check comes first, key usage or key state',
    wins: 'the state: DisabledException for an RSA key, recorded 2025-03-08',
    loses: 'no page decides',
    transcripts: ['rotation/rotate-disabled-key'],
  },
  {
    about: 'The HTTP status of modelled errors',
    wins: '400 for every client error, in all recordings',
    loses: '404, 409 and 412 in the API model',
    transcripts: ['keys/describe-nonexistent-key'],
  },
  {
    about: 'GetKeyRotationStatus of a key of origin EXTERNAL',
    wins: 'it answers: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-compare.html, and the API reference of 2026',
    loses: 'UnsupportedOperationException: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
    transcripts: [],
  },
  {
    about: 'A key that is pending deletion: DisabledException or KMSInvalidStateException',
    wins: 'KMSInvalidStateException, asserted 2024-04-11',
    loses: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html, which leaves it open',
    transcripts: ['deletion/disabled-and-pending-deletion-keys-are-unusable'],
  },
];

export function disagreementsSection(): readonly string[] {
  const cells = ({ about, loses, transcripts, wins }: Disagreement): string =>
    `| ${[about, wins, loses, transcripts.join(', ')].join(' | ')} |`;
  return [
    '## Where sources disagree',
    '',
    'The newer recording wins, and a recording wins over a page.',
    '',
    '| about | what holds | what gives way | transcript |',
    '|---|---|---|---|',
    ...disagreements.map(cells),
  ];
}
