// Bugs to be planted in an engine, each as somebody might make it, and the invariants that may tell of it.

import { type Kms, KmsError, Visit } from '@kmsim/kms';

type AnyRecord = NonNullable<ReturnType<Kms['state']['get']>>;
type Delivery = Extract<AnyRecord, { readonly dueAt: number }>;
type KeyRecord = Extract<AnyRecord, { readonly materials: unknown }>;
type Sync = Extract<Delivery['message'], { readonly kind: 'sync' }>;

/** Another message in the place of the one that arrives. */
function onDelivery(instead: (delivery: Delivery, message: Sync, kms: Kms) => Sync | undefined): (kms: Kms) => void {
  return (kms) => {
    const get = kms.state.get.bind(kms.state) as (table: string, key: string) => unknown;
    kms.state.get = ((table: string, key: string) => {
      const record = get(table, key);
      if (table !== 'deliveries' || record === undefined) return record;
      const delivery = record as Delivery;
      const message = delivery.message.kind === 'sync' ? instead(delivery, delivery.message, kms) : undefined;
      return message === undefined ? delivery : { ...delivery, version: message.version, message };
    }) as typeof kms.state.get;
  };
}

/** Another record in the place of the one that is written; none where undefined. */
function onWrite(table: string, instead: (record: object, before: object | undefined) => object | undefined) {
  return (kms: Kms): void => {
    const set = kms.state.set.bind(kms.state) as (table: string, key: string, record: unknown) => void;
    kms.state.set = ((into: string, key: string, record: object | undefined) => {
      const before = kms.state.get(table as 'keys', key);
      set(into, key, into === table && record !== undefined ? instead(record, before) : record);
    }) as typeof kms.state.set;
  };
}

const knownVersion = (kms: Kms, { keyId, to }: Delivery): number =>
  kms.state.keyById(to, keyId)?.replicas?.version ?? 0;

/** A replica takes note of the version of every fifth message, and not of what is in it. */
function lostUpdate(): (kms: Kms) => void {
  let turn = 0;
  return onWrite('keys', (record, was) => {
    const [after, before] = [record as KeyRecord, was as KeyRecord | undefined];
    const isNews = (before?.replicas?.version ?? Number.POSITIVE_INFINITY) < (after.replicas?.version ?? 0);
    if (before === undefined || !isNews || after.replicas?.primary === after.region || turn++ % 5 !== 0) return after;
    const { currentMaterial, materials, rotating, rotation } = before;
    return { ...after, currentMaterial, materials, rotating, rotation };
  });
}

/** Who is named as primary takes the role, however old the message is. */
const stalePromotion = onDelivery((delivery, message, kms) => {
  const key = kms.state.keyById(delivery.to, delivery.keyId);
  const known = knownVersion(kms, delivery);
  const isNamed = message.set.primary === delivery.to && message.version < known;
  if (key === undefined || !isReplica(key) || !isNamed) return undefined;
  // All but the role is as it was.
  const { currentMaterial: current, onDemandRotations, pendingMaterial, rotating, rotation } = key;
  const materials = key.materials.map(({ id, rotation: by }) => ({ id, rotation: by }));
  const coming = pendingMaterial?.id ?? rotating?.material;
  const shared = { ...message.shared, materials, current, coming, rotation, rotating: undefined, onDemandRotations };
  return { ...message, version: known + 1, shared };
});

/** A message that comes twice is applied twice: what it brings is there twice. */
const doubleApply = onDelivery((delivery, message, kms) => {
  const last = message.shared.materials.at(-1);
  if (last === undefined || message.version !== knownVersion(kms, delivery)) return undefined;
  const shared = { ...message.shared, materials: [...message.shared.materials, last] };
  return { ...message, version: message.version + 1, shared };
});

/** A message that is lost is not sent again. */
const neverResent = onWrite('letters', () => undefined);

/** A replica takes the primary's description with everything else. */
const copiedDescription = (kms: Kms): void =>
  onWrite('keys', (record) => {
    const key = record as KeyRecord;
    const primary = key.replicas && kms.state.keyById(key.replicas.primary, key.id);
    return { ...key, description: primary?.description ?? key.description };
  })(kms);

/** What an answer becomes; it may raise a refusal, and be asked in the place of one. */
function onAnswer(instead: (visit: Visit, answer: () => object, kms: Kms) => object): (kms: Kms) => void {
  return (kms) => {
    const dispatch = kms.dispatch.bind(kms);
    // Where a library is loading there is a promise, and that is left alone.
    kms.dispatch = (visit) => {
      const answer = (): object => dispatch(visit);
      return instead(visit, answer, kms);
    };
  };
}

const inputOf = ({ input }: Visit): { readonly [name: string]: unknown } =>
  input as { readonly [name: string]: unknown };
const keysIn = ({ state }: Kms): KeyRecord[] => [...state.rows('keys')];
const isReplica = ({ region, replicas }: KeyRecord): boolean => replicas !== undefined && replicas.primary !== region;

function onKey(instead: (key: KeyRecord, before: KeyRecord | undefined) => KeyRecord): (kms: Kms) => void {
  return onWrite('keys', (record, before) => instead(record as KeyRecord, before as KeyRecord | undefined));
}

/** A refused call leaves a trace. */
const halfAnEffect = onAnswer((visit, answer, kms) => {
  try {
    return answer();
  } catch (error) {
    const [key] = keysIn(kms);
    if (error instanceof KmsError && key !== undefined)
      kms.state.set('usages', key.arn, { operation: visit.operation, at: visit.now, request: visit.request });
    throw error;
  }
});

/** Whoever tags a key gives it an alias. */
const aliasOfTag = onAnswer((visit, answer, kms) => {
  const output = answer();
  const [key] = keysIn(kms);
  if (visit.operation !== 'TagResource' || key === undefined) return output;
  const { account, arn: target, createdAt, region } = key;
  const arn = `arn:aws:kms:${region}:${account}:alias/tagged`;
  const alias = { arn, name: 'alias/tagged', account, region, target, createdAt, updatedAt: createdAt };
  kms.state.set('aliases', arn, alias);
  return output;
});

const oldMaterialGoes = onAnswer((visit, answer, kms) => {
  const output = answer();
  const old = keysIn(kms).find(({ materials }) => materials.length > 1)?.materials[0];
  if (visit.operation === 'RotateKeyOnDemand' && old !== undefined) kms.vault.destroy(old.id);
  return output;
});

const everybodyIsAdministrator = onAnswer((visit, answer, kms) => {
  const { operation, form, input, caller } = visit;
  if (caller.principal.roleArn === undefined && !caller.principal.arn.includes(':role/')) return answer();
  const arn = `arn:aws:iam::${caller.principal.account}:user/administrator`;
  const administrator = { ...caller, principal: { ...caller.principal, kind: 'user' as const, arn } };
  return Object.getPrototypeOf(kms).dispatch.call(kms, new Visit(operation, input, form, administrator));
});

const contextIsIgnored = (kms: Kms): void => {
  const opened = new Map<string, object>();
  onAnswer((visit, answer) => {
    if (visit.operation !== 'Decrypt') return answer();
    const blob = String(inputOf(visit)['CiphertextBlob']);
    try {
      const output = answer();
      opened.set(blob, output);
      return output;
    } catch (error) {
      const known = opened.get(blob);
      if (known !== undefined && error instanceof KmsError && error.code === 'InvalidCiphertextException') return known;
      throw error;
    }
  })(kms);
};

export interface PlantedBug {
  /** A new one for each run. */
  readonly plant: () => (kms: Kms) => void;
  readonly tells: readonly string[];
}

const bug = (plant: (kms: Kms) => void, ...tells: string[]): PlantedBug => ({ plant: () => plant, tells });

export const plantedBugs: { readonly [name: string]: PlantedBug } = {
  'lost update': { plant: lostUpdate, tells: ['held by all', 'one primary', 'opens everywhere', 'converges'] },
  'stale promotion': bug(stalePromotion, 'one primary', 'converges'),
  'role that is given and kept': bug(
    onKey((key) =>
      key.replicas?.handover?.direction === 'from here'
        ? { ...key, replicas: { ...key.replicas, primary: key.region } }
        : key,
    ),
    'one primary',
  ),
  'double apply': bug(doubleApply, 'same past'),
  'never resent': bug(neverResent, 'converges'),
  'copied description': bug(copiedDescription, 'made as asked'),
  'description that follows the primary': bug(
    (kms) =>
      onKey((key, before) => {
        const primary = key.replicas && before && kms.state.keyById(key.replicas.primary, key.id);
        return { ...key, description: primary?.description ?? key.description };
      })(kms),
    'own is own',
  ),
  'replica of another spec': bug(
    onKey((key) => (isReplica(key) ? { ...key, spec: 'HMAC_512' } : key)),
    'same key',
  ),
  'new material used at once': bug(
    onKey((key) => (key.rotating ? { ...key, currentMaterial: key.rotating.material } : key)),
    'held by all',
  ),
  'forgotten version': bug(
    onKey((key, before) =>
      isReplica(key) && before?.replicas && key.replicas && before.replicas.version > 4
        ? { ...key, replicas: { ...key.replicas, version: before.replicas.version - 1 } }
        : key,
    ),
    'versions grow',
  ),
  'window that begins at once': bug(
    (kms) =>
      onKey((key) => {
        const { deletion } = key;
        if (deletion === undefined || deletion.at !== undefined) return key;
        return { ...key, deletion: { ...deletion, at: kms.world.clock.now() + 7 * 86_400_000 } };
      })(kms),
    'primary stays',
  ),
  'half an effect': bug(halfAnEffect, 'refused is nothing'),
  'alias of a tag': bug(aliasOfTag, 'names by calls'),
  'old material goes': bug(oldMaterialGoes, 'material is kept'),
  'nothing is erased': bug((kms) => {
    kms.vault.destroy = () => {};
  }, 'gone is gone'),
  'dates of tomorrow': bug(
    onKey((key, before) => (before === undefined ? { ...key, createdAt: key.createdAt + 86_400_000 } : key)),
    'time goes on',
  ),
  'one ordinal for all': bug(
    onKey((key) => ({ ...key, ordinal: 1 })),
    'ids are new',
  ),
  'everybody is administrator': bug(everybodyIsAdministrator, 'lets nobody in'),
  'another plaintext': bug(
    onAnswer((visit, answer) => {
      const output = answer();
      return visit.operation === 'Decrypt' ? { ...output, Plaintext: new Uint8Array(3) } : output;
    }),
    'opens everywhere',
  ),
  'context is ignored': bug(contextIsIgnored, 'opens not otherwise'),
  'MACs that do not verify': bug(
    onAnswer((visit, answer) => {
      const output = answer();
      return visit.operation === 'VerifyMac' ? { ...output, MacValid: false } : output;
    }),
    'verifies everywhere',
  ),
  'always enabled': bug(
    onAnswer((visit, answer) => {
      const output = answer() as { readonly KeyMetadata?: object };
      return visit.operation === 'DescribeKey'
        ? { ...output, KeyMetadata: { ...output.KeyMetadata, KeyState: 'Enabled' } }
        : output;
    }),
    'tells the truth',
  ),
  'snapshot with a key twice': bug((kms) => {
    const records = kms.state.records.bind(kms.state);
    kms.state.records = () => {
      const { keys, ...rest } = records();
      return { ...rest, keys: [...keys, ...keys.slice(0, 1)] };
    };
  }, 'nothing is lost'),
};
