// ImportKeyMaterial: https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html

import { type ImportClaims, type ImportFault, keySpecs } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { loaded } from '../loading.ts';
import { requireNotReplica } from '../multi-region/require-primary.ts';
import type { Call, Operation } from '../operation.ts';
import { everyMaterial, lacksMaterial, withFirst, withImported, withPending } from '../state/imported-material.ts';
import { partitionOf } from '../state/names.ts';
import type { Imported, Instant, KeyRecord } from '../state/records.ts';
import { dayMs } from '../state/rotation.ts';
import { fitsLength } from '../tables/import-wrapping.ts';
import { requireExternal, withImportSeal } from './get-parameters-for-import.ts';

type ImportCall = Call<'ImportKeyMaterial'>;

/** "The maximum is 365 days from the request date." */
const longestMs = 365 * dayMs;

export const importKeyMaterial: Operation<'ImportKeyMaterial', KeyRecord> = {
  enter: (call) => {
    requireExpiration(call);
    return enterKey(call);
  },
  requireType: (call, key) => {
    const { input } = call;
    requireExternal(key);
    // Words of our own: only the rules are documented.
    for (const member of ['ImportType', 'KeyMaterialDescription', 'KeyMaterialId'] as const) {
      if (input[member] !== undefined && keySpecs[key.spec].family !== 'symmetric')
        fail('ValidationException', `${member} is valid only for symmetric encryption KMS keys.`);
    }
    if (input.KeyMaterialId !== undefined && input.ImportType === 'NEW_KEY_MATERIAL')
      fail('ValidationException', 'KeyMaterialId is not valid with ImportType NEW_KEY_MATERIAL.');
    // New material comes to the primary first.
    if (input.ImportType === 'NEW_KEY_MATERIAL') requireNotReplica(call, key);
  },
  run: (call, key) => {
    const claims = readToken(call, key);
    const id = takeIn(call, key, claims);
    const associated = associate(call, key, id);
    // "When this operation is successful, the state of the KMS key changes to Enabled": also of a key that was disabled before its material went away.
    const arrives = lacksMaterial(key) && !lacksMaterial(associated);
    call.setKey(arrives ? { ...associated, enabled: true } : associated);
    return { KeyId: key.arn, KeyMaterialId: id };
  },
};

function requireExpiration({ input, now }: ImportCall): void {
  const { ExpirationModel = 'KEY_MATERIAL_EXPIRES', ValidTo } = input;
  if (ExpirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE') {
    if (ValidTo !== undefined)
      fail(
        'ValidationException',
        'A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE',
      );
    return;
  }
  // Recording import-key-symmetric.
  if (ValidTo === undefined)
    fail('ValidationException', 'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
  const at = ValidTo.getTime();
  if (at <= now) fail('ValidationException', 'The validTo date must be in the future.');
  if (at > now + longestMs) fail('ValidationException', 'The validTo date must be at most 365 days from now.');
}

function readToken(call: ImportCall, key: KeyRecord): ImportClaims {
  const claims = withImportSeal(call, (seal) => call.kms.vault.imports.read(seal, call.input.ImportToken));
  if (claims === undefined || claims.keyArn !== key.arn)
    fail('InvalidImportTokenException', 'The import token is invalid or belongs to another KMS key.');
  if (claims.validTo <= call.now) fail('ExpiredImportTokenException', 'The import token has expired.');
  return claims;
}

/** The material goes into the vault; its id follows from the key and the bytes. */
function takeIn(call: ImportCall, key: KeyRecord, claims: ImportClaims): string {
  const { EncryptedKeyMaterial, ImportToken } = call.input;
  const { imports } = call.kms.vault;
  const fits = (length: number): boolean => fitsLength(key.spec, partitionOf(key.region), length);
  const material = loaded(
    withImportSeal(call, (seal) => imports.unwrap(seal, ImportToken, claims, key.spec, EncryptedKeyMaterial, fits)),
  );
  if (typeof material === 'string') return refuse(material);
  return call.page.createMaterial(key.id, material);
}

function refuse(fault: ImportFault): never {
  // No message, like every other ciphertext that does not open.
  if (fault === 'not unwrapped') fail('InvalidCiphertextException');
  return fail('IncorrectKeyMaterialException', 'The key material is not valid for the key spec of the KMS key.');
}

/** The key with the material in its place. */
function associate(call: ImportCall, key: KeyRecord, id: string): KeyRecord {
  const { ImportType, KeyMaterialId } = call.input;
  if (KeyMaterialId !== undefined && KeyMaterialId !== id) refuseOther();
  const known = everyMaterial(key).find((one) => one.id === id);
  const imported: Imported = { isHere: true, ...description(call, known?.imported), expiresAt: expiresAt(call) };
  const isFirst = key.materials.length === 0;
  // Who names material means some that the key has had.
  const type = ImportType ?? (isFirst && KeyMaterialId === undefined ? 'NEW_KEY_MATERIAL' : 'EXISTING_KEY_MATERIAL');
  if (type === 'EXISTING_KEY_MATERIAL') return known === undefined ? refuseOther() : withImported(key, id, imported);
  if (isFirst) return withFirst(key, id, imported);
  const { pendingMaterial } = key;
  if (pendingMaterial !== undefined && pendingMaterial.id !== id && known === undefined) {
    // Recording import-while-material-pending.
    fail(
      'KMSInvalidStateException',
      `New key material (id: ${id}) cannot be imported into KMS key ${key.arn}, because another key material (id: ${pendingMaterial.id}) is pending rotation.`,
    );
  }
  if (pendingMaterial?.id === id) return withImported(key, id, imported);
  if (known !== undefined)
    fail('IncorrectKeyMaterialException', 'The key material is already associated with the KMS key.');
  return withPending(key, id, imported);
}

function refuseOther(): never {
  return fail(
    'IncorrectKeyMaterialException',
    'The key material is not the key material that was previously imported into the KMS key.',
  );
}

/** Left out, the old one stays. */
function description(call: ImportCall, before: Imported | undefined): Pick<Imported, 'description'> {
  const text = call.input.KeyMaterialDescription ?? before?.description;
  return text === undefined ? {} : { description: text };
}

function expiresAt({ input }: ImportCall): Instant | undefined {
  return input.ExpirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE' ? undefined : input.ValidTo?.getTime();
}
