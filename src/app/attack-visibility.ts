import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readVisibilityTable, visibilityReader, type VisibilityTable } from '../events/index.ts'
import { packageRoot } from './package-root.ts'

let table: VisibilityTable | undefined

/** The shipped table of techniques and the log sources that show them, read once. */
export function visibilityTable(): VisibilityTable {
  table ??= readVisibilityTable(readFileSync(join(packageRoot(), 'data', 'attack-visibility.json'), 'utf8'))
  return table
}

/** A reader over the shipped table of techniques and the log sources that show them. */
export function attackVisibility(): ReturnType<typeof visibilityReader> {
  return visibilityReader(visibilityTable())
}
