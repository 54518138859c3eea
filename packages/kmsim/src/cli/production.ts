// A simulated KMS must not be mistaken for the real one: no server where production runs, unless somebody insists.

import { KmsimError } from '../kmsim-error.ts';

/** What production environments set, each with what it tells. */
const marks: readonly (readonly [variable: string, place: string])[] = [
  ['AWS_LAMBDA_FUNCTION_NAME', 'AWS Lambda'],
  ['AWS_EXECUTION_ENV', 'an AWS execution environment'],
  ['ECS_CONTAINER_METADATA_URI', 'Amazon ECS'],
  ['ECS_CONTAINER_METADATA_URI_V4', 'Amazon ECS'],
  ['KUBERNETES_SERVICE_HOST', 'Kubernetes'],
];

const override = 'ALLOW_SIMULATED_KMS_IN_PRODUCTION';

export function refuseInProduction(env: Readonly<Record<string, string | undefined>>): void {
  if (env[override] === 'yes') return;
  if (env['NODE_ENV'] === 'production') throw new KmsimError('RefusedInProduction', 'NODE_ENV is production.');
  const found = marks.find(([variable]) => env[variable] !== undefined && env[variable] !== '');
  if (found !== undefined)
    throw new KmsimError('RefusedInProduction', `This looks like ${found[1]} (${found[0]} is set).`);
}
