/** The table in which the differences stand: holding it against what was heard, renewing it, and showing it to people. */
import type { Differences, Theme, Verdict } from './check.ts';

/** What one engine does, by theme and check. */
type Heard = Readonly<Record<string, Readonly<Record<string, Verdict>>>>;

/** An engine's column: its key in the table and how people are told of it. */
export interface Column {
  readonly key: string;
  readonly title: string;
}

/**
 * Where the table does not say what the engine does, a line each. A cell that `varies` is not held to anything, and an
 * engine that was not heard is not asked for here.
 */
export function disagreements(recorded: Differences, engine: string, heard: Heard): string[] {
  return Object.entries(heard).flatMap(([theme, checks]) =>
    Object.entries(checks).flatMap(([check, verdict]) => {
      const cell = recorded[theme]?.[check]?.[engine];
      if (cell === verdict || cell?.startsWith('varies: ')) return [];
      return [`${engine} · ${theme} · ${check}\n  recorded: ${cell ?? 'nothing'}\n  heard:    ${verdict}`];
    }),
  );
}

/** Rows of the table that no check stands behind, and checks or columns that the table lacks. */
export function gaps<Target>(
  recorded: Differences,
  themes: readonly Theme<Target>[],
  columns: readonly Column[],
): string[] {
  const wanted = themes.flatMap(({ title, checks }) =>
    checks.flatMap(({ name }) => columns.map(({ key }) => `${title} · ${name} · ${key}`)),
  );
  const present = Object.entries(recorded).flatMap(([theme, checks]) =>
    Object.entries(checks).flatMap(([check, cells]) =>
      Object.keys(cells).map((engine) => `${theme} · ${check} · ${engine}`),
    ),
  );
  return [
    ...wanted.filter((cell) => !present.includes(cell)).map((cell) => `not in the table: ${cell}`),
    ...present.filter((cell) => !wanted.includes(cell)).map((cell) => `behind it stands no check: ${cell}`),
  ];
}

/** The table with what was heard now; what was not heard, and what varies, stays as it is. Rows follow the checks. */
export function renewed<Target>(
  recorded: Differences,
  themes: readonly Theme<Target>[],
  columns: readonly Column[],
  heard: Readonly<Record<string, Heard>>,
): Differences {
  const table: Differences = {};
  for (const { title, checks } of themes) {
    const rows: Record<string, Record<string, Verdict>> = (table[title] = {});
    for (const { name } of checks) {
      const cells: Record<string, Verdict> = (rows[name] = {});
      for (const { key } of columns) {
        const before = recorded[title]?.[name]?.[key];
        const now = before?.startsWith('varies: ') ? before : (heard[key]?.[title]?.[name] ?? before);
        if (now) cells[key] = now;
      }
    }
  }
  return table;
}

/** The table as Markdown: sums first, then each theme with what the others do instead. */
export function shown<Target>(
  table: Differences,
  themes: readonly Theme<Target>[],
  columns: readonly Column[],
): string {
  const head = (first: string): string[] => [
    `| ${[first, ...columns.map(({ title }) => title)].join(' | ')} |`,
    `| --- |${columns.map(() => ' :-: |').join('')}`,
  ];
  const all = Object.values(table).flatMap((checks) => Object.values(checks));
  const sums = (['passes', 'fails', 'varies', 'n/a'] as const).map((kind) => {
    const counts = columns.map(({ key }) => all.filter((cells) => cells[key]?.startsWith(kind)).length);
    return `| ${[kind, ...counts].join(' | ')} |`;
  });
  const parts = themes.map(({ title, checks }) => {
    const rows = checks.map(({ name, source }) => {
      const marks = columns.map(({ key }) => mark(table[title]?.[name]?.[key]));
      return `| ${[`${cell(name)} <br> <sub>${cell(source)}</sub>`, ...marks].join(' | ')} |`;
    });
    const instead = checks.flatMap(({ name }) =>
      columns.flatMap(({ key, title: engine }) => {
        const verdict = table[title]?.[name]?.[key];
        const [kind, what] = parted(verdict);
        return what === undefined
          ? []
          : [`- ${engine}, “${name}”${kind === 'varies' ? ' varies' : ''}: \`${what}\``];
      }),
    );
    return [
      `### ${title}`,
      '',
      ...head('check'),
      ...rows,
      ...(instead.length > 0 ? ['', ...instead] : []),
    ].join('\n');
  });
  return [[...head(`${all.length} checks`), ...sums].join('\n'), ...parts].join('\n\n');
}

/** The text with the part between the two marks of this name replaced. @throws when it has no such marks */
export function withSection(text: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There are no marks for ${name}`);
  return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
}

function parted(verdict: Verdict | undefined): [string, string | undefined] {
  const at = verdict?.indexOf(': ') ?? -1;
  return verdict === undefined || at < 0
    ? [verdict ?? '', undefined]
    : [verdict.slice(0, at), verdict.slice(at + 2)];
}

function mark(verdict: Verdict | undefined): string {
  if (verdict === undefined) return '?';
  const [kind] = parted(verdict);
  return { passes: '✓', fails: '✗', varies: '~' }[kind] ?? kind;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
