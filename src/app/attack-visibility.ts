import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readVisibilityTable, visibilityReader } from '../events/index.ts'
import { packageRoot } from './package-root.ts'

/** A reader over the shipped table of techniques and the log sources that show them. */
export function attackVisibility(): ReturnType<typeof visibilityReader> {
  return visibilityReader(readVisibilityTable(readFileSync(join(packageRoot(), 'data', 'attack-visibility.json'), 'utf8')))
}
