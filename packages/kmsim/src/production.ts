// A simulated KMS must not be mistaken for the real one: nothing starts where production runs, unless somebody insists.

import { KmsimError } from './kmsim-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Mark {
  readonly variable: string;
  /** Any value when absent. */
  readonly value?: string;
  readonly says: string;
  /** Tests run there, too: it keeps servers from starting, and no simulation inside a program. */
  readonly servers?: true;
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
const marks: readonly Mark[] = [
  { variable: 'NODE_ENV', value: 'production', says: 'NODE_ENV is production.' },
  { variable: 'AWS_LAMBDA_RUNTIME_API', says: 'This looks like AWS Lambda (AWS_LAMBDA_RUNTIME_API is set).' },
  looksLike('AWS_LAMBDA_FUNCTION_NAME', 'AWS Lambda'),
  looksLike('AWS_EXECUTION_ENV', 'an AWS execution environment'),
  looksLike('ECS_CONTAINER_METADATA_URI', 'Amazon ECS'),
  looksLike('ECS_CONTAINER_METADATA_URI_V4', 'Amazon ECS'),
  looksLike('KUBERNETES_SERVICE_HOST', 'Kubernetes'),
];

const override = 'ALLOW_SIMULATED_KMS_IN_PRODUCTION';

function looksLike(variable: string, place: string): Mark {
  return { variable, says: `This looks like ${place} (${variable} is set).`, servers: true };
}

/** For programs that serve. */
export function refuseServerInProduction(env: Environment): void {
  refuse(env, marks);
}

const inProcess = marks.filter(({ servers }) => servers !== true);

/** For simulations inside a program; in a browser there is no environment. */
export function refuseInProduction(env: Environment = environment()): void {
  refuse(env, inProcess);
}

function refuse(env: Environment, looked: readonly Mark[]): void {
  const found = looked.find(({ value, variable }) => {
    const set = env[variable];
    return value === undefined ? set !== undefined && set !== '' : set === value;
  });
  if (found !== undefined && env[override] !== 'yes') throw new KmsimError('RefusedInProduction', found.says);
}

function environment(): Environment {
  return (globalThis as { readonly process?: { readonly env?: Environment } }).process?.env ?? {};
}
