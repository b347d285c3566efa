import { limits } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { openRecords, readLines, readPgAudit } from '../formats/index.ts'
import type { Item } from './items.ts'
import { recordFormat } from './record-format.ts'

/** The parts of every cited record of some items, as they stand there: cells of a row; user, values and words of an entry of pgAudit. */
export async function* citedTexts(items: readonly Item[], cites: readonly Cite[]): AsyncGenerator<readonly string[]> {
  for (const item of items) {
    const cited = citedRecords(cites, item)
    if (cited.size === 0) continue
    const byLine = cites.some((cite) => cite.kind === 'exhibit' && cite.sha256 === item.sha256 && cite.at.kind === 'line')
    for await (const texts of byLine ? lineTexts(item) : recordTexts(item)) if (cited.has(texts.n)) yield texts.pieces
  }
}

async function* lineTexts(item: Item): AsyncGenerator<{ n: number; pieces: readonly string[] }> {
  for await (const { records } of readLines(item.source)) for (const { n, text } of records) yield { n, pieces: wordsOf(text) }
}

/** Words of a text that holds identifiers among others: a statement, a request, a command. */
function wordsOf(text: string): string[] {
  const words = text.split(/[^0-9A-Za-z@.+_%-]+/)
  return [...words, ...words.filter((word) => word.includes('%2')).map((word) => word.replaceAll(/%2[bB]/g, '+'))]
}

function citedRecords(cites: readonly Cite[], item: Item): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const cite of cites) {
    if (cite.kind !== 'exhibit' || cite.sha256 !== item.sha256) continue
    if ('n' in cite.at) for (const n of [cite.at.n].flat()) numbers.add(n)
    else if (cite.at.kind === 'range')
      for (let n = cite.at.from; n <= Math.min(cite.at.to, cite.at.from + limits.citesPerSentence); n += 1) numbers.add(n)
  }
  return numbers
}

async function* recordTexts(item: Item): AsyncGenerator<{ n: number; pieces: readonly string[] }> {
  if (item.identified.kind === 'pgaudit') {
    const prefix = item.rule.log_line_prefix
    for await (const { records } of readPgAudit(item.source, prefix === undefined ? {} : { prefix }))
      for (const record of records) {
        const parameters = record.parameters === 'not-logged' ? [] : record.parameters
        yield { n: record.n, pieces: [record.user, ...parameters, ...record.statement.split(/[^0-9A-Za-z@.+_-]+/)] }
      }
    return
  }
  const table = await openRecords(item.source, recordFormat(item))
  for await (const { records } of table.rows)
    for (const row of records)
      yield { n: row.n, pieces: row.values.flatMap((cell) => (cell.length > 30 ? [cell, ...wordsOf(cell)] : [cell])) }
}
