// How a signing algorithm takes a message: in one form for each MessageType that it knows.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html (MessageType)

export type MessageType = 'RAW' | 'DIGEST' | 'EXTERNAL_MU';

export interface MessageForm<Key> {
  /** Bytes such a message has; absent: any number. */
  readonly length?: number;
  sign(key: Key, message: Uint8Array, random: Uint8Array): Uint8Array;
  verify(key: Key, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface Signing<Key> {
  /** Random bytes a signature takes; the signatures of most algorithms follow from key and message. */
  readonly randomLength: number;
  readonly forms: Readonly<Partial<Record<MessageType, MessageForm<Key>>>>;
}
