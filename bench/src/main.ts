// The suites, in the order in which they are measured. `node bench/dist/main.js --help` says what can be asked.

import { agenda } from './agenda.ts';
import { audit } from './audit.ts';
import { authorize } from './authorize.ts';
import { command } from './command.ts';
import { corridor } from './corridor.ts';
import { create } from './create.ts';
import { doors } from './doors.ts';
import { envelope } from './envelope.ts';
import { keySpecSuite } from './key-specs.ts';
import { keygen } from './keygen.ts';
import { memory } from './memory.ts';
import { primitives } from './primitives.ts';
import { requests } from './requests.ts';
import { scale } from './scale.ts';
import { startup } from './startup.ts';
import type { Suite } from './suite.ts';
import { throttle } from './throttle.ts';
import { vault } from './vault.ts';
import { xks } from './xks.ts';

const suites: readonly Suite[] = [
  primitives,
  requests('native'),
  requests('portable'),
  vault,
  corridor,
  authorize,
  audit,
  keySpecSuite('native'),
  keySpecSuite('portable'),
  keygen('native'),
  keygen('portable'),
  create,
  envelope,
  scale,
  agenda,
  throttle,
  doors,
  xks,
  startup,
  memory,
];

await command(suites, process.argv.slice(2));
