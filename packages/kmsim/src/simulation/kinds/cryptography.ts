// Commands that encrypt, decrypt, authenticate and sign. What they make is kept: it must stay good.

import type { Command } from '../command.ts';
import type { MadeText } from '../ledger.ts';
import { addressOf, arnOf, type Kind, type Scene } from '../scene.ts';

const utf8 = new TextEncoder();

function contextOf(choice: number): Readonly<Record<string, string>> {
  return choice % 2 === 0 ? {} : { tenant: `${choice % 5}` };
}

function keep(
  { ledger }: Scene,
  { n }: Command,
  text: { readonly [M in keyof MadeText]: MadeText[M] | undefined },
): void {
  const { blob, context, key, plaintext } = text;
  if (blob === undefined || plaintext === undefined || key === undefined || context === undefined) return;
  ledger.texts.set(n, { key, blob, plaintext, context });
}

async function encrypt(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0, n } = command;
  const plaintext = utf8.encode(`text ${n}`);
  const context = contextOf(choice);
  const input = { KeyId: arnOf(to.key, to.region), Plaintext: plaintext, EncryptionContext: context };
  const answer = await scene.ask('Encrypt', input, to);
  keep(scene, command, { key: to.key.id, blob: answer?.CiphertextBlob, plaintext, context });
}

async function generateDataKey(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const context = contextOf(command.choice ?? 0);
  const input = { KeyId: arnOf(to.key, to.region), KeySpec: 'AES_256', EncryptionContext: context } as const;
  const answer = await scene.ask('GenerateDataKey', input, to);
  keep(scene, command, { key: to.key.id, blob: answer?.CiphertextBlob, plaintext: answer?.Plaintext, context });
}

async function decrypt(scene: Scene, command: Command): Promise<void> {
  const text = scene.ledger.texts.get(command.of ?? -1);
  const to = text && addressOf(scene, command, scene.ledger.key(text.key));
  if (text === undefined || to === undefined) return;
  const named = (command.choice ?? 0) % 3 === 0 ? { KeyId: arnOf(to.key, to.region) } : {};
  await scene.ask('Decrypt', { CiphertextBlob: text.blob, EncryptionContext: text.context, ...named }, to);
}

async function reEncrypt(scene: Scene, command: Command): Promise<void> {
  const text = scene.ledger.texts.get(command.of ?? -1);
  const to = text && addressOf(scene, command, scene.ledger.key(text.key));
  if (text === undefined || to === undefined) return;
  const context = contextOf(command.choice ?? 0);
  const answer = await scene.ask(
    'ReEncrypt',
    {
      CiphertextBlob: text.blob,
      SourceEncryptionContext: text.context,
      DestinationKeyId: arnOf(to.key, to.region),
      DestinationEncryptionContext: context,
    },
    to,
  );
  keep(scene, command, { key: to.key.id, blob: answer?.CiphertextBlob, plaintext: text.plaintext, context });
}

async function authenticate(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const message = utf8.encode(`message ${command.n}`);
  const KeyId = arnOf(to.key, to.region);
  const { account, id: key, spec } = to.key;
  const isEcc = spec === 'ECC_NIST_P256';
  const mac = isEcc
    ? (await scene.ask('Sign', { KeyId, Message: message, SigningAlgorithm: 'ECDSA_SHA_256' }, to))?.Signature
    : (await scene.ask('GenerateMac', { KeyId, Message: message, MacAlgorithm: 'HMAC_SHA_256' }, to))?.Mac;
  const algorithm = isEcc ? 'ECDSA_SHA_256' : 'HMAC_SHA_256';
  if (mac !== undefined) scene.ledger.tags.set(command.n, { key, account, message, mac, algorithm });
}

export const cryptographyKinds: Readonly<Record<string, Kind>> = {
  encrypt: { weight: 14, needs: 'symmetric key', makes: ['ciphertext'], act: encrypt },
  generateDataKey: { weight: 3, needs: 'symmetric key', makes: ['ciphertext'], act: generateDataKey },
  decrypt: { weight: 8, needs: 'ciphertext', act: decrypt },
  reEncrypt: { weight: 2, needs: 'ciphertext', makes: ['ciphertext'], act: reEncrypt },
  authenticate: { weight: 3, needs: 'signing key', makes: ['tag'], act: authenticate },
};
