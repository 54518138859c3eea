// A script in the fragment of an address, which no browser sends anywhere: compressed, bounded, and read with suspicion.

import { readScript, type Script } from './script.ts';

/** What browsers, chats and mail programs carry. */
const longestFragment = 32_000;
const longestText = 200_000;
const prefix = 's=';

/** The fragment for a script, or the sentence that says why there is none. */
export async function fragmentOf(
  script: Script,
): Promise<{ readonly fragment: string } | { readonly problem: string }> {
  const packed = await through(bytesOf(JSON.stringify(script)), new CompressionStream('deflate-raw'), longestText);
  const fragment = prefix + base64url(packed ?? new Uint8Array());
  if (packed === undefined || fragment.length > longestFragment)
    return { problem: 'This is too much for an address: take out a step or shorten a policy.' };
  return { fragment };
}

/** What an address has behind its #: a script, nothing, or the sentence that says why it cannot be read. */
export async function scriptIn(hash: string): Promise<Script | { readonly problem: string } | undefined> {
  const fragment = hash.replace(/^#/, '');
  if (!fragment.startsWith(prefix)) return undefined;
  const refuse = (why: string): { problem: string } => ({
    problem: `The address has a script that cannot be opened. ${why} Here is an example instead.`,
  });
  if (fragment.length > longestFragment) return refuse('It is too long.');
  const packed = fromBase64url(fragment.slice(prefix.length));
  if (packed === undefined) return refuse('It has characters that do not belong there.');
  const bytes = await through(packed, new DecompressionStream('deflate-raw'), longestText);
  if (bytes === undefined) return refuse('It is damaged, cut off, or far too long when it is unpacked.');
  try {
    const read = readScript(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return typeof read === 'string' ? refuse(read) : read;
  } catch {
    return refuse('It is damaged.');
  }
}

interface Codec {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
}

/** Undefined for what cannot be read, and for more than `most` bytes: a bomb stops there. */
async function through(input: Uint8Array, codec: Codec, most: number): Promise<Uint8Array | undefined> {
  const reader = new Blob([Uint8Array.from(input)]).stream().pipeThrough(codec).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
      length += value.length;
      if (length > most) {
        await reader.cancel();
        return undefined;
      }
      parts.push(value);
    }
  } catch {
    return undefined;
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (octet) => String.fromCharCode(octet)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (octet) => octet.charCodeAt(0));
  } catch {
    return undefined;
  }
}
