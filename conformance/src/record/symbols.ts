// Values of one run as symbols that hold in every run: account, Regions, words, and whatever KMS minted on the way.

import type { Json } from '../transcript.ts';

export interface Place {
  readonly account: string;
  readonly callerArn?: string | undefined;
  /** In the order of the transcript. */
  readonly regions: readonly string[];
  /** More texts that have a name: `uid1` and its value. */
  readonly words?: Readonly<Record<string, string>>;
}

export interface Symbols {
  /** Remembers where a value was seen first. */
  learn(value: string, reference: string): void;
  /** Where the value was seen first. */
  referenceOf(value: string): string | undefined;
  /** Remembers the form that the scenario itself has for some bytes, in base64. */
  learnForm(bytes: string, form: Json): void;
  formOf(bytes: string): Json | undefined;
  /** The text with every known part as a symbol. */
  write(text: string): Json;
}

// The accounts that stand for anybody's in the documentation of AWS.
const strangers: readonly string[] = ['111122223333', '444455556666', '777788889999', '123456789012'];

// In an ARN, in JSON text, or alone: not inside a UUID or a longer number.
const accountId = String.raw`(?<=^|[:"])\d{12}(?=$|[:"])`;
const longestPart = 128;

export function createSymbols({ account, callerArn, regions, words = {} }: Place): Symbols {
  const known = new Map<string, string>();
  const fixed = new Map<string, string>();
  const others = new Map<string, string>();
  const forms = new Map<string, Json>();
  if (callerArn !== undefined) fixed.set(callerArn, 'callerArn');
  for (const [name, word] of Object.entries(words)) fixed.set(word, name);
  for (const [at, region] of regions.entries()) fixed.set(region, at === 0 ? 'region' : `region${at + 1}`);

  // Longest first: an ARN before the id inside it. Blobs and tokens stand alone, never inside a text.
  const parts = (): RegExp => {
    const texts = [...fixed.keys(), ...known.keys()].filter((text) => text.length <= longestPart);
    texts.sort((a, b) => b.length - a.length);
    return new RegExp([...texts.map(quote), accountId, String.raw`\$(?=\{)`].join('|'), 'g');
  };

  const symbol = (part: string): string => {
    if (part === '$') return '${dollar}';
    const name = part === account ? 'account' : (fixed.get(part) ?? known.get(part));
    return name === undefined ? stranger(part) : `\${${name}}`;
  };

  // An account that is nobody of this run must not be told either.
  const stranger = (id: string): string => {
    const given = others.get(id) ?? strangers[others.size % strangers.length] ?? id;
    others.set(id, given);
    return given;
  };

  return {
    learn: (value, reference) => {
      if (!known.has(value)) known.set(value, reference);
    },
    referenceOf: (value) => known.get(value),
    learnForm: (bytes, form) => void forms.set(bytes, form),
    formOf: (bytes) => forms.get(bytes),
    write: (text) => {
      const reference = known.get(text);
      if (reference !== undefined) return { $ref: reference };
      const template = text.replaceAll(parts(), symbol);
      return template.includes('${') ? { $template: template } : template;
    },
  };
}

function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
