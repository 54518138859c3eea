// The page: an example or a shared script, edited, run in the worker, and shown.

import { button, el, labelled } from './dom.ts';
import { examples } from './examples.ts';
import { PrincipalsView } from './principals-view.ts';
import type { Run } from './run.ts';
import { Runner } from './runner.ts';
import type { Script } from './script.ts';
import { fragmentOf, scriptIn } from './share.ts';
import { StepsView } from './steps-view.ts';

/** The site has the playground in playground/play/. */
const home = '../../';
const pause = 300;
const operationsId = 'operations';
const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];

class Page {
  readonly #title: HTMLElement = el('h2', { class: 'title' });
  readonly #about: HTMLElement = el('p', { class: 'about' });
  readonly #notice: HTMLElement = el('p', { class: 'notice', role: 'status' });
  readonly #spent: HTMLElement = el('span', { class: 'quiet spent' });
  readonly #operations: HTMLElement = el('datalist', { id: operationsId });
  readonly #pick: HTMLSelectElement;
  readonly #principals: PrincipalsView;
  readonly #steps: StepsView;
  readonly #runner: Runner;
  #script: Script = examples[0] as Script;
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.#pick = el('select', {}, ...examples.map(({ title }, at) => el('option', { value: `${at}` }, title)));
    this.#pick.addEventListener('change', () => this.#open(examples[Number(this.#pick.value)] as Script));
    this.#principals = new PrincipalsView((principals, isName) => {
      this.#edit({ principals });
      if (isName) this.#showSteps();
    });
    this.#steps = new StepsView((steps) => this.#edit({ steps }));
    this.#runner = new Runner(
      workerAddress(),
      (run) => this.#show(run),
      (problem) => this.#say(problem),
    );
    root.replaceChildren(
      el(
        'header',
        {},
        el('h1', {}, el('a', { href: home, title: 'The documentation' }, 'kmsim'), ' ', el('span', {}, 'playground')),
        labelled('Example', this.#pick),
        el(
          'div',
          { class: 'actions' },
          button('Run', () => this.#run(), {
            class: 'primary',
            title: 'Ctrl+Enter',
            'aria-keyshortcuts': 'Control+Enter',
          }),
          button('Share', () => void this.#share()),
        ),
        el('p', { class: 'quiet claim' }, 'The real engine, in this page. Nothing you write leaves it.'),
      ),
      this.#notice,
      el('div', { class: 'intro' }, this.#title, this.#about, this.#steps.overview),
      this.#principals.element,
      this.#steps.element,
      el('footer', { class: 'quiet' }, 'The same script gives the same bytes, here and everywhere. ', this.#spent),
      this.#operations,
    );
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#run();
    });
    window.addEventListener('hashchange', () => void this.openAddress());
  }

  /** What the address says, or else the first example. */
  async openAddress(): Promise<void> {
    const found = await scriptIn(location.hash);
    const isScript = found !== undefined && !('problem' in found);
    this.#open(isScript ? found : (examples[0] as Script));
    this.#say(found !== undefined && !isScript ? found.problem : '');
  }

  #open(script: Script): void {
    this.#script = script;
    this.#title.textContent = script.title;
    this.#about.textContent = script.about;
    this.#pick.value = `${examples.findIndex(({ title }) => title === script.title)}`;
    this.#say('');
    this.#principals.show(script.principals);
    this.#showSteps();
    this.#run();
  }

  #showSteps(): void {
    const { principals, region, steps } = this.#script;
    const own = region === '' ? 'us-east-1' : region;
    this.#steps.show(steps, {
      principals: principals.map(({ arn }) => arn),
      regions: [own, ...regions.filter((other) => other !== own)],
      operations: operationsId,
    });
  }

  #edit(part: Partial<Script>): void {
    this.#script = { ...this.#script, ...part };
    clearTimeout(this.#due);
    this.#due = setTimeout(() => this.#run(), pause);
  }

  #run(): void {
    clearTimeout(this.#due);
    document.body.dataset['state'] = 'running';
    this.#runner.run(this.#script);
  }

  #show(run: Run): void {
    if (this.#operations.childElementCount === 0)
      this.#operations.append(...run.operations.map((name) => el('option', { value: name })));
    this.#principals.complain(run.principals);
    this.#steps.showRun(run);
    this.#spent.textContent = `${run.steps.length} steps took ${Math.round(run.milliseconds)} ms.`;
    document.body.dataset['state'] = 'shown';
  }

  async #share(): Promise<void> {
    const shared = await fragmentOf(this.#script);
    if ('problem' in shared) return this.#say(shared.problem);
    history.replaceState(null, '', `#${shared.fragment}`);
    const isCopied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    const where = isCopied ? 'The address is copied' : 'Copy the address of this page';
    this.#say(`${where}: the whole script is in it, behind the #, which browsers send to nobody.`);
  }

  #say(text: string): void {
    this.#notice.textContent = text;
    document.body.dataset['state'] = 'said';
  }
}

// The page's policy refuses every script address but this one.
function workerAddress(): string {
  const address = new URL('worker.js', import.meta.url).href;
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  const policy = trustedTypes?.createPolicy('kmsim-worker', { createScriptURL: () => address });
  return (policy?.createScriptURL('') as string | undefined) ?? address;
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL(input: string): unknown };
}

const root = document.querySelector<HTMLElement>('#playground');
if (root !== null) void new Page(root).openAddress();
