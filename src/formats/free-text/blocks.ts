import { limits, type Batch, type Fault } from '../../base/index.ts'
import type { KeyedRecord } from '../table/keyed.ts'
import type { TextLine } from '../table/text-lines.ts'
import { isRule, labelled, withoutMark, type Labelled } from './label.ts'
import { LabelNames } from './label-names.ts'
import { tooLongFault, withoutRecordFault } from './line-faults.ts'

/**
 * Records of `Key: value` lines: an empty line or a rule ends one, and so does a key that the record has already. A line without a key goes on
 * the value before it; outside a record it is left out and counted. `nameOf` gives a key its own name.
 */
export async function* blockRecords(
  lines: AsyncIterable<TextLine[]>,
  of: { readonly file: string; readonly nameOf?: (label: string) => string | undefined },
): AsyncGenerator<Batch<KeyedRecord>> {
  const names = new LabelNames()
  let open: { line: number; through: number; cells: Map<string, string>; keys: Set<string>; last: string } | undefined
  let without = 0
  let first = 0
  for await (const some of lines) {
    const records: KeyedRecord[] = []
    const faults: Fault[] = []
    const end = (): void => {
      if (open !== undefined) records.push(recordOf(open))
      open = undefined
    }
    for (const { line, text, tooLong } of some) {
      if (tooLong) {
        end()
        faults.push(tooLongFault({ file: of.file, line }))
        continue
      }
      if (isRule(text)) {
        end()
        continue
      }
      const found = pairOf(text, of.nameOf)
      if (found === undefined) {
        const earlier = open?.cells.get(open.last)
        if (open !== undefined && earlier !== undefined && earlier.length < limits.fieldChars) {
          open.through = line
          open.cells.set(open.last, earlier === '' ? text.trim() : `${earlier}\n${text.trim()}`)
        } else {
          without += 1
          if (first === 0) first = line
        }
        continue
      }
      const key = found.label.toLowerCase()
      if (open?.keys.has(key) === true) end()
      open ??= { line, through: line, cells: new Map(), keys: new Set(), last: '' }
      open.through = line
      open.keys.add(key)
      if (of.nameOf === undefined) names.put(open.cells, found.label, found.value)
      else open.cells.set(found.label, found.value.slice(0, limits.fieldChars))
      open.last = [...open.cells.keys()].at(-1) ?? ''
    }
    yield { records, faults }
  }
  const faults = without > 0 ? [withoutRecordFault({ file: of.file, line: first }, without)] : []
  yield { records: open === undefined ? [] : [recordOf(open)], faults }
}

function recordOf({ line, through, cells }: { line: number; through: number; cells: Map<string, string> }): KeyedRecord {
  return through === line ? { line, cells } : { line, through, cells }
}

function pairOf(text: string, nameOf: ((label: string) => string | undefined) | undefined): Labelled | undefined {
  const found = labelled(text.length > 200_000 ? text.slice(0, 200_000) : text) ?? labelled(withoutMark(text))
  if (found === undefined || nameOf === undefined) return found
  const name = nameOf(found.label)
  return name === undefined ? undefined : { label: name, value: found.value }
}
