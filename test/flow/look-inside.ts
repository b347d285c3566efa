import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { caseIds, verifyCase, type Answer } from '../../src/app/index.ts'
import { caseMigrations, findings, type Finding } from '../../src/casefile/index.ts'
import type { Verification } from '../../src/evidence/index.ts'
import { openDb } from '../../src/store/index.ts'

/** What a workspace holds between two runs, read without the programme that wrote it. */
export interface Inside {
  readonly cases: readonly string[]
  /** SHA-256 of the exhibits. */
  readonly exhibits: readonly string[]
  readonly acquisitions: number
  readonly custody: number
  readonly findings: readonly string[]
  /** Rows that brought a finding; one for each, however often it was said. */
  readonly proposals: number
  /** Keys of the committed loads. */
  readonly loads: readonly string[]
  readonly copies: readonly string[]
  readonly inventory: number
  /** Of every case. */
  readonly verified: readonly Verification[]
}

/** Looks into a workspace that nobody holds. */
export async function inside(workspace: string): Promise<Inside> {
  const cases = caseIds({ path: (...parts: string[]) => join(workspace, ...parts) })
  const all = { exhibits: [] as string[], findings: [] as string[], acquisitions: 0, custody: 0, proposals: 0 }
  const verified: Verification[] = []
  for (const id of cases) {
    const file = join(workspace, 'cases', id, 'case.db')
    all.exhibits.push(...texts(file, 'SELECT sha256 FROM exhibits ORDER BY sha256'))
    all.acquisitions += texts(file, 'SELECT id FROM acquisitions').length
    all.custody += texts(file, 'SELECT hash FROM custody').length
    all.proposals += texts(file, `SELECT id FROM finding_rows WHERE act = 'proposed'`).length
    all.findings.push(...findingIds(file))
    verified.push(await verifyCase({ workspace, case: id, watch: {} }))
  }
  // The cases of these tests are exercises: what they register stays with them.
  const registries = cases.map((id) => join(workspace, 'cases', id, 'registry'))
  return {
    cases,
    ...all,
    loads: texts(join(workspace, 'lake', 'loads.db'), `SELECT key FROM loads WHERE state = 'committed' ORDER BY key`),
    copies: registries.flatMap((registry) =>
      existsSync(registry)
        ? readdirSync(registry)
            .filter((name) => !name.startsWith('.') && existsSync(join(registry, name, 'manifest.json')))
            .sort()
        : [],
    ),
    inventory: cases
      .map((id) => texts(join(workspace, 'cases', id, 'inventory.db'), 'SELECT entry FROM entries').length)
      .reduce((sum, count) => sum + count, 0),
    verified,
  }
}

/** Ids of the findings that stand, sorted. */
export function findingIds(caseFile: string): string[] {
  return standingFindings(caseFile)
    .map((one) => one.id)
    .sort()
}

/** The findings that stand. */
export function standingFindings(caseFile: string): readonly Finding[] {
  if (!hasTable(caseFile, 'finding_rows')) return []
  const db = openDb(caseFile, caseMigrations, { readonly: true })
  try {
    return findings(db, { withdrawn: false })
  } finally {
    db.close()
  }
}

/** Rows of the lake by load key and table, and rows of no committed load; read in a process of its own. */
export function lakeRows(workspace: string): {
  readonly byLoad: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly ofNobody: Readonly<Record<string, string>>
} {
  const script = join(import.meta.dirname, 'count-lake.ts')
  const text = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, join(workspace, 'lake')], {
    encoding: 'utf8',
  })
  return JSON.parse(text) as ReturnType<typeof lakeRows>
}

function texts(file: string, sql: string): string[] {
  const table = / FROM (\w+)/.exec(sql)?.[1] ?? ''
  if (!hasTable(file, table)) return []
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]))
  } finally {
    db.close()
  }
}

function hasTable(file: string, table: string): boolean {
  if (!existsSync(file)) return false
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined
  } finally {
    db.close()
  }
}

/** The answer of the last investigation as the case keeps it. */
export function lastAnswerOf(workspace: string, caseId: string): Answer {
  const [body = 'null'] = texts(join(workspace, 'cases', caseId, 'case.db'), 'SELECT body FROM answers ORDER BY seq DESC LIMIT 1')
  return JSON.parse(body) as Answer
}
