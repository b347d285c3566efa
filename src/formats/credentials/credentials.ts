import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { blockRecords } from '../free-text/blocks.ts'
import { isRule } from '../free-text/label.ts'
import { tooLongFault } from '../free-text/line-faults.ts'
import { headLines } from '../table/dialect.ts'
import { decoded, headBytes, newTally, sniffEncoding } from '../table/encoding.ts'
import { keyedTable, type KeyedRecord } from '../table/keyed.ts'
import type { TableReader } from '../table/reader.ts'
import { textLines, type TextLine } from '../table/text-lines.ts'
import { parseCredential } from './credential.ts'
import { blockName, sniffCredentials } from './sniff.ts'

/**
 * Opens a list of logins (combo list, stealer log) as a table with the columns `url` (where the list has any), `login`, `password`, and what blocks name
 * beside them (`application`). Passwords are secrets: who shows rows must not show that column. Lines that are no login are counted in one fault.
 */
export async function openCredentials(source: ByteSource, options: { readonly watch?: Watch } = {}): Promise<TableReader> {
  const head = await source.slice(0, headBytes)
  const encoding = sniffEncoding(head)
  const text = new TextDecoder(encoding).decode(head, { stream: true })
  const shape = sniffCredentials(headLines(text, source.size > head.length)) ?? { kind: 'lines', separator: ':', urls: true }
  const ending = !text.includes('\n') && text.includes('\r') ? '\r' : '\n'
  const tally = newTally()
  const lines = textLines(decoded(source, encoding, options.watch, tally), ending)
  const file = source.name
  const records =
    shape.kind === 'blocks'
      ? blockRecords(lines, { file, nameOf: blockName })
      : lineRecords(lines, { file, separator: shape.separator })
  const columns = shape.kind === 'blocks' || shape.urls ? ['url', 'login', 'password'] : ['login', 'password']
  const table = await keyedTable(records, { file, lateCode: 'text-late-label', columns })
  return {
    dialect: { delimiter: shape.kind === 'lines' ? shape.separator : '', quote: '', encoding, header: false },
    ...table,
    tally,
  }
}

async function* lineRecords(
  lines: AsyncIterable<TextLine[]>,
  of: { readonly file: string; readonly separator: string },
): AsyncGenerator<Batch<KeyedRecord>> {
  let wrong = 0
  let first = 0
  for await (const some of lines) {
    const records: KeyedRecord[] = []
    const faults: Fault[] = []
    for (const { line, text, tooLong } of some) {
      if (tooLong) {
        faults.push(tooLongFault({ file: of.file, line }))
        continue
      }
      if (isRule(text)) continue
      const one = parseCredential(text, of.separator)
      if (one === undefined) {
        wrong += 1
        if (first === 0) first = line
        continue
      }
      const { url, login, password } = one
      records.push({
        line,
        cells: new Map([...(url === '' ? [] : [['url', url] as const]), ['login', login], ['password', password]]),
      })
    }
    yield { records, faults }
  }
  if (wrong > 0)
    yield {
      records: [],
      faults: [
        fault(
          'credentials-line-wrong',
          `${wrong} ${wrong === 1 ? 'line is' : 'lines are'} no login and ${wrong === 1 ? 'was' : 'were'} left out.`,
          { file: of.file, line: first },
          'Look at them in the original if they matter.',
          wrong,
        ),
      ],
    }
}
