import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RuleFile } from '../../src/sigma/index.ts'

const data = resolve(import.meta.dirname, '../../../shared/data')
const rulesFolder = join(data, 'sigma-rules')
export const regressionFolder = join(data, 'sigma-regression')
export const hasSharedData = existsSync(rulesFolder) && existsSync(regressionFolder)
export const orSkipped = hasSharedData ? '' : ' (skipped: no shared data)'

/** Every file below a folder that ends so, sorted. */
export function filesBelow(folder: string, end: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** The published rules, without the two mapping files that lie beside them. */
export function publishedRules(): RuleFile[] {
  return filesBelow(rulesFolder, '.yml')
    .filter((path) => !path.includes(`${rulesFolder}/tests/`))
    .map((path) => ({ name: path.slice(rulesFolder.length + 1), text: readFileSync(path, 'utf8') }))
}

/** The records of one regression file as flat fields; the files hold one or several JSON objects, some with titles between. */
export function regressionRecords(path: string): Record<string, string>[] {
  return objectsIn(readFileSync(path, 'utf8')).map((text) => flatten(JSON.parse(text) as Json))
}

type Json = { readonly [key: string]: unknown }

function flatten(record: Json): Record<string, string> {
  const event = (record['Event'] ?? record) as Json
  const system = event['System'] as Json
  const fields: Record<string, string> = { EventID: String(system['EventID']), Channel: String(system['Channel']) }
  for (const [name, value] of Object.entries((event['EventData'] ?? event['UserData'] ?? {}) as Json)) {
    if (typeof value === 'string' || typeof value === 'number') fields[name.replaceAll(' ', '')] = String(value)
  }
  return fields
}

function objectsIn(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token[0] === '{' && depth++ === 0) start = token.index
    if (token[0] === '}' && --depth === 0) found.push(text.slice(start, token.index + 1))
  }
  return found
}
