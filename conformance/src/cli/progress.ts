// How far a run is: a bar on a terminal, a line for each scenario elsewhere.

import { Presets, SingleBar } from 'cli-progress';
import type { Replayed } from '../play-all.ts';
import { describeResult } from '../result.ts';
import type { Io } from './io.ts';

export interface Progress {
  tell(replayed: Replayed): void;
  end(): void;
}

export function progressOn(stream: Io['stderr'], total: number): Progress {
  return stream.isTTY === true ? bar(stream, total) : lines(stream);
}

function bar(stream: Io['stderr'], total: number): Progress {
  const format = '{bar} {value}/{total}, {failed} failed  {path}';
  const shown = new SingleBar(
    { stream, format, barsize: 30, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let failed = 0;
  shown.start(total, 0, { failed, path: '' });
  return {
    tell: ({ path, result }) => {
      if (result.outcome === 'failed' || result.outcome === 'no answer') failed += 1;
      shown.increment(1, { failed, path });
    },
    end: () => shown.stop(),
  };
}

function lines(stream: Io['stderr']): Progress {
  return {
    tell: ({ path, result }) => {
      stream.write(`${path}: ${describeResult(result)}\n`);
    },
    end: () => {},
  };
}
