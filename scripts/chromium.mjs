// Chromium, where there is one: for tests that look at pages, and for pictures of them. KMSIM_CHROMIUM names it elsewhere.

import { existsSync } from 'node:fs';

const programs = [
  process.env.KMSIM_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = programs.find((path) => path !== undefined && existsSync(path));

export const hasChromium = executablePath !== undefined;
/** For the name of what is skipped. */
export const chromiumNote = hasChromium ? '' : ' (skipped: there is no Chromium here)';

/** One that asks nobody for anything by itself. */
export async function launchChromium() {
  if (executablePath === undefined) throw new Error('There is no Chromium here: set KMSIM_CHROMIUM to its path.');
  const { chromium } = await import('playwright-core');
  const quiet = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map((name) => `--disable-${name}`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--no-first-run', ...quiet] });
}
