// The playground in a real browser: every example, editing, sharing, hostile scripts, the keyboard; and nothing leaves the page.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OfflinePage, offlinePage, pageOrigin } from '../../packages/kmsim/test/browser/offline-page.ts';
import { chromiumNote, hasChromium, launchChromium } from '../../scripts/chromium.mjs';
import { budget, buildPlayground } from '../../scripts/playground.mjs';
import { examples } from '../playground/src/examples.ts';
import type { Script } from '../playground/src/script.ts';
import { fragmentOf } from '../playground/src/share.ts';
import { contrasts } from './contrasts.mjs';

/** What each step comes to, and what is deciphered. */
const promises = [
  ['Denied, and why', ['answer', 'answer', 'denied', 'answer', 'answer'], '42,000 a year'],
  ['Envelope encryption', ['answer', 'answer', 'answer', 'answer'], ''],
  ['Context mismatch', ['answer', 'answer', 'error', 'denied', 'answer'], 'an order of acme'],
  ['Rotation', ['answer', 'answer', 'answer', 'clock', 'answer', 'answer', 'answer'], 'sealed before'],
  ['Failover', ['answer', 'answer', 'answer', 'clock', 'answer', 'answer', 'clock', 'answer'], 'from Virginia'],
  ['Deleted for good', ['answer', 'answer', 'answer', 'error', 'clock', 'error'], ''],
] as const;

let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-playground-'));
  // Throws over the budget, and for what a browser has not.
  await buildPlayground(folder);
  files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  rmSync(folder, { recursive: true });
}, 60_000);

test('it is these files, and each has a budget', () => {
  expect([...files.keys()].sort()).toEqual(Object.keys(budget).sort());
});

test('nothing of it makes markup of text, or code', () => {
  const page = files.get('playground.js') ?? '';
  expect(page).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  expect(files.get('index.html')).toContain("default-src 'none'; script-src 'self'");
});

describe.skipIf(!hasChromium)(`in Chromium${chromiumNote}`, { timeout: 30_000 }, () => {
  let browser: Browser;
  let opened: OfflinePage;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    opened = await offlinePage(browser, files, { viewport: { width: 1280, height: 900 } });
    ({ page } = opened);
    await page.goto(pageOrigin);
    await shown();
    // From here on there is not even the page's own server.
    await page.context().setOffline(true);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  /** A run has been shown that began after this was called, or the one that there is. */
  async function shown(): Promise<void> {
    await page.locator('body[data-state="shown"]').waitFor();
  }

  async function afterRun(work: () => Promise<unknown>): Promise<void> {
    await page.evaluate("document.body.dataset.state = 'edited'");
    await work();
    await shown();
  }

  const goTo = (hash: string): Promise<unknown> => page.evaluate(`location.assign('${hash}')`);
  const pick = (label: string): Promise<void> => afterRun(() => page.getByLabel('Example').selectOption({ label }));
  const open = (script: Script): Promise<void> =>
    afterRun(async () => {
      const made = await fragmentOf(script);
      if ('problem' in made) throw new Error(made.problem);
      await goTo(`#${made.fragment}`);
    });
  const step = (number: number) => page.locator(`[aria-label="Step ${number}"]`);
  const outcomes = (): Promise<(string | null)[]> =>
    page.locator('.step').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-outcome')));
  const example = (title: string): Script => examples.find((one) => one.title === title) ?? expect.fail(title);

  test.each(promises)('the example "%s" shows what it promises', async (title, expected, says) => {
    await pick(title);
    expect(await outcomes()).toEqual(expected);
    expect(await page.locator('.readable q').allTextContents()).toEqual(says === '' ? [] : [says]);
    expect(await page.locator('.mistake:visible').count()).toBe(0);
  });

  test('every example is among these', () => {
    expect(promises.map(([title]) => title)).toEqual(examples.map(({ title }) => title));
  });

  test('a denial shows the statement that did not match, what was asked, and what would allow it', async () => {
    await pick('Denied, and why');
    const card = step(3);
    expect(await card.getByRole('tab', { selected: true }).textContent()).toBe('Decision');
    expect(await card.locator('.verdict').textContent()).toBe('Denied: no key policy statement allows it');
    const statement = card.locator('.statement', { hasText: 'Administrator' });
    expect(await statement.textContent()).toContain('[0] Administrator Allow: Principal does not match');
    expect(await statement.locator('dd').allTextContents()).toEqual([
      'arn:aws:iam::000000000000:role/App',
      'arn:aws:iam::000000000000:user/administrator',
    ]);
    expect(await card.locator('.advice').textContent()).toContain('add to the key policy:');
    await card.getByRole('tab', { name: 'Event' }).click();
    expect(await card.locator('.json').textContent()).toContain('"errorCode": "AccessDenied"');
    // What the grant of the next step changes.
    await step(5).getByRole('tab', { name: 'Decision' }).click();
    expect(await step(5).locator('.statement', { hasText: 'decides' }).textContent()).toContain('grant Allow: matches');
  });

  test('an edited policy changes the decision', async () => {
    await pick('Denied, and why');
    const policy = step(1).getByLabel('Request');
    const text = await policy.inputValue();
    await afterRun(() => policy.fill(text.replace('user/administrator', 'root')));
    expect((await outcomes())[2]).toBe('answer');
    await afterRun(() =>
      page.getByLabel('IAM policy').fill('{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}'),
    );
    expect((await outcomes())[2]).toBe('denied');
    expect(await step(3).locator('.verdict').textContent()).toContain('explicit deny');
  });

  test('mistakes have a place and a remedy', async () => {
    await pick('Rotation');
    await afterRun(() => step(1).getByLabel('Request').fill('{\n  "Description": "x"\n  "Policy": ""\n}'));
    expect(await step(1).locator('.mistake').textContent()).toBe(
      'This is no JSON, line 3, column 3: a comma or } is missing.',
    );
    expect(await step(1).getByLabel('Request').getAttribute('aria-invalid')).toBe('true');
    await afterRun(() => step(3).getByLabel('Operation').fill('Encript'));
    expect(await step(3).locator('.result').textContent()).toBe(
      'KMS has no operation "Encript". Did you mean Encrypt?',
    );
    await afterRun(() => step(4).getByLabel('The clock moves on by').fill('1 month'));
    expect(await step(4).locator('.result').textContent()).toContain('no duration');
    await pick('Denied, and why');
    await afterRun(() => page.getByLabel('IAM policy').fill('{"Statement": {"Effect": "Permit"}}'));
    expect(await page.locator('.principal .mistake').textContent()).toContain('Effect');
  });

  test('one mistake is red; what needs its answer waits, and is not marked', async () => {
    await pick('Envelope encryption');
    await afterRun(() => step(1).getByLabel('Request').fill('{'));
    expect(await outcomes()).toEqual(['mistake', 'waits', 'error', 'waits']);
    expect(await step(2).locator('.result').textContent()).toBe('Waits for step 1.');
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Step 2: CreateAlias, waits' }).count()).toBe(1);
  });

  test('its name leads back to the documentation', async () => {
    const address = (await page.getByRole('link', { name: 'kmsim' }).getAttribute('href')) ?? '';
    expect(new URL(address, 'https://example.org/kmsim/playground/play/').href).toBe('https://example.org/kmsim/');
  });

  test('the clock is pushed, and tells what became due', async () => {
    await pick('Deleted for good');
    expect(await step(5).locator('.result').textContent()).toContain('2026-01-08 00:00:00 UTC meanwhile: DeleteKey');
    await afterRun(() => page.getByRole('button', { name: 'Push the clock by 365 days' }).click());
    expect(await page.locator('.now').textContent()).toBe('2027-01-08 00:00:00 UTC');
  });

  test('a shared address shows the same, to the last byte', async () => {
    await pick('Envelope encryption');
    await afterRun(() => step(1).getByLabel('Request').fill('{"Description": "shared"}'));
    const before = await step(3).locator('.json').textContent();
    await page.getByRole('button', { name: 'Share' }).click();
    await page.locator('.notice', { hasText: 'behind the #' }).waitFor();
    const { hash } = new URL(page.url());
    expect(hash.length).toBeLessThan(2000);
    await pick('Rotation');
    await page.evaluate("history.replaceState(null, '', '#')");
    await afterRun(() => goTo(hash));
    expect(await step(1).getByLabel('Request').inputValue()).toBe('{"Description": "shared"}');
    expect(await step(3).locator('.json').textContent()).toBe(before);
  });

  test('a hostile address is answered with a sentence, and an example', async () => {
    await pick('Rotation');
    await afterRun(() => goTo('#s=AAAA'));
    expect(await page.locator('.notice').textContent()).toContain('cannot be opened');
    expect(await page.locator('.title').textContent()).toBe('Denied, and why');
  });

  test('what is hostile in a script is text', async () => {
    const bad = '<img src=x onerror="globalThis.caught=1"><script>globalThis.caught=1</script>';
    const step = { kind: 'call' as const, as: '', region: '' };
    await open({
      title: bad,
      about: bad,
      region: 'us-east-1',
      principals: [{ arn: bad, policy: bad }],
      steps: [
        { ...step, name: bad, operation: 'CreateKey', input: JSON.stringify({ Description: bad }) },
        { ...step, name: '', operation: bad, input: bad },
        { ...step, name: '', operation: 'DescribeKey', input: JSON.stringify({ KeyId: bad }), as: bad, region: bad },
        { kind: 'clock', advance: bad },
      ],
    });
    expect(await page.locator('.title').textContent()).toBe(bad);
    expect(await page.locator('.step').first().locator('.json').textContent()).toContain('onerror');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.evaluate('globalThis.caught')).toBeUndefined();
  });

  test('it is used with the keyboard alone', async () => {
    await pick('Envelope encryption');
    await step(1).getByRole('tab', { name: 'Answer' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await step(1).getByRole('tab', { selected: true }).textContent()).toBe('Event');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Event of CloudTrail');
    await step(1).getByLabel('Request').focus();
    await afterRun(() => page.keyboard.press('Control+Enter'));
    await step(1).getByRole('button', { name: 'Move step 1 down' }).focus();
    await afterRun(() => page.keyboard.press('Enter'));
    expect(await step(2).getByLabel('Operation').inputValue()).toBe('CreateKey');
    expect(await page.evaluate('document.activeElement.value')).toBe('CreateKey');
    // An alias for a key that is not there yet.
    expect(await step(1).locator('.mistake').textContent()).toContain('no earlier step is called "key"');
    await page.getByRole('button', { name: '+ Request' }).focus();
    await afterRun(() => page.keyboard.press('Enter'));
    expect(await page.evaluate('document.activeElement.value')).toBe('ListKeys');
  });

  test('keys of other kinds are there without another request', async () => {
    const step = { kind: 'call' as const, as: '', region: '' };
    const input = (value: object): string => JSON.stringify(value);
    await open({
      ...example('Rotation'),
      steps: [
        {
          ...step,
          name: 'key',
          operation: 'CreateKey',
          input: input({ KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' }),
        },
        {
          ...step,
          name: '',
          operation: 'Sign',
          input: input({
            KeyId: '{{key.KeyMetadata.KeyId}}',
            Message: '{{base64 hello}}',
            SigningAlgorithm: 'ML_DSA_SHAKE_256',
          }),
        },
      ],
    });
    expect(await outcomes()).toEqual(['answer', 'answer']);
  });

  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'light', width: 360 },
  ] as const)('$colorScheme, $width wide: nothing sticks out, and text can be read', async ({ colorScheme, width }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const { title } of examples) {
      await pick(title);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    const pairs = await page.evaluate(contrasts);
    expect(pairs.length).toBeGreaterThan(20);
    expect(pairs.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  // The last: after all of the above.
  test('nothing has left the page, and nothing went wrong in it', () => {
    expect({ requests: opened.requests, complaints: opened.complaints }).toEqual({ requests: [], complaints: [] });
  });
});
