import { bulkSubscribers, namesSubscribers, type StatementReading, type StatementValue } from './reading.ts'
import type { Word } from './words.ts'

const reading = new Set(['select', 'copy', 'with', 'table', 'fetch', 'declare'])

/** What can be told without a grammar: tables behind FROM, JOIN, INTO, UPDATE, COPY, and literals beside identifier fields. */
export function scanWords(found: readonly Word[]): StatementReading {
  const command = found.find((word) => word.kind === 'name')?.text ?? ''
  const tables = new Set<string>()
  const subscribers: { field: string; value: StatementValue }[] = []
  for (const [at, word] of found.entries()) {
    if (word.kind !== 'name') continue
    if (
      word.text === 'from' ||
      word.text === 'join' ||
      word.text === 'into' ||
      (at === 0 && (word.text === 'update' || word.text === 'copy'))
    )
      addTable(found, at + 1, tables)
    if (namesSubscribers(word.text) && found[at - 1]?.text !== 'not') addValues(found, at, subscribers)
  }
  const named = [...tables].sort()
  const bulk = reading.has(command) && named.length > 0 && (subscribers.length === 0 || subscribers.length > bulkSubscribers)
  return { basis: 'scanned', command: command.toUpperCase(), tables: named, subscribers, fields: [], bulk }
}

function addTable(found: readonly Word[], from: number, tables: Set<string>): void {
  let name = ''
  let at = from
  while (found[at]?.kind === 'name') {
    name += found[at]?.text ?? ''
    if (found[at + 1]?.text !== '.') break
    name += '.'
    at += 2
  }
  if (name !== '' && name !== 'only' && name !== 'stdin' && !isCatalogue(name)) tables.add(name)
}

function addValues(found: readonly Word[], at: number, subscribers: { field: string; value: StatementValue }[]): void {
  const field = found[at]?.text ?? ''
  const sign = found[at + 1]?.text
  if (sign === '=') {
    const value = valueOf(found[at + 2])
    if (value !== undefined) subscribers.push({ field, value })
  }
  if (sign !== 'in' || found[at + 2]?.text !== '(') return
  for (let next = at + 3; next < found.length && subscribers.length <= 10_000; next += 2) {
    const value = valueOf(found[next])
    if (value === undefined) return
    subscribers.push({ field, value })
    if (found[next + 1]?.text !== ',') return
  }
}

function valueOf(word: Word | undefined): StatementValue | undefined {
  if (word?.kind === 'text' || word?.kind === 'number') return { kind: 'literal', text: word.text }
  const index = word?.kind === 'parameter' && word.text.startsWith('$') ? Number(word.text.slice(1)) : 0
  return index > 0 ? { kind: 'parameter', index } : undefined
}

/** The server's own catalogues hold no subscribers. */
export function isCatalogue(table: string): boolean {
  return table.startsWith('pg_') || table.startsWith('information_schema.')
}
