// The seed.yaml of local-kms: Keys and Aliases in its layout, as a world of ours.
// https://github.com/nsmithuk/local-kms#seeding-file-format

import { isRecord } from '../option-forms.ts';
import { checkForm } from './check.ts';
import type { KeyContent, MaterialContent, WorldContent } from './content.ts';
import { choice, list, record, text } from './node.ts';
import type { WorldProblem } from './problem.ts';

interface Metadata {
  readonly KeyId: string;
  readonly KeyUsage?: KeyContent['usage'];
  readonly Description?: string;
  readonly Origin?: 'AWS_KMS' | 'EXTERNAL';
}

interface SeededKey {
  readonly Metadata: Metadata;
  readonly BackingKeys?: readonly string[];
  readonly PrivateKeyPem?: string;
  readonly NextKeyRotation?: string;
}

interface Seeds {
  readonly Keys?: {
    readonly Symmetric?: { readonly Aes?: readonly SeededKey[] };
    readonly Asymmetric?: { readonly Rsa?: readonly SeededKey[]; readonly Ecc?: readonly SeededKey[] };
  };
  readonly Aliases?: readonly { readonly AliasName: string; readonly TargetKeyId: string }[];
}

const words = text('text');
const metadata = record<Metadata>(
  'the metadata of a key',
  {
    KeyId: words,
    KeyUsage: choice('SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'KEY_AGREEMENT'),
    Description: words,
    Origin: choice('AWS_KMS', 'EXTERNAL'),
  },
  ['KeyId'],
);
const aes = record<Omit<SeededKey, 'PrivateKeyPem'>>(
  'a key',
  {
    Metadata: metadata,
    BackingKeys: list('hexadecimal keys', text('64 hexadecimal digits', /^[\dA-Fa-f]{64}$/)),
    NextKeyRotation: words,
  },
  ['Metadata'],
);
const pair = record<Pick<SeededKey, 'Metadata' | 'PrivateKeyPem'>>(
  'a key',
  { Metadata: metadata, PrivateKeyPem: text('PEM of a private key', /-----BEGIN/) },
  ['Metadata', 'PrivateKeyPem'],
);
const seeds = record<Seeds>('seeds of local-kms', {
  Keys: record<NonNullable<Seeds['Keys']>>('an object with Symmetric and Asymmetric', {
    Symmetric: record('an object with Aes', { Aes: list('keys', aes) }),
    Asymmetric: record('an object with Rsa and Ecc', { Rsa: list('keys', pair), Ecc: list('keys', pair) }),
  }),
  Aliases: list(
    'aliases',
    record<{ AliasName: string; TargetKeyId: string }>('an alias', { AliasName: words, TargetKeyId: words }, [
      'AliasName',
      'TargetKeyId',
    ]),
  ),
});

export function isLocalKms(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name === 'Keys' || name === 'Aliases');
}

export interface Translated {
  readonly content: WorldContent;
  readonly problems: readonly WorldProblem[];
  /** Where in the file a path of the world comes from. */
  readonly origin: (path: string) => string;
}

/** The account and the Region are those that local-kms has when nobody says otherwise. */
export function fromLocalKms(value: unknown): Translated {
  const problems = checkForm(value, seeds);
  if (problems.length > 0) return { content: {}, problems, origin: (path) => path };
  const { Aliases = [], Keys = {} } = value as Seeds;
  const found = [
    ...placed('Keys.Symmetric.Aes', Keys.Symmetric?.Aes),
    ...placed('Keys.Asymmetric.Rsa', Keys.Asymmetric?.Rsa),
    ...placed('Keys.Asymmetric.Ecc', Keys.Asymmetric?.Ecc),
  ];
  const ids = new Set(found.map(({ key }) => key.Metadata.KeyId));
  const strays = Aliases.flatMap(({ TargetKeyId }, index) =>
    ids.has(TargetKeyId)
      ? []
      : [{ path: `Aliases[${index}].TargetKeyId`, problem: 'is the KeyId of no key in this file: write one that is.' }],
  );
  const keys = found.map(({ key }) =>
    keyOf(
      key,
      Aliases.filter(({ TargetKeyId }) => TargetKeyId === key.Metadata.KeyId),
    ),
  );
  const origin = (path: string): string =>
    path.replace(/^keys\[(\d+)\](?:\.\w+)*/, (_, index: string) => found[Number(index)]?.path ?? 'Keys');
  return {
    content: { account: '111122223333', region: 'eu-west-2', keys },
    problems: strays,
    origin,
  };
}

function placed(path: string, keys: readonly SeededKey[] = []): readonly { key: SeededKey; path: string }[] {
  return keys.map((key, index) => ({ key, path: `${path}[${index}]` }));
}

function keyOf(
  { BackingKeys = [], Metadata: { Description, KeyId, KeyUsage, Origin }, NextKeyRotation, PrivateKeyPem }: SeededKey,
  aliases: readonly { readonly AliasName: string }[],
): KeyContent {
  const backing = BackingKeys.map((hex): MaterialContent => ({ hex }));
  const material = PrivateKeyPem === undefined ? backing : [{ pem: PrivateKeyPem }];
  // local-kms tells the spec from the private key.
  const usage = KeyUsage ?? (PrivateKeyPem === undefined ? undefined : 'SIGN_VERIFY');
  return {
    id: KeyId,
    ...(usage !== undefined && { usage }),
    ...(Description !== undefined && { description: Description }),
    ...(Origin !== undefined && { origin: Origin }),
    // Its date cannot be chosen: it is a year from the beginning.
    ...(NextKeyRotation !== undefined && { rotationDays: 365 }),
    ...(material.length > 0 && { material }),
    ...(aliases.length > 0 && { aliases: aliases.map(({ AliasName }) => AliasName) }),
  };
}
