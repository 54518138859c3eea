// Signature V4 for requests to an endpoint, by the signer of the AWS SDK.

import { Sha256 } from '@kmsim/wire/http';
import { SignatureV4 } from '@smithy/signature-v4';

export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Asked for each request: ambient ones may expire in the middle of a run. */
export type Credentials = () => Promise<AccessKeyPair>;

export interface Unsigned {
  readonly url: URL;
  readonly service: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The headers with the signature among them. */
export async function signedHeaders(
  { body, headers, region, service, url }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: AccessKeyPair,
  now: number,
): Promise<Record<string, string>> {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...headers, host: url.host },
      body,
    },
    { signingDate: new Date(now) },
  );
  return signed.headers;
}
