// CiphertextForRecipient: CMS EnvelopedData to the key of a document. RFC 5652 sections 3 and 6, RFC 3560 (RSAES-OAEP in CMS).
// In BER, as the real service writes it: indefinite lengths outside, the content in pieces.

import { cbc } from '@noble/ciphers/aes.js';
import {
  CMSVersion,
  ContentEncryptionAlgorithmIdentifier,
  id_data,
  id_envelopedData,
  KeyEncryptionAlgorithmIdentifier,
  KeyTransRecipientInfo,
  RecipientIdentifier,
  RecipientInfo,
  RecipientInfos,
} from '@peculiar/asn1-cms';
import { id_mgf1, id_RSAES_OAEP, RsaEsOaepParams, sha256 } from '@peculiar/asn1-rsa';
import { AsnConvert, AsnIntegerConverter, AsnObjectIdentifierConverter, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, SubjectKeyIdentifier } from '@peculiar/asn1-x509';
import { indefinite } from './der.ts';
import { encryptOaep } from './oaep.ts';
import type { RecipientKey } from './recipient-key.ts';

const keyLength = 32;
const ivLength = 16;
const seedLength = 32;

/** Random bytes an answer takes: the key and the IV of its content, and the seed that hides the key. */
export const answerRandomLength: number = keyLength + ivLength + seedLength;

/** NIST: id-aes256-CBC. https://csrc.nist.gov/projects/computer-security-objects-register/algorithm-registration */
export const aes256Cbc = '2.16.840.1.101.3.4.1.42';
const pieceLength = 1000;

// X.690 section 8.1.2: SEQUENCE, and the constructed forms of [0].
const sequence = 0x30;
const context0 = 0xa0;

const contentType = der(AsnObjectIdentifierConverter.toASN(id_envelopedData));
const dataType = der(AsnObjectIdentifierConverter.toASN(id_data));
const version = der(AsnIntegerConverter.toASN(CMSVersion.v2));
const oaep = new KeyEncryptionAlgorithmIdentifier({
  algorithm: id_RSAES_OAEP,
  parameters: AsnConvert.serialize(
    new RsaEsOaepParams({
      hashAlgorithm: sha256,
      maskGenAlgorithm: new AlgorithmIdentifier({ algorithm: id_mgf1, parameters: AsnConvert.serialize(sha256) }),
    }),
  ),
});

/** The plaintext for the one who has the private key. `random` is 80 bytes nobody else has. */
export function sealAnswer(key: RecipientKey, plaintext: Uint8Array, random: Uint8Array): Uint8Array {
  // Fewer bytes would be zeros somewhere, and an answer anybody could open.
  if (random.length < answerRandomLength) throw new RangeError(`An answer takes ${answerRandomLength} random bytes.`);
  const contentKey = random.slice(0, keyLength);
  const iv = random.slice(keyLength, keyLength + ivLength);
  const encryptedKey = encryptOaep(key, contentKey, random.subarray(keyLength + ivLength, answerRandomLength));
  const content = cbc(contentKey, iv).encrypt(plaintext);
  contentKey.fill(0);
  const encryption = new ContentEncryptionAlgorithmIdentifier({ algorithm: aes256Cbc, parameters: octets(iv) });
  return indefinite(
    sequence,
    contentType,
    indefinite(
      context0,
      indefinite(
        sequence,
        version,
        recipients(key, encryptedKey),
        indefinite(sequence, dataType, der(encryption), indefinite(context0, ...pieces(content))),
      ),
    ),
  );
}

// Version 2, because the key is named by an identifier of its own: RFC 5652 section 6.2.1.
function recipients(key: RecipientKey, encryptedKey: Uint8Array): Uint8Array {
  const ktri = new KeyTransRecipientInfo({
    version: CMSVersion.v2,
    rid: new RecipientIdentifier({ subjectKeyIdentifier: new SubjectKeyIdentifier(key.identifier) }),
    keyEncryptionAlgorithm: oaep,
    encryptedKey: new OctetString(encryptedKey),
  });
  return der(new RecipientInfos([new RecipientInfo({ ktri })]));
}

function pieces(content: Uint8Array): readonly Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += pieceLength)
    all.push(new Uint8Array(octets(content.subarray(at, at + pieceLength))));
  return all;
}

function octets(content: Uint8Array): ArrayBuffer {
  return AsnConvert.serialize(new OctetString(content));
}

function der(value: unknown): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value));
}
