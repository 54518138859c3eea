// The doors in the process, and those behind HTTP: all that Node has.

import * as latest from '@aws-sdk/client-kms';
import * as old from 'client-kms-3-496';
import type { CallerOptions } from '../../src/index.ts';
import { serve } from '../../src/serve.ts';
import { accessKeys, type Door, doorsInProcess, house, oldGaps, type Sdk, simulation } from './doors.ts';

function overHttp(name: string, sdk: Sdk, gaps: Door['gaps']): Door {
  const open: Door['open'] = async (options = {}) => {
    const sim = simulation(options);
    const server = await serve(sim, { port: 0 });
    const config = ({ as, region = sim.region }: CallerOptions): object => {
      const credentials = accessKeys.find((key) => as === undefined || ('as' in key && key.as === as));
      if (credentials === undefined) throw new Error(`no access key for ${as}`);
      return { region, endpoint: server.url, credentials, maxAttempts: 1 };
    };
    return house(sim, sdk, config, () => server.close());
  };
  return { name, gaps, sdk: sdk as unknown as typeof latest, open };
}

export const doors: readonly Door[] = [
  ...doorsInProcess,
  overHttp('SDK 3.1162.0 over HTTP', latest, {}),
  overHttp('SDK 3.496.0 over HTTP', old, oldGaps),
];
