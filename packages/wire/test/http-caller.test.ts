import { describe, expect, test } from 'vitest';
import { type HttpCredential, type Identification, identify } from '../src/http-caller.ts';
import { alice } from './kms-double.ts';
import { exampleKey, signedAt, signedRequest, withHeaders } from './signed-request.ts';

const { principal } = alice;
const known = new Map<string, HttpCredential>([
  [exampleKey.accessKeyId, { secretAccessKey: exampleKey.secretAccessKey, principal }],
]);
const strict: Identification = {
  credentials: { mode: 'strict', lookup: (id) => known.get(id) },
  defaultRegion: 'us-east-1',
  signatureClock: () => signedAt,
};

describe('strict', () => {
  test('the principal of the key that signed, in the region that it signed for', async () => {
    expect(await identify(await signedRequest({ region: 'eu-central-1' }), strict)).toEqual({
      principal,
      region: 'eu-central-1',
    });
  });

  test('an access key of one partition is unknown in the Regions of another', async () => {
    const credentials: Identification['credentials'] = {
      mode: 'strict',
      lookup: (id) => {
        const known = strict.credentials.mode === 'strict' ? strict.credentials.lookup(id) : undefined;
        return known && { ...known, principal: { ...known.principal, partition: 'aws-cn' } };
      },
    };
    expect(await identify(await signedRequest(), { ...strict, credentials })).toMatchObject({
      refusal: { code: 'UnrecognizedClientException' },
    });
  });

  test('a session comes with the key that stands for it, and its token must come with the request', async () => {
    const session = { policies: [] };
    const temporary: HttpCredential = { ...exampleKey, principal, session, sessionToken: 'token' };
    const credentials = { mode: 'strict', lookup: () => temporary } as const;
    const options = { ...strict, credentials };
    const region = 'eu-west-1';
    expect(await identify(await signedRequest({ sessionToken: 'token' }), options)).toEqual({
      principal,
      region,
      session,
    });
    for (const request of [await signedRequest(), await signedRequest({ sessionToken: 'other' })])
      expect(await identify(request, options)).toMatchObject({ refusal: { code: 'UnrecognizedClientException' } });
    const late = {
      ...strict,
      credentials: { mode: 'strict', lookup: () => ({ ...temporary, expired: true }) },
    } as const;
    expect(await identify(await signedRequest({ sessionToken: 'token' }), late)).toMatchObject({
      refusal: { code: 'ExpiredTokenException' },
    });
  });

  test('a signature is for one service', async () => {
    const request = await signedRequest({ service: 'sts' });
    expect(await identify(request, strict, 'sts')).toMatchObject({ principal });
    expect(await identify(request, strict)).toMatchObject({ refusal: { code: 'InvalidSignatureException' } });
    expect(await identify(await signedRequest(), strict, 'sts')).toHaveProperty('refusal');
  });

  test('no other way in', async () => {
    const request = await signedRequest();
    for (const authorization of [undefined, request.headers.get('authorization')?.replace(/.$/, 'x')]) {
      expect(await identify(withHeaders(request, { authorization }), strict)).toHaveProperty('refusal.status', 400);
    }
  });
});

describe('permissive', () => {
  const claimed: (string | undefined)[] = [];
  const permissive: Identification = {
    ...strict,
    credentials: {
      mode: 'permissive',
      principalFor: (id) => {
        claimed.push(id);
        return principal;
      },
    },
  };

  test.each([
    [
      'AWS4-HMAC-SHA256 Credential=a/20150830/eu-west-3/kms/aws4_request, SignedHeaders=host, Signature=0',
      'a',
      'eu-west-3',
    ],
    ['AWS4-HMAC-SHA256 Credential=a/20150830/Mars/kms/aws4_request', 'a', 'us-east-1'],
    ['AWS4-HMAC-SHA256 Credential=a/b', undefined, 'us-east-1'],
    ['AWS4-HMAC-SHA256', undefined, 'us-east-1'],
    ['Bearer x', undefined, 'us-east-1'],
    [undefined, undefined, 'us-east-1'],
  ])('%s', async (authorization, id, region) => {
    claimed.length = 0;
    const request = withHeaders(await signedRequest(), { authorization });
    expect(await identify(request, permissive)).toEqual({ principal, region });
    expect(claimed).toEqual([id]);
  });

  test('an access key that is known stands for whom it stands', async () => {
    const session = { policies: [] };
    const lookup = (id: string) => (id === exampleKey.accessKeyId ? { ...exampleKey, principal, session } : undefined);
    const options: Identification = { ...permissive, credentials: { ...permissive.credentials, lookup } as never };
    expect(await identify(await signedRequest(), options)).toEqual({ principal, region: 'eu-west-1', session });
    expect(await identify(await signedRequest({ accessKeyId: 'other' }), options)).not.toHaveProperty('session');
  });
});
