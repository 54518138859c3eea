// Nothing starts where production runs, unless somebody insists.

import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createKmsim } from '../src/index.ts';
import { refuseInProduction, refuseServerInProduction } from '../src/production.ts';
import { buildTimeout, built } from './build.ts';
import { kmsim, kmsimServe } from './child.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const override = 'ALLOW_SIMULATED_KMS_IN_PRODUCTION';

const production: readonly (readonly [name: string, value: string, says: string])[] = [
  ['NODE_ENV', 'production', 'NODE_ENV is production'],
  ['AWS_LAMBDA_FUNCTION_NAME', 'orders', 'AWS Lambda'],
  ['AWS_LAMBDA_RUNTIME_API', '127.0.0.1:9001', 'AWS Lambda'],
  ['AWS_EXECUTION_ENV', 'AWS_ECS_FARGATE', 'AWS execution environment'],
  ['ECS_CONTAINER_METADATA_URI', 'http://169.254.170.2/v3', 'Amazon ECS'],
  ['ECS_CONTAINER_METADATA_URI_V4', 'http://169.254.170.2/v4', 'Amazon ECS'],
  ['KUBERNETES_SERVICE_HOST', '10.0.0.1', 'Kubernetes'],
];

describe.each(production)('%s=%s', (name, value, says) => {
  test('is refused, and says how to insist', () => {
    const error = kmsimErrorOf(() => refuseServerInProduction({ [name]: value }));
    expect(error.code).toBe('RefusedInProduction');
    expect(error.message).toContain(says);
    expect(error.message).toContain(`${override}=yes`);
  });

  test('is let through by yes alone', () => {
    expect(() => refuseServerInProduction({ [name]: value, [override]: 'yes' })).not.toThrow();
    for (const half of ['', 'no', 'true', '1', 'YES']) {
      expect(() => refuseServerInProduction({ [name]: value, [override]: half })).toThrow();
    }
  });
});

test.each([
  {},
  { NODE_ENV: 'test' },
  { NODE_ENV: 'development', AWS_PROFILE: 'default' },
  { KUBERNETES_SERVICE_HOST: '' },
])('%j is no production', (env) => {
  expect(() => refuseServerInProduction(env)).not.toThrow();
});

describe('a simulation inside a program', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  // Jobs of continuous integration run in containers, and tests of functions set the variables of functions.
  const tests = [
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_EXECUTION_ENV',
    'ECS_CONTAINER_METADATA_URI',
    'KUBERNETES_SERVICE_HOST',
  ];

  test.each(tests)('is made where %s is set', (name) => {
    vi.stubEnv(name, 'here');
    expect(createKmsim({ seed: 1 }).closed).toBe(false);
  });

  test.each([
    ['NODE_ENV', 'production'],
    ['AWS_LAMBDA_RUNTIME_API', '127.0.0.1:9001'],
  ])('is not made where %s=%s, unless somebody insists', (name, value) => {
    vi.stubEnv(name, value);
    expect(kmsimErrorOf(() => createKmsim({ seed: 1 })).code).toBe('RefusedInProduction');
    vi.stubEnv(override, 'yes');
    expect(createKmsim({ seed: 1 }).closed).toBe(false);
  });

  test('is made where there is no environment', () => {
    expect(() => refuseInProduction({})).not.toThrow();
    vi.stubGlobal('process', undefined);
    try {
      expect(() => refuseInProduction()).not.toThrow();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('kmsim serve', () => {
  beforeAll(() => built(), buildTimeout);

  test('does not start there, and says why in one line', async () => {
    const { code, stderr, stdout } = await kmsim(['serve', '--port', '0'], { env: { NODE_ENV: 'production' } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^kmsim: NODE_ENV is production\. .*ALLOW_SIMULATED_KMS_IN_PRODUCTION=yes.* \[RefusedInProduction\]\n$/,
    );
  });

  test('starts when somebody insists', async () => {
    await using child = await kmsimServe([], { env: { NODE_ENV: 'production', [override]: 'yes' } });
    expect((await fetch(`${child.served.url}/health`)).status).toBe(200);
  });
});
