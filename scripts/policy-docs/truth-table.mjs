// The truth table of docs/test-your-key-policy.md: every way to a permission, alone and together, as the engine decides it.

const owner = '111122223333';
const other = '444455556666';
const key = {
  arn: `arn:aws:kms:us-west-2:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  manager: 'CUSTOMER',
};
const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };

/** What the key policy says of the caller. */
const keyPolicies = [
  ['names the caller', (caller) => caller],
  ['names the account of the caller', (_caller, account) => account],
  ['says nothing of either', () => `arn:aws:iam::${owner}:user/Administrator`],
];
const yesNo = [true, false];
const denies = ['none', 'key policy', 'identity policy'];

/** Where the engine answers otherwise than the lesson, why, and who says so. */
const notes = [
  {
    about: ({ account, grant, keyPolicy }) => keyPolicy === 0 && !grant && account === owner,
    text: 'In the account of the key, a key policy that names the caller is enough by itself.',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
  },
  {
    about: ({ account, grant, keyPolicy }) => keyPolicy === 2 && grant && account === owner,
    text: 'A grant is enough by itself. It allows what the key policy and the identity policies do not speak of.',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
  },
  {
    about: ({ account, grant, keyPolicy }) => keyPolicy === 2 && grant && account === other,
    text: 'The same for a user or a role of another account. AWS does not say so in as many words; its recipe for Auto Scaling with a key of another account works that way.',
    source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  },
];

/** The 12 combinations, each asked in both accounts, and again with a Deny in the key policy and in an identity policy. */
export function truthRows({ runCase }) {
  return keyPolicies.flatMap(([text], keyPolicy) =>
    yesNo.flatMap((identity) =>
      yesNo.map((grant) => {
        const ask = (account, deny) =>
          runCase(caseOf({ account, deny, grant, identity, keyPolicy }), { key, keyPolicy: [] });
        const lesson = keyPolicy !== 2 && (identity || grant);
        const answers = [owner, other].map((account) => {
          const { decidedBy, outcome } = ask(account, 'none');
          const isOther = (outcome === 'Allow') !== lesson;
          const note = isOther ? notes.findIndex(({ about }) => about({ account, grant, identity, keyPolicy })) : -1;
          return { allowed: outcome === 'Allow', decidedBy, isOther, note };
        });
        const denied = [owner, other].flatMap((account) => denies.slice(1).map((deny) => ask(account, deny).outcome));
        return { text, identity, grant, lesson, answers, denied };
      }),
    ),
  );
}

function caseOf({ account, deny, grant, identity, keyPolicy }) {
  const caller = `arn:aws:iam::${account}:role/App`;
  const [, principalOf] = keyPolicies[keyPolicy];
  const no = { ...decrypt, Effect: 'Deny' };
  return {
    id: 'truth',
    expect: 'allow',
    env: {
      keyPolicy: [
        { ...decrypt, Principal: { AWS: principalOf(caller, account) } },
        ...(deny === 'key policy' ? [{ ...no, Principal: { AWS: caller } }] : []),
      ],
      identity: [...(identity ? [[decrypt]] : []), ...(deny === 'identity policy' ? [[no]] : [])],
      grants: grant ? [{ id: 'g', GranteePrincipal: caller, Operations: ['Decrypt'] }] : [],
    },
    request: { principal: caller, checks: [['kms:Decrypt', key.arn]] },
  };
}

export function truthTable(authz) {
  const rows = truthRows(authz).map(({ answers, denied, grant, identity, lesson, text }) => {
    const cells = answers.map(({ allowed, decidedBy, note }) => {
      const by = decidedBy === undefined ? '' : `, by the ${decidedBy.replace(/ ".*/, '')}`;
      return `${allowed ? 'allowed' : 'denied'}${by}${note < 0 ? '' : ` (${note + 1})`}`;
    });
    const withDeny = denied.every((outcome) => outcome === 'ExplicitDeny') ? 'denied' : [...new Set(denied)].join(', ');
    return [text, identity ? 'allows' : '-', grant ? 'allows' : '-', lesson ? 'allowed' : 'denied', ...cells, withDeny];
  });
  const lines = notes.map(({ source, text }, index) => `${index + 1}. ${text} <${source}>`);
  return [
    '| the key policy | identity policy | grant | "key policy and (IAM or grant)" | caller of the same account | caller of another account | each with a Deny |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    'The numbers mark where the service answers otherwise than the lesson:',
    '',
    ...lines,
  ].join('\n');
}
