import { existsSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import { decisions, notes } from '../casefile/index.ts'
import {
  addExhibit,
  appendCustody,
  exhibits,
  openExhibit,
  transferExhibit,
  type Exhibit,
  type Signer,
} from '../evidence/index.ts'
import { openCase, type CaseInfo, type CaseStore } from './case-store.ts'
import { newCase } from './new-case.ts'
import { packageVersion } from './package-root.ts'
import type { Workspace } from './workspace.ts'

interface Acting {
  readonly workspace: Workspace
  readonly signer: Signer
}

/** Opens a case at counsel's direction beside an ordinary one. Throws a `UserError` when the ordinary case is none, or the new one exists. */
export function openCounselCase(
  options: Acting & {
    readonly of: string
    readonly id?: string
    readonly instructed: Omit<NonNullable<CaseInfo['track']>, 'of'>
  },
): CaseInfo {
  const { workspace, signer, of, instructed } = options
  const info = reading(workspace, of, (store) => store.info())
  if (info.track !== undefined)
    throw new UserError({
      code: 'counsel-of-counsel',
      message: `the case "${of}" is kept at counsel's direction itself`,
      hint: `name the ordinary case: "${info.track.of}"`,
      exitCode: 2,
    })
  const { openedAt: _, id: __, ...known } = info
  return newCase({
    workspace,
    signer,
    id: options.id ?? `${of.slice(0, 55)}-counsel`,
    info: { ...known, title: `${info.title} (at counsel's direction)`, track: { of, ...instructed } },
  })
}

/** What was shared between the two cases. */
export interface SharedExhibits {
  readonly shared: readonly { readonly from: string; readonly to: string; readonly sha256: string; readonly name: string }[]
  /** Exhibits that the other case holds already. */
  readonly known: number
}

/**
 * Shares exhibits between an ordinary case and its counsel's case, by hash: bytes alone, each side's chain of custody says so. Notes, decisions, drafts
 * and findings are never shared. Throws a `UserError` when the cases are not linked, or an exhibit is not there.
 */
export async function shareExhibits(
  options: Acting & {
    readonly from: string
    readonly to: string
    readonly exhibits?: readonly string[]
    readonly reason: string
  },
): Promise<SharedExhibits> {
  const { workspace, signer, from, to, reason } = options
  const source = openCase(workspace, from)
  const target = openCase(workspace, to)
  try {
    if (source.info().track?.of !== to && target.info().track?.of !== from)
      throw new UserError({
        code: 'cases-not-linked',
        message: `neither of the cases "${from}" and "${to}" is kept at counsel's direction beside the other`,
        hint: '"breachline counsel open CASE" opens one beside an ordinary case',
        exitCode: 2,
      })
    const held = new Set(exhibits(target.db).map(({ sha256 }) => sha256))
    const chosen = exhibitsNamed(source, options.exhibits)
    const fresh = chosen.filter(({ sha256 }) => !held.has(sha256))
    const shared: SharedExhibits['shared'][number][] = []
    for (const one of fresh) {
      const { number } = await shareOne(one, { ...options, source, target })
      transferExhibit(source.db, {
        exhibit: one.number,
        to: `the case ${to}`,
        reason,
        means: 'by hash',
        by: signer,
        at: workspace.world.now(),
      })
      shared.push({ from: one.number, to: number, sha256: one.sha256, name: one.name })
    }
    return { shared, known: chosen.length - fresh.length }
  } finally {
    source.close()
    target.close()
  }
}

async function shareOne(
  one: Exhibit,
  {
    workspace,
    signer,
    from,
    source,
    target,
  }: Acting & { readonly from: string; readonly source: CaseStore; readonly target: CaseStore },
): Promise<Exhibit> {
  const bytes = await openExhibit(source, one)
  const path = one.acquisitions.find(({ path }) => path !== undefined && existsSync(path))?.path
  const at = workspace.world.now()
  const { exhibit } = await addExhibit(target, {
    ...(one.mode === 'referenced' && path !== undefined ? { file: path, mode: 'referenced' } : { file: bytes, mode: 'copied' }),
    name: one.name,
    kind: one.kind,
    role: one.role,
    acquisition: {
      by: signer.name,
      when: at,
      from: `case ${from}, ${one.number}`,
      hashAtSource: one.sha256,
      how: { tool: 'breachline', version: packageVersion(), method: 'received' },
    },
    by: signer,
    at,
    once: true,
  })
  for (const given of source.given()) if (given.sha256 === one.sha256) target.keepGiven({ ...given, at })
  return exhibit
}

function exhibitsNamed(store: CaseStore, names: readonly string[] | undefined): readonly Exhibit[] {
  const all = exhibits(store.db)
  if (names === undefined || names.length === 0) return all
  return names.map((name) => {
    const found = all.find(({ number, sha256 }) => number === name.toUpperCase() || sha256 === name.toLowerCase())
    if (found !== undefined) return found
    throw new UserError({
      code: 'exhibit-unknown',
      message: `the case "${store.id}" has no exhibit "${name.slice(0, 70)}"`,
      hint: `"breachline case show ${store.id}" lists them`,
      exitCode: 2,
    })
  })
}

/** One document that is withheld: what it is and on what ground, never what it says. */
export interface Withheld {
  /** `N3`, `D2`. */
  readonly number: string
  readonly kind: 'note' | 'decision'
  /** ISO 8601 UTC. */
  readonly at: string
  readonly by: string
  /** Exhibits it is about. */
  readonly about: readonly string[]
  readonly instructedBy: string
  readonly purpose: string
}

/**
 * The privilege log of a counsel's case: every note and decision with its date and author, without a word of its text; that it was made is recorded.
 * Throws a `UserError` for an ordinary case.
 */
export function privilegeLog(options: Acting & { readonly caseId: string }): readonly Withheld[] {
  const { workspace, signer, caseId } = options
  return reading(workspace, caseId, (store) => {
    const { track } = store.info()
    if (track === undefined)
      throw new UserError({
        code: 'ordinary-case',
        message: `the case "${caseId}" is an ordinary one: it has no privilege log`,
        hint: 'name the case at counsel’s direction',
        exitCode: 2,
      })
    const { instructedBy, purpose } = track
    const numbers = new Set(exhibits(store.db).map(({ number }) => number))
    const told = (
      kind: Withheld['kind'],
      one: { number: string; at: string; by: readonly string[]; about: readonly string[] },
    ): Withheld => ({
      number: one.number,
      kind,
      at: one.at,
      by: one.by.join(', '),
      about: one.about.filter((name) => numbers.has(name)),
      instructedBy,
      purpose,
    })
    const log = [
      ...notes(store.db).map((one) => told('note', one)),
      ...decisions(store.db).map((one) => told('decision', one)),
    ].toSorted((a, b) => (a.at === b.at ? (a.number < b.number ? -1 : 1) : a.at < b.at ? -1 : 1))
    const detail = { kind: 'privilege-log', entries: log.length }
    store.db.transaction(() => appendCustody(store.db, { at: workspace.world.now(), act: 'exported', by: [signer], detail }))
    return log
  })
}

function reading<T>(workspace: Workspace, id: string, read: (store: CaseStore) => T): T {
  const store = openCase(workspace, id)
  try {
    return read(store)
  } finally {
    store.close()
  }
}
