// Where the time of a CPU profile went: by package, by step of the engine, by function.

/** https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly hitCount?: number;
  readonly children?: readonly number[];
}

/** A name and its share of the time that was not idle. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

export interface ProfileSummary {
  readonly seconds: number;
  readonly packages: readonly Share[];
  /** Functions of kmsim's packages, with everything that they call. */
  readonly steps: readonly Share[];
  /** By themselves. */
  readonly functions: readonly Share[];
}

const engine = ['authz', 'cloud-hsm', 'hsm-core', 'kms', 'kmsim', 'quota', 'wire', 'world', 'xks-proxy'];

export function summarize(profile: CpuProfile, most: number): ProfileSummary {
  const self = selfTimes(profile);
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  const steps = new Map<string, number>();
  let total = 0;
  // Answers the time of the node and of all below it.
  const visit = (node: ProfileNode, callers: ReadonlySet<string>, callerPackage: string): number => {
    const owner = packageOf(node, callerPackage);
    const name = functionName(node, owner);
    const own = owner === 'idle' ? 0 : (self.get(node.id) ?? 0);
    const isNew = engine.includes(owner) && node.callFrame.url !== '' && !callers.has(name);
    const within = isNew ? new Set(callers).add(name) : callers;
    let sum = own;
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child !== undefined) sum += visit(child, within, owner);
    }
    total += own;
    add(packages, owner, own);
    add(functions, name, own);
    // One that calls itself counts once.
    if (isNew) add(steps, name, sum);
    return sum;
  };
  const [root] = profile.nodes;
  if (root !== undefined) visit(root, new Set(), 'node');
  const shares = (times: ReadonlyMap<string, number>): readonly Share[] =>
    [...times]
      .filter(([, time]) => time > 0)
      .map(([name, time]) => ({ name, share: time / total }))
      .sort((a, b) => b.share - a.share)
      .slice(0, most);
  return { seconds: total / 1e6, packages: shares(packages), steps: shares(steps), functions: shares(functions) };
}

export function summaryText({ functions, packages, seconds, steps }: ProfileSummary): string {
  const list = (title: string, shares: readonly Share[]): readonly string[] => [
    title,
    ...shares.map(({ name, share }) => `  ${(100 * share).toFixed(1).padStart(5)} %  ${name}`),
    '',
  ];
  return [
    ...list(`Self time by package, of ${seconds.toFixed(1)} s`, packages),
    ...list('Steps of the engine, each with all that it calls', steps),
    ...list('Functions by themselves', functions),
  ].join('\n');
}

/** Microseconds by node. A sample lasts until the next one. */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: CpuProfile): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  if (samples.length === 0) for (const { hitCount = 0, id } of nodes) times.set(id, hitCount);
  for (const [at, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + Math.max(0, timeDeltas[at + 1] ?? 0));
  return times;
}

const unnamed: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collection',
  '(idle)': 'idle',
  '(program)': 'V8 outside of JavaScript',
};

/** Functions built into V8 and Node have no address: their time is their caller's. */
function packageOf({ callFrame: { functionName: name, url } }: ProfileNode, callerPackage: string): string {
  if (url === '') return unnamed[name] ?? callerPackage;
  if (url.startsWith('node:')) return url.includes('crypto') ? 'node:crypto' : 'node';
  const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (installed !== undefined) return installed;
  return (
    /\/packages\/([^/]+)\/(?:dist|src)\//.exec(url)?.[1] ?? (/\/bench\/(?:dist|src)\//.test(url) ? 'bench' : 'node')
  );
}

function functionName({ callFrame: { functionName: name, lineNumber, url } }: ProfileNode, owner: string): string {
  if (url === '') return unnamed[name] === undefined ? `${name || '(anonymous)'} (built in), for ${owner}` : name;
  const file = url.replace(/^.*\/(?:dist|src)\//, '').replace(/^.*\/node_modules\//, '');
  return `${name || '(anonymous)'}  ${owner} ${file}:${lineNumber + 1}`;
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}
