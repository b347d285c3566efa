import { existsSync, readdirSync } from 'node:fs'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { caseMigrations } from '../casefile/index.ts'
import type { EvidenceStore } from '../evidence/index.ts'
import { openDb, type Db } from '../store/index.ts'
import type { FileRule } from './case-settings.ts'
import type { Workspace } from './workspace.ts'

/** What a case is called and where it belongs; everything else is in the ledger. */
export interface CaseInfo {
  readonly id: string
  readonly title: string
  readonly operator: string
  /** Zone assumed for times that state none; '' when nobody said. */
  readonly zone: string
  readonly country: string
  readonly jurisdictions: readonly string[]
  /** What the operator is before the law, as the operator states it. */
  readonly roles: readonly string[]
  readonly significantHarm: 'yes' | 'no' | 'unknown'
  /** Report that made the case public. */
  readonly knownFrom?: string | undefined
  /** True for drills: shown wherever the case is. */
  readonly generated: boolean
  /** When the case was opened here, ISO 8601 UTC. */
  readonly openedAt: string
  /** Set for a case at counsel's direction: the ordinary case beside it, who instructed, when (ISO 8601 UTC), and for what purpose. */
  readonly track?:
    | { readonly of: string; readonly instructedBy: string; readonly instructedAt: string; readonly purpose: string }
    | undefined
}

/** A file given to the case: its bytes by hash, its name, and what the case settings say about it. */
export interface Given {
  readonly sha256: string
  readonly name: string
  readonly rule: Partial<FileRule>
}

/** An open case: its database and the folder of its evidence. */
export interface CaseStore extends EvidenceStore {
  readonly id: string
  readonly db: Db
  info(): CaseInfo
  setInfo(info: Omit<CaseInfo, 'id'>): void
  /** The answer of the last investigation, as it was stored; undefined before the first. */
  lastAnswer(): { readonly run: string; readonly at: string; readonly json: string } | undefined
  /** Files given to the case with what was said about them, in order of name; the last word about a name counts. */
  given(): readonly Given[]
  keepGiven(given: Given & { readonly at: string }): void
  keepAnswer(answer: { readonly run: string; readonly at: string; readonly json: string }): void
  close(): void
}

const appMigrations = [
  `CREATE TABLE case_info (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
   CREATE TABLE answers (seq INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
   CREATE TABLE given (seq INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL, at TEXT NOT NULL,
     UNIQUE (sha256, name, rule)) STRICT`,
]

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** Ids of the cases of a workspace, sorted. */
export function caseIds(workspace: Pick<Workspace, 'path'>): string[] {
  const folder = workspace.path('cases')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => idPattern.test(name) && existsSync(workspace.path('cases', name, 'case.db')))
    .sort()
}

/** A case id from a title: lower-case words joined by hyphens. */
export function caseIdFrom(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return words.slice(0, 64).replace(/-+$/, '') || 'case'
}

/** Opens a case; `create` makes it when it is not there. Throws a `UserError` for an unknown or ill-formed id. */
export function openCase(workspace: Pick<Workspace, 'path'>, id: string, options: { readonly create?: boolean } = {}): CaseStore {
  if (!idPattern.test(id))
    throw new UserError({
      code: 'case-id',
      message: `"${id}" is no case id`,
      hint: 'use lower-case letters, digits and hyphens',
      exitCode: 2,
    })
  const file = workspace.path('cases', id, 'case.db')
  if (options.create !== true && !existsSync(file)) {
    const known = caseIds(workspace)
    throw new UserError({
      code: 'case-unknown',
      message: `there is no case "${id}" in this workspace`,
      hint: known.length === 0 ? 'start with "breachline investigate FOLDER"' : `known cases: ${known.join(', ')}`,
    })
  }
  const db = openDb(file, { case: caseMigrations, app: appMigrations })
  const directory = workspace.path('cases', id, 'evidence')
  return {
    id,
    db,
    directory,
    info() {
      const row = db.get<{ body: string }>('SELECT body FROM case_info ORDER BY seq DESC LIMIT 1')
      return { ...emptyInfo, ...(row === undefined ? {} : infoSchema.parse(JSON.parse(row.body))), id }
    },
    setInfo(info) {
      const body = JSON.stringify(infoSchema.parse(info))
      const last = db.get<{ body: string }>('SELECT body FROM case_info ORDER BY seq DESC LIMIT 1')
      if (last?.body !== body) db.run('INSERT INTO case_info (at, body) VALUES (?, ?)', info.openedAt, body)
    },
    lastAnswer() {
      const row = db.get<{ run: string; at: string; body: string }>('SELECT run, at, body FROM answers ORDER BY seq DESC LIMIT 1')
      return row === undefined ? undefined : { run: row.run, at: row.at, json: row.body }
    },
    given() {
      const rows = db.all<{ sha256: string; name: string; rule: string }>(
        'SELECT sha256, name, rule FROM given WHERE seq IN (SELECT max(seq) FROM given GROUP BY name) ORDER BY name',
      )
      return rows.map((row) => ({ sha256: row.sha256, name: row.name, rule: JSON.parse(row.rule) as Partial<FileRule> }))
    },
    keepGiven({ sha256, name, rule, at }) {
      const text = JSON.stringify(rule)
      const last = db.get<{ sha256: string; rule: string }>(
        'SELECT sha256, rule FROM given WHERE name = ? ORDER BY seq DESC LIMIT 1',
        name,
      )
      if (last?.sha256 === sha256 && last.rule === text) return
      db.run('INSERT OR REPLACE INTO given (sha256, name, rule, at) VALUES (?, ?, ?, ?)', sha256, name, text, at)
    },
    keepAnswer({ run, at, json }) {
      db.run('INSERT INTO answers (run, at, body) VALUES (?, ?, ?) ON CONFLICT (run) DO NOTHING', run, at, json)
    },
    close: () => db.close(),
  }
}

const infoSchema = z.object({
  title: z.string(),
  operator: z.string(),
  zone: z.string(),
  country: z.string(),
  jurisdictions: z.array(z.string()),
  roles: z.array(z.string()),
  significantHarm: z.enum(['yes', 'no', 'unknown']),
  knownFrom: z.string().optional(),
  generated: z.boolean(),
  openedAt: z.string(),
  track: z.object({ of: z.string(), instructedBy: z.string(), instructedAt: z.string(), purpose: z.string() }).optional(),
})

const emptyInfo = {
  title: '',
  operator: '',
  zone: '',
  country: '',
  jurisdictions: [],
  roles: [],
  significantHarm: 'unknown',
  generated: false,
  openedAt: '',
} as const
