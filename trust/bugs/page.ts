// The table of the seeded bugs, and of what caught each.

import type { Bug } from './bug.ts';
import type { Catch } from './hunt.ts';

export function bugsPage(rows: readonly { readonly bug: Bug; readonly catches: readonly Catch[] }[]): string {
  const lines = rows.map(({ bug, catches }) => {
    const [first] = catches;
    const more = catches.length > 1 ? ` and ${catches.length - 1} more` : '';
    const by = first === undefined ? '**nothing**' : `\`${first.file}\`: ${cell(first.test)}${more}`;
    return `| ${bug.name} | ${cell(bug.harm)} | ${bug.seenIn ?? ''} | ${by} |`;
  });
  return `# Seeded bugs

Written by \`npm run trust -- T21 --json FILE\`. Each bug is one changed place of one source file ([bug.ts](bug.ts) says how); the tests named in
its row run on the changed source and have to fail. No file is touched: the source is changed on its way into the test.

| bug | what it does to who relies on it | seen in | caught by |
|---|---|---|---|
${lines.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ');
}
