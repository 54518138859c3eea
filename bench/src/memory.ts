// What things take in memory for as long as they are there, and whether the heap stays as it is while calls come and go.

import { createKmsim, type Kmsim, type KmsimOptions, type KmsMethods } from 'kmsim';
import { nth, seed } from './keys.ts';
import { thousands } from './report.ts';
import { single } from './statistics.ts';
import type { Effort, Row, Suite, Table } from './suite.ts';
import { usedBytes } from './used-bytes.ts';

export const memory: Suite = {
  name: 'memory',
  about:
    'Bytes that a key, an alias, a grant and an event take, and the heap while calls come and go. After a collection.',
  // A collection is asked for.
  nodeFlags: ['--expose-gc'],
  run: async (effort) => [await holdings(effort), await passing(effort)],
};

interface Bench {
  readonly sim: Kmsim;
  readonly kms: KmsMethods;
  /** Made before anything is measured: of those that are counted, and of those that only compile the code. */
  readonly keys: readonly string[];
}

/** Something that takes memory. */
interface Holding {
  readonly name: string;
  /** Keys that are there before. */
  readonly keys?: (kms: KmsMethods) => Promise<string>;
  readonly add: (bench: Bench, n: number) => Promise<unknown>;
  /** Key pairs take time to grow: fewer of them. */
  readonly share?: number;
  readonly options?: KmsimOptions;
}

type Spec = NonNullable<Parameters<KmsMethods['createKey']>[0]>;

function creation(spec: Spec): (kms: KmsMethods) => Promise<string> {
  return async (kms) => (await kms.createKey(spec)).KeyMetadata?.KeyId ?? '';
}

const Message: Uint8Array = new Uint8Array(32).fill(1);
const symmetric = creation({});
const hmac = creation({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
const curve = creation({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
const rsa = creation({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
const grantee = 'arn:aws:iam::000000000000:role/App';

// A trail keeps events, and is measured by itself: the rest goes without one.
const everything: readonly Holding[] = [
  { name: 'a symmetric key', add: ({ kms }) => symmetric(kms) },
  {
    name: '- its first Encrypt',
    keys: symmetric,
    add: ({ keys, kms }, n) => kms.encrypt({ KeyId: nth(keys, n), Plaintext: Message }),
  },
  {
    name: '- an alias of it',
    keys: symmetric,
    add: ({ keys, kms }, n) => kms.createAlias({ AliasName: `alias/memory-${n}`, TargetKeyId: nth(keys, n) }),
  },
  {
    name: '- a grant on it',
    keys: symmetric,
    add: ({ keys, kms }, n) =>
      kms.createGrant({ KeyId: nth(keys, n), GranteePrincipal: grantee, Operations: ['Encrypt'] }),
  },
  { name: 'an HMAC_256 key', add: ({ kms }) => hmac(kms) },
  {
    name: '- its first GenerateMac',
    keys: hmac,
    add: ({ keys, kms }, n) => kms.generateMac({ KeyId: nth(keys, n), MacAlgorithm: 'HMAC_SHA_256', Message }),
  },
  { name: 'an ECC_NIST_P256 key', add: ({ kms }) => curve(kms) },
  {
    name: '- its first Sign',
    keys: curve,
    add: ({ keys, kms }, n) => kms.sign({ KeyId: nth(keys, n), SigningAlgorithm: 'ECDSA_SHA_256', Message }),
    share: 0.05,
  },
  { name: 'an RSA_2048 key', add: ({ kms }) => rsa(kms) },
  {
    name: '- its first Sign',
    keys: rsa,
    add: ({ keys, kms }, n) => kms.sign({ KeyId: nth(keys, n), SigningAlgorithm: 'RSASSA_PSS_SHA_256', Message }),
    share: 0.005,
  },
  {
    name: 'an event of DescribeKey in the trail',
    keys: symmetric,
    add: ({ keys, kms }) => kms.describeKey({ KeyId: nth(keys, 0) }),
    options: {},
  },
];

async function holdings({ createCounts }: Effort): Promise<Table> {
  const most = nth(createCounts, 1);
  const rows: Row[] = [];
  for (const { share = 1, ...holding } of everything) {
    const count = Math.max(2, Math.round(most * share));
    // What the first ones compile and keep is not theirs.
    await added(holding, Math.min(count, 1000));
    rows.push({
      name: `${holding.name}`,
      figures: { 'bytes each': single('bytes', await added(holding, count)) },
    });
  }
  return { title: 'What is there', rows };
}

/** What each of so many takes. */
async function added(
  { add, keys, options = { trail: 'off' } }: Omit<Holding, 'share'>,
  count: number,
): Promise<number> {
  const sim = createKmsim({ seed, ...options });
  const kms = sim.as();
  const there: string[] = [];
  if (keys !== undefined) for (let n = 0; n < count; n++) there.push(await keys(kms));
  const bench = { sim, kms, keys: there };
  const before = usedBytes();
  for (let n = 0; n < count; n++) await add(bench, n);
  const bytes = usedBytes() - before;
  bench.sim.close();
  return bytes / count;
}

type Calling = (kms: KmsMethods, keyId: string) => Promise<unknown>;

const callings: Readonly<Record<string, Calling>> = {
  'Encrypt, 32 B': (kms, KeyId) => kms.encrypt({ KeyId, Plaintext: Message }),
  DescribeKey: (kms, KeyId) => kms.describeKey({ KeyId }),
  'Encrypt, refused': (kms, KeyId) => kms.encrypt({ KeyId: `${KeyId}0`, Plaintext: Message }).catch(() => undefined),
};

const looks = 10;

/** With everything on that a simulation comes with; the trail full from the start. */
async function passing({ eventCounts }: Effort): Promise<Table> {
  const count = eventCounts.at(-1) ?? 0;
  const keep = Math.max(1, Math.round(count / 100));
  const rows: Row[] = [];
  for (const [name, call] of Object.entries(callings)) {
    const kms = createKmsim({ seed, trail: { keep } }).as();
    const keyId = await symmetric(kms);
    const some = async (): Promise<void> => {
      for (let n = 0; n < count / looks; n++) await call(kms, keyId);
    };
    await some();
    const used = [usedBytes()];
    for (let look = 1; look <= looks; look++) {
      await some();
      used.push(usedBytes());
    }
    rows.push({
      name: `${thousands(String(count))} calls of ${name}`,
      figures: {
        'heap before': single('bytes', used[0] ?? 0),
        'heap after': single('bytes', used.at(-1) ?? 0),
        'most between': single('bytes', Math.max(...used)),
        'growth a call': single('bytes', Math.round(slope(used) / (count / looks)) + 0),
      },
    });
  }
  return { title: `Calls come and go, the newest ${thousands(String(keep))} events kept`, rows };
}

/** Of the straight line that fits best (least squares): one collection that came late bends it little. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  let [rise, run] = [0, 0];
  values.forEach((value, at) => {
    rise += (at - middle) * value;
    run += (at - middle) ** 2;
  });
  return rise / run;
}
