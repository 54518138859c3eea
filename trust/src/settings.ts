// What scripts/trust.mjs asked for, as the trials and the reporter read it.

/** The seed of the runs in CI, so that the same trials say the same twice. */
const usualSeed = 20_261_122;

export interface Settings {
  readonly night: boolean;
  readonly seed: number;
  /** `T5/P3`: of that trial only the part of this name. */
  readonly only?: string;
  /** Where in the runs of the seed a failure was. */
  readonly path?: string;
  /** Where the figures go. */
  readonly json?: string;
}

export function settings(env: NodeJS.ProcessEnv = process.env): Settings {
  const { KMSIM_TRUST_JSON: json, KMSIM_TRUST_ONLY: only, KMSIM_TRUST_PATH: path } = env;
  return {
    night: env['KMSIM_TRUST_NIGHT'] === '1',
    seed: Number(env['KMSIM_TRUST_SEED'] ?? usualSeed),
    ...(only !== undefined && { only }),
    ...(path !== undefined && { path }),
    ...(json !== undefined && { json }),
  };
}
