// Why a document, a certificate or a key is not taken. Faults are values: nothing in this package throws for what somebody sent.

export type FaultCode =
  /** No COSE_Sign1 of a CBOR map. */
  | 'malformed'
  /** A member of the document that is missing, too much, or breaks its rule. */
  | 'invalid member'
  /** A certificate that cannot be read, or may not do what it is used for. */
  | 'invalid certificate'
  | 'untrusted root'
  | 'not yet valid'
  | 'expired'
  | 'invalid signature'
  /** No key that an answer can be encrypted to. */
  | 'invalid public key';

export class AttestationFault {
  readonly code: FaultCode;
  /** A sentence of its own, in plain words; nothing of what was sent stands in it. */
  readonly detail: string;

  constructor(code: FaultCode, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}

export function fault(code: FaultCode, detail: string): AttestationFault {
  return new AttestationFault(code, detail);
}

/** The value, or undefined when what reads it throws: libraries throw at whatever they cannot read. */
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
