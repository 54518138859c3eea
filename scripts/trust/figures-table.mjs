// The figures of the last trials as tables: a short one for the README, one with the sizes for docs/trust.md.

import { trials } from './trials.mjs';

const begin = '<!-- trust: begin -->';
const end = '<!-- trust: end -->';

/** `mutation`: what is known of T20, by target, as `npm run mutation` prints it. */
export function figuresTable(figures, mutation, file) {
  const t20 = mutationRow(mutation);
  const rows = new Map([...figures, ...(t20 === undefined ? [] : [t20])].map((row) => [row.id, row]));
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

/** T20 is run by package and file, on request: its figures are those of many runs. */
function mutationRow(targets) {
  const known = targets.filter(({ score }) => score !== undefined);
  if (known.length === 0) return undefined;
  const sum = (member) => known.reduce((total, row) => total + row[member], 0);
  const figure = ({ equivalent, mutants, survived }, of, note) => ({
    count: mutants - equivalent,
    failures: survived,
    of,
    note,
  });
  const all = { equivalent: sum('equivalent'), mutants: sum('mutants'), survived: sum('survived') };
  const packages = known.map((row) => {
    const files = `${row.run} file${row.run === 1 ? '' : 's'}`;
    const core = row.coreSurvived.filter(([, survived]) => survived !== undefined);
    const left = core.reduce((total, [, survived]) => total + survived, 0);
    const ofCore = core.length === 0 ? '' : `, ${left} in ${core.map(([path]) => path).join(', ')}`;
    const score = `${row.score.toFixed(1)} % noticed, goal ${row.goal} %`;
    return figure(row, `of ${row.name}`, `${score}; ${files}, ${row.equivalent} without effect${ofCore}`);
  });
  const total = figure(all, 'changes of the sources not noticed', `${all.equivalent} without effect left out`);
  const [from, to] = [
    known.map(({ from: date }) => date).sort()[0],
    known
      .map(({ to: date }) => date)
      .sort()
      .at(-1),
  ];
  return {
    id: 'T20',
    passed: known.every(({ goal, score }) => score >= goal),
    figures: [total, ...packages],
    when: from === to ? to : `${from} to ${to}`,
  };
}

function whenOf({ commit, date, node, seed, size, when }) {
  if (when !== undefined) return when;
  return `${date}, ${commit}, ${size} size, seed ${seed}, Node ${node}`;
}
