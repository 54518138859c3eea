// The addresses of AWS KMS.
// https://docs.aws.amazon.com/general/latest/gr/kms.html#kms_region

import { partitionOf } from '@kmsim/kms';

const host = /^kms(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/;

/** What the hosts of a partition end with. Others have no public addresses that are known here. */
const endings: Readonly<Record<string, readonly string[]>> = {
  aws: ['amazonaws.com', 'api.aws'],
  'aws-us-gov': ['amazonaws.com', 'api.aws'],
  'aws-cn': ['amazonaws.com.cn'],
};

/** The Region whose endpoint a URL leads to; undefined for everything else. */
export function endpointRegion({ hostname, port, protocol }: URL): string | undefined {
  if (protocol !== 'https:' || port !== '') return undefined;
  const [, region = '', ending = ''] = host.exec(hostname) ?? [];
  return endings[partitionOf(region)]?.includes(ending) === true && region !== '' ? region : undefined;
}
