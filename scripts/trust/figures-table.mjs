// The figures of the last trials as tables: a short one for the README, one with the sizes for docs/trust.md.

import { trials } from './trials.mjs';

const begin = '<!-- trust: begin -->';
const end = '<!-- trust: end -->';

export function figuresTable(figures, file) {
  const rows = new Map(figures.map((row) => [row.id, row]));
  return file === 'README.md' ? short(rows) : long(rows);
}

/** The text with the table between the markers; as it is where there are none. */
export function withTable(text, table) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) return text;
  return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
}

function short(rows) {
  const lines = trials.flatMap(([id, says]) => {
    const row = rows.get(id);
    return row === undefined ? [] : [`| ${id} | ${says} | ${said(row, 1)} | ${whenOf(row)} |`];
  });
  return ['| | claim | figure | last run |', '|---|---|---|---|', ...lines].join('\n');
}

function long(rows) {
  const lines = trials.map(([id, says, ci, night]) => {
    const row = rows.get(id);
    const figures = row === undefined ? 'not run yet' : `${said(row, row.figures.length)}<br>${whenOf(row)}`;
    return `| ${id} | ${says} | ${ci} | ${night} | ${figures} |`;
  });
  return ['| | what it shows | by day | at night | last figures |', '|---|---|---|---|---|', ...lines].join('\n');
}

function said({ figures, passed }, most) {
  const texts = figures.slice(0, most).map(({ count, failures, note, of }) => {
    const grouped = (value) => value.toLocaleString('en-US');
    return `${grouped(failures)} of ${grouped(count)} ${of}${most === 1 || note === undefined ? '' : ` (${note})`}`;
  });
  return [...(passed ? [] : ['**failed**']), ...texts].join('<br>').replaceAll('|', '\\|');
}

function whenOf({ commit, date, node, seed, size }) {
  return `${date}, ${commit}, ${size} size, seed ${seed}, Node ${node}`;
}
