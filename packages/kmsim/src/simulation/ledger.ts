// What a run has made so far, by the number of the command that made it.

export interface MadeKey {
  readonly id: string;
  readonly account: string;
  /** Where it was created. */
  readonly region: string;
  readonly spec: string;
  readonly multiRegion: boolean;
  readonly external: boolean;
}

export interface MadeText {
  readonly key: string;
  readonly blob: Uint8Array;
  readonly plaintext: Uint8Array;
  readonly context: Readonly<Record<string, string>>;
}

/** A MAC or a signature. */
export interface MadeTag {
  readonly key: string;
  readonly account: string;
  readonly message: Uint8Array;
  readonly mac: Uint8Array;
  readonly algorithm: 'HMAC_SHA_256' | 'ECDSA_SHA_256';
}

export interface MadeGrant {
  readonly id: string;
  readonly token: string;
  readonly key: MadeKey;
  readonly region: string;
}

/** A key that is to be deleted in a Region. */
export interface DoomedKey {
  readonly key: MadeKey;
  readonly region: string;
}

export interface MadeAlias {
  readonly name: string;
  readonly key: MadeKey;
  readonly region: string;
}

interface WrappingKey {
  readonly token: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly validTo: number;
}

export class Ledger {
  readonly keys: Map<number, MadeKey> = new Map();
  readonly texts: Map<number, MadeText> = new Map();
  readonly tags: Map<number, MadeTag> = new Map();
  readonly grants: Map<number, MadeGrant> = new Map();
  readonly doomed: Map<number, DoomedKey> = new Map();
  readonly aliases: Map<number, MadeAlias> = new Map();
  /** By key ARN: good for a day of imports. */
  readonly wrappingKeys: Map<string, WrappingKey> = new Map();

  textsOf(keyId: string): readonly MadeText[] {
    return [...this.texts.values()].filter(({ key }) => key === keyId);
  }

  tagsOf(keyId: string): readonly MadeTag[] {
    return [...this.tags.values()].filter(({ key }) => key === keyId);
  }

  key(id: string): MadeKey | undefined {
    return [...this.keys.values()].find((key) => key.id === id);
  }
}
