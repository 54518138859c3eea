// What AWS charges for KMS, as far as it could be verified in June 2026; all Regions of a partition pay the same.
// https://aws.amazon.com/kms/pricing/

/** What is paid for: the version of a key by the month, a request by its class, an HSM by the hour. */
export type PricedItem = 'key' | 'rotation' | RequestClass | 'hsm';

/** As the price list of AWS divides requests (usage types KMS-Requests, -Asymmetric-RSA_2048, -Asymmetric, -GenerateDatakeyPair-...). */
export type RequestClass = 'standard' | 'rsa2048' | 'asymmetric' | 'eccPair' | 'rsaPair' | 'mlKemPair';

export interface Price {
  readonly label: string;
  /** Of one unit, or of `per` of them. */
  readonly amount: number;
  readonly per: number;
  readonly unit: 'key-months' | 'requests' | 'HSM-hours';
  /** So many a month cost nothing, in all Regions together. */
  readonly freePerMonth: number;
  /** False where no page of AWS, nor its price list, could be read that says so. */
  readonly verified: boolean;
  readonly source: string;
}

const page = 'https://aws.amazon.com/kms/pricing/';

function requests(label: string, amount: number, extra: Partial<Price> = {}): Price {
  return { label, amount, per: 10_000, unit: 'requests', freePerMonth: 0, verified: true, source: page, ...extra };
}

const dollars: Readonly<Record<PricedItem, Price>> = {
  // Each key that is not AWS's own, whatever its spec, origin or store; each primary and each replica. Prorated hourly.
  key: { label: 'keys', amount: 1, per: 1, unit: 'key-months', freePerMonth: 0, verified: true, source: page },
  // The first and the second rotation of a key, automatic or on demand; those after them cost nothing.
  rotation: {
    label: 'rotated key material',
    amount: 1,
    per: 1,
    unit: 'key-months',
    freePerMonth: 0,
    verified: true,
    source: 'https://aws.amazon.com/blogs/security/the-curious-case-of-faster-aws-kms-symmetric-key-rotation/',
  },
  standard: requests('requests', 0.03, { freePerMonth: 20_000 }),
  rsa2048: requests('requests with RSA_2048 keys', 0.03),
  asymmetric: requests('requests with other asymmetric keys', 0.15),
  eccPair: requests('data key pairs, ECC', 0.1),
  rsaPair: requests('data key pairs, RSA', 12),
  // No page prices them; taken for the cheaper kind.
  mlKemPair: requests('data key pairs, ML-KEM', 0.1, { verified: false }),
  // Pages of others name 1.45 and 1.60 an hour, and it differs by Region and type of HSM.
  hsm: {
    label: 'AWS CloudHSM',
    amount: 1.6,
    per: 1,
    unit: 'HSM-hours',
    freePerMonth: 0,
    verified: false,
    source: 'https://aws.amazon.com/cloudhsm/pricing/',
  },
};

export interface PriceList {
  readonly currency: string;
  /** What is missing has no price that anybody knows. */
  readonly prices: Partial<Readonly<Record<PricedItem, Price>>>;
}

/** The month in which the prices were looked at. */
export const pricesAsOf: string = '2026-06';
export const pricePage: string = page;

/** At most so many rotations of a key are paid for: https://aws.amazon.com/blogs/security/the-curious-case-of-faster-aws-kms-symmetric-key-rotation/ */
export const paidRotations = 2;

const unknown: PriceList = { currency: 'USD', prices: {} };

/**
 * By partition. The China Regions have prices of their own, in CNY, on a page that could not be read; AWS GovCloud has those of the other Regions, as far as
 * anybody says.
 */
const lists: Readonly<Record<string, PriceList>> = {
  aws: { currency: 'USD', prices: dollars },
  'aws-us-gov': { currency: 'USD', prices: dollars },
  'aws-cn': { currency: 'CNY', prices: {} },
};

export function priceListOf(partition: string): PriceList {
  return lists[partition] ?? unknown;
}

export const pricedItems: readonly PricedItem[] = Object.keys(dollars) as PricedItem[];

/** The words for an item, and its price where none is said to be another. */
export function rowOf(item: PricedItem): Price {
  return dollars[item];
}
