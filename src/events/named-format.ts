import type { Identified } from '../formats/index.ts'
import type { Recogniser } from './compile-maps.ts'
import { recogniseSource } from './sources/all.ts'

/** Readers that can be asked for by name: how a file is cut into records. */
const readers: Readonly<Record<string, Omit<Identified, 'seen'>>> = {
  evtx: { kind: 'evtx' },
  json: { kind: 'jsonl' },
  'access-log': { kind: 'access-log' },
  postgresql: { kind: 'pgaudit' },
  lines: { kind: 'log', log: 'lines' },
  headed: { kind: 'log', log: 'headed' },
  table: { kind: 'log', log: 'table' },
  blocks: { kind: 'log', records: 'blocks' },
  utmp: { kind: 'log', records: 'utmp' },
}

/** Readers of the forms of records that are no lines. */
const readerOfForm: Readonly<Record<string, string>> = {
  json: 'json',
  table: 'table',
  ...Object.fromEntries(['w3c', 'zeek', 'nfdump', 'rwcut'].map((form) => [form, 'headed'])),
  ...Object.fromEntries(
    ['bodyfile', 'mysql-general', 'mysql-slow', 'praudit', 'shell-history', 'yara'].map((form) => [form, 'blocks']),
  ),
  utmp: 'utmp',
}

/** How a source is read under a name that the caller gives. */
export interface NamedFormat {
  readonly identified: Identified
  /** Takes every record of the source map's forms, whatever else it holds; absent for a reader. */
  readonly only?: Recogniser
}

/** All names of source maps and readers, sorted. */
export function formatNames(): readonly string[] {
  return [...new Set([...Object.keys(readers), ...recogniseSource.names])].sort()
}

/** The names most like one that is none: those it is part of or holds, then those few letters away. */
export function nearFormats(name: string): readonly string[] {
  const asked = name.toLowerCase().slice(0, 64)
  return formatNames()
    .map((one) => ({ one, away: one.includes(asked) || asked.includes(one) ? 0 : distance(asked, one) }))
    .filter(({ one, away }) => away <= Math.max(2, Math.ceil(one.length / 3)))
    .sort((a, b) => a.away - b.away || (a.one < b.one ? -1 : 1))
    .slice(0, 6)
    .map(({ one }) => one)
}

/**
 * How a source is read as the format of a name; undefined when nothing has it. What the content was taken for decides between the readers
 * of a source map that comes in several forms.
 */
export function namedFormat(name: string, content: Identified): NamedFormat | undefined {
  const map = recogniseSource.named(name)
  const seen = `${name}, as told`
  if (map === undefined) {
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
    return reader === undefined ? undefined : { identified: { ...reader, seen } }
  }
  const wanted = new Set(map.forms.map((form) => readerOfForm[form] ?? 'lines'))
  // Lines may stand inside JSON of whoever collected them.
  if (wanted.has('lines')) wanted.add('json')
  const fits = [...wanted].find((one) => sameReader(readers[one], content))
  const [first = 'lines'] = wanted
  return { identified: { kind: 'log', ...readers[fits ?? first], seen }, only: map.only }
}

function sameReader(reader: (typeof readers)[string] | undefined, content: Identified): boolean {
  if (reader?.kind !== content.kind) return false
  return reader.kind !== 'log' || (reader.records ?? reader.log) === (content.records ?? content.log ?? 'lines')
}

/** Letters to add, to take away or to change to make one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}
