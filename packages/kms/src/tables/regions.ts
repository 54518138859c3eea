// The Regions of each partition, and which of them an account must enable before it can use them.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
// https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html
// https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud-endpoints.html

interface RegionRow {
  readonly region: string;
  readonly partition: string;
  /** Off until the account enables it. */
  readonly optIn: boolean;
}

function rows(partition: string, optIn: boolean, ...regions: readonly string[]): readonly RegionRow[] {
  return regions.map((region) => ({ region, partition, optIn }));
}

export const regions: readonly RegionRow[] = [
  ...rows('aws', false, 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'),
  ...rows('aws', false, 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'),
  ...rows('aws', false, 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'),
  ...rows('aws', false, 'ap-southeast-1', 'ap-southeast-2'),
  ...rows('aws', true, 'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4'),
  ...rows('aws', true, 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2'),
  ...rows('aws', true, 'eu-south-1', 'eu-south-2', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1'),
  ...rows('aws-cn', false, 'cn-north-1', 'cn-northwest-1'),
  ...rows('aws-us-gov', false, 'us-gov-east-1', 'us-gov-west-1'),
  ...rows('aws-iso', false, 'us-iso-east-1', 'us-iso-west-1'),
  ...rows('aws-iso-b', false, 'us-isob-east-1', 'us-isob-west-1'),
  ...rows('aws-iso-e', false, 'eu-isoe-west-1'),
  ...rows('aws-iso-f', false, 'us-isof-east-1', 'us-isof-south-1'),
  ...rows('aws-eusc', false, 'eusc-de-east-1'),
];

export const regionNames: readonly string[] = regions.map(({ region }) => region);

const names: ReadonlySet<string> = new Set(regionNames);

/** Those that an account can disable. Here all are enabled until it does. */
export const optInRegions: readonly string[] = regions.filter(({ optIn }) => optIn).map(({ region }) => region);

/** Whether there is such a Region. */
export function isRegion(name: string): boolean {
  return names.has(name);
}
