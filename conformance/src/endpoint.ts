// The entry @kmsim/conformance/endpoint: whose an address is, and what it is asked with. It loads nothing else, for those who measure.

// dnsSuffix and dualStackDnsSuffix of every partition that the endpoint rules of the AWS SDK for JavaScript know.
// https://github.com/aws/aws-sdk-js-v3/blob/main/packages/util-endpoints/src/lib/aws/partitions.json
const awsSuffixes: readonly string[] = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'api.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
  'api.aws',
  'api.aws.hci.ic.gov',
  'api.aws.ic.gov',
  'api.aws.scloud',
  'api.cloud-aws.adc-e.uk',
  'c2s.ic.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
  'sc2s.sgov.gov',
];

/** True for an address of the real service, in every partition and form of its name. */
export function isAwsHost({ hostname }: URL): boolean {
  const name = `.${hostname.replace(/\.$/, '')}`;
  return awsSuffixes.some((suffix) => name.endsWith(`.${suffix}`));
}

/** In the form that the signer of the AWS SDK takes. */
export interface EndpointCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html; without them what most simulators take.
export function credentialsFrom(env: Readonly<Record<string, string | undefined>>): EndpointCredentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    return { accessKeyId: 'test', secretAccessKey: 'test' };
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
