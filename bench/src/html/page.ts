// A report: one page that needs nothing but itself.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { machineLine } from '../machine.ts';
import { cell, headingsOf } from '../report.ts';
import type { Answer, Run } from '../saved-run.ts';
import type { Table } from '../suite.ts';
import { limitText, readingText, verdictOf } from '../target-text.ts';
import { readingsOf, targets } from '../targets.ts';
import { type Chart, chartsOf } from './chart-data.ts';
import { style } from './style.ts';

// More rows than this hide behind a word.
const shownRows = 40;

export function reportPage(run: Run): string {
  const charts: Chart[] = [];
  const sections = run.suites.map((answer) => section(answer, charts));
  const title = `kmsim benchmarks, ${run.machine.date}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped([machineLine(run.machine), run.version && `kmsim ${run.version}`, run.commit && `commit ${run.commit}`].filter(Boolean).join(' | '))}</p>
${run.smoke === true ? '<p><strong>A smoke run: it proves that everything runs, and its figures mean nothing.</strong></p>' : ''}
<nav><ul>${run.suites.map(({ name }) => `<li><a href="#${escaped(name)}">${escaped(name)}</a></li>`).join('')}</ul></nav>
${method}
${targetsTable(run)}
${sections.join('\n')}
<script id="charts" type="application/json">${JSON.stringify(charts).replaceAll('<', '\\u003c')}</script>
${libraries()}
<script type="module">${inlined(readFileSync(new URL('charts.js', import.meta.url), 'utf8'))}</script>
</body>
</html>
`;
}

const method = `<details class="method"><summary>How it is measured</summary>
<p>Alternatives take turns batch by batch in one process, each after each other one, and a ratio compares two batches of the same round.
Times are CPU time of the process, with the threads that collect its garbage and compile its code, unless a table says wall-clock time.
Figures are medians with the quartiles in parentheses; in the charts the quartiles are the dark line on a bar. Every suite runs in a process
of its own, after a warm-up, and everything is seeded. A bar right of the line is quicker than the floor, one left of it slower; the scale of
ratios is logarithmic. Trust the ratios more than the times.</p></details>`;

function section(answer: Answer, charts: Chart[]): string {
  const { about = '', name, tables } = answer;
  const figures = chartsOf(answer).map((chart) => {
    charts.push(chart);
    const note = chart.kind === 'bars' && chart.floor !== undefined ? `The line at 1: ${chart.floor}.` : '';
    return `<figure><figcaption>${escaped(chart.title)}<small>${escaped(note)}</small></figcaption>
<div data-chart="${charts.length - 1}" role="img" aria-label="${escaped(`${chart.title}, ${chart.axis}; the table below has the figures`)}"></div></figure>`;
  });
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const shown = tables.map(tableHtml).join('\n');
  return `<section id="${escaped(name)}"><h2>${escaped(name)}</h2>
<p>${escaped(about)}</p>
${figures.join('\n')}
<details${rows > shownRows ? '' : ' open'}><summary>The figures (${rows} rows)</summary>${shown}</details></section>`;
}

function tableHtml({ rows, title }: Table): string {
  const headings = headingsOf(rows);
  const head = ['', ...headings].map((heading) => `<th scope="col">${escaped(heading)}</th>`).join('');
  const body = rows.map(({ figures, name }) => {
    const cells = headings.map((heading) => `<td>${escaped(cell(figures[heading]))}</td>`).join('');
    return `<tr><th scope="row">${escaped(name)}</th>${cells}</tr>`;
  });
  return `<div class="scroll"><table><caption>${escaped(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

/** Of the targets that this run measured. */
function targetsTable(run: Run): string {
  const rows = targets.flatMap((target) => {
    const readings = readingsOf(target, run);
    if (readings.every(({ figure }) => figure === undefined)) return [];
    const verdict = verdictOf(target, readings);
    const measured = readings.map((reading) => `${reading.measure.name} ${readingText(target, reading)}`).join('<br>');
    return [
      `<tr><td>${escaped(target.work)}</td><td>${escaped(limitText(target))}</td><td>${measured}</td><td class="${verdict === 'met' ? 'met' : verdict === 'not measured' ? 'unknown' : 'missed'}">${verdict}</td></tr>`,
    ];
  });
  if (rows.length === 0) return '';
  return `<section id="targets"><h2>Targets</h2><div class="scroll"><table class="targets"><thead><tr><th scope="col">work</th><th scope="col">target</th><th scope="col">measured</th><th scope="col"></th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

/** The charting library and what it stands on, with their licences. */
function libraries(): string {
  const require = createRequire(import.meta.url);
  const plot = dirname(dirname(require.resolve('@observablehq/plot')));
  const d3 = dirname(dirname(require.resolve('d3')));
  const scripts = [
    [d3, 'd3.min.js'],
    [plot, 'plot.umd.min.js'],
  ] as const;
  return scripts
    .map(([folder, file]) => {
      const licence = readFileSync(join(folder, 'LICENSE'), 'utf8').replaceAll('*/', '');
      return `<script>/*\n${licence}*/\n${inlined(readFileSync(join(folder, 'dist', file), 'utf8'))}</script>`;
    })
    .join('\n');
}

// No map: it is not beside the page. The end of a script inside of one would end it.
function inlined(script: string): string {
  return script.replace(/^\/\/# sourceMappingURL=.*$/m, '').replaceAll('</script', '<\\/script');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
