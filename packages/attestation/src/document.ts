// The payload of an attestation document: its members and the rule of each.
// Enclaves: https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md section 3.2.2
// Instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/nitrotpm-attestation-document-validate.html

import { type Cbor, readCbor, writeCbor } from './cbor.ts';
import { type AttestationFault, fault } from './fault.ts';

export type DocumentKind = 'enclave' | 'nitrotpm';

export interface AttestationDocument {
  readonly kind: DocumentKind;
  readonly moduleId: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Platform configuration registers by their number. One that is not locked is not there. */
  readonly pcrs: ReadonlyMap<number, Uint8Array>;
  /** The certificate whose key signs, as DER. */
  readonly certificate: Uint8Array;
  /** The certificates of those who vouch for it: the root first. */
  readonly caBundle: readonly Uint8Array[];
  /** SubjectPublicKeyInfo of the recipient. */
  readonly publicKey: Uint8Array | undefined;
  readonly userData: Uint8Array | undefined;
  readonly nonce: Uint8Array | undefined;
}

interface Rule {
  readonly isOptional?: true;
  /** Completes "module_id is not ...". */
  readonly text: string;
  allows(value: Cbor | undefined): boolean;
}

function bytes(least: number, most: number): Rule {
  return {
    text: `${least} to ${most} bytes`,
    allows: (value) => value instanceof Uint8Array && value.length >= least && value.length <= most,
  };
}

function optional(rule: Rule): Rule {
  return { ...rule, isOptional: true };
}

const certificate = bytes(1, 1024);
const pcrLengths = [32, 48, 64];

function registers(highest: number): Rule {
  const isIndex = (index: Cbor): boolean => typeof index === 'number' && index >= 0 && index <= highest;
  return {
    text: `1 to ${highest + 1} registers, numbered 0 to ${highest}, of 32, 48 or 64 bytes`,
    allows: (value) =>
      value instanceof Map &&
      value.size > 0 &&
      [...value].every(
        ([index, pcr]) => isIndex(index) && pcr instanceof Uint8Array && pcrLengths.includes(pcr.length),
      ),
  };
}

const common: Readonly<Record<string, Rule>> = {
  module_id: { text: 'a text', allows: (value) => typeof value === 'string' && value !== '' },
  digest: { text: 'SHA384', allows: (value) => value === 'SHA384' },
  timestamp: { text: 'an instant', allows: (value) => typeof value === 'number' && value > 0 },
  certificate,
  cabundle: {
    text: 'a list of certificates',
    allows: (value) => Array.isArray(value) && value.length > 0 && value.every((item) => certificate.allows(item)),
  },
  public_key: optional(bytes(1, 1024)),
};

// The document of an instance has its registers under another name, and the 24 of a TPM.
const enclaveRules = {
  ...common,
  pcrs: registers(31),
  user_data: optional(bytes(0, 512)),
  nonce: optional(bytes(0, 512)),
};
const nitroTpmRules = {
  ...common,
  nitrotpm_pcrs: registers(23),
  user_data: optional(bytes(0, 1024)),
  nonce: optional(bytes(0, 1024)),
};

const forms: Readonly<
  Record<DocumentKind, { readonly registers: string; readonly rules: Readonly<Record<string, Rule>> }>
> = {
  enclave: { registers: 'pcrs', rules: enclaveRules },
  nitrotpm: { registers: 'nitrotpm_pcrs', rules: nitroTpmRules },
};

/** The security module writes null for an optional member that nobody gave, whatever its documentation says. */
export function readDocument(payload: Uint8Array): AttestationDocument | AttestationFault {
  const map = readCbor(payload);
  if (!(map instanceof Map)) return fault('malformed', 'The payload is no CBOR map.');
  const members = map as ReadonlyMap<Cbor, Cbor>;
  const kind: DocumentKind = members.has(forms.nitrotpm.registers) ? 'nitrotpm' : 'enclave';
  const { registers, rules } = forms[kind];
  for (const name of members.keys())
    if (typeof name !== 'string' || !Object.hasOwn(rules, name))
      return fault('invalid member', 'The document has a member that none has.');
  for (const [name, { allows, isOptional, text }] of Object.entries(rules)) {
    const value = members.get(name);
    if (isOptional && (value === undefined || value === null)) continue;
    if (!allows(value)) return fault('invalid member', `${name} is not ${text}.`);
  }
  const get = <Value>(name: string): Value => (members.get(name) ?? undefined) as Value;
  return {
    kind,
    moduleId: get('module_id'),
    timestamp: get('timestamp'),
    pcrs: get(registers),
    certificate: get('certificate'),
    caBundle: get('cabundle'),
    publicKey: get('public_key'),
    userData: get('user_data'),
    nonce: get('nonce'),
  };
}

/** The members in the order of the security module. */
export function writeDocument(document: AttestationDocument): Uint8Array {
  return writeCbor(
    new Map<Cbor, Cbor>([
      ['module_id', document.moduleId],
      ['digest', 'SHA384'],
      ['timestamp', document.timestamp],
      [forms[document.kind].registers, document.pcrs],
      ['certificate', document.certificate],
      ['cabundle', document.caBundle],
      ['public_key', document.publicKey ?? null],
      ['user_data', document.userData ?? null],
      ['nonce', document.nonce ?? null],
    ]),
  );
}
