import { parseIso, UserError, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { recordFormatOf, tableNames, type FormatKind } from '../formats/index.ts'
import { listCopies, revisionsOf, type Copy, type CopyDetails, type CopyRevision } from '../provenance/index.ts'
import { caseIdFrom } from './case-store.ts'
import { copyTermsFile } from './copy-terms-file.ts'
import { keepDetails, type KeptCopy } from './keep-details.ts'
import { collectLoose, looseFiles } from './loose-files.ts'
import { registerItem } from './register-item.ts'
import { openRegistry, registryFolder } from './registry.ts'
import type { Workspace } from './workspace.ts'

/** A copy or leak to be registered from a file. Days are `YYYY-MM-DD`. */
export interface NewCopy {
  readonly file: string
  readonly kind: 'own' | 'extract' | 'leak'
  readonly holder: string
  readonly system: string
  readonly asOf: string
  readonly history: boolean
  /** Made from the file's name when absent. */
  readonly id?: string
  readonly map?: Readonly<Record<string, string>>
  readonly country?: string
  /** Who allowed a leak to be held. */
  readonly approvedBy?: string
  /** The sheet of a workbook or the table of a dump; the first with rows when absent. */
  readonly table?: string
  /** Terms and life of the copy, as far as they are known. */
  readonly details?: CopyDetails
}

/** Registers a copy or leak in the workspace and records who did. Throws a `UserError` for a day or id that is not well formed. */
export async function registerFile(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly copy: NewCopy
  /** To try on encrypted archives. */
  readonly passwords?: readonly string[]
  readonly watch: Watch
}): Promise<KeptCopy> {
  const { workspace, signer, copy, watch } = options
  if (!/^\d{4}-\d{2}-\d{2}$/.test(copy.asOf) || parseIso(copy.asOf) === undefined)
    throw new UserError({
      code: 'day-wrong',
      message: `"${copy.asOf}" is no day`,
      hint: 'write it as 2026-09-30',
      exitCode: 2,
    })
  const files = await looseFiles({
    paths: [copy.file],
    role: (seen) => (isTable(seen.kind) ? 'copy' : undefined),
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
    watch,
  })
  try {
    const { items, faults } = await collectLoose(files, 'table (CSV, JSON lines, SQL dump, Parquet or XLSX)')
    const [item] = items
    if (item === undefined || items.length > 1)
      throw new UserError({
        code: 'one-file',
        message: `${copy.file} holds ${items.length} tables`,
        hint: 'register one file at a time',
        exitCode: 2,
      })
    if (copy.table !== undefined && item.identified.kind !== 'xlsx' && item.identified.kind !== 'sql-dump')
      throw new UserError({
        code: 'no-sheets',
        message: `${copy.file} is one table and has no sheet ${JSON.stringify(copy.table)}`,
        hint: 'leave --sheet out: it is for workbooks and SQL dumps',
        exitCode: 2,
      })
    const name =
      copy.kind === 'leak'
        ? copy.holder
        : (copy.file
            .split('/')
            .at(-1)
            ?.replace(/\.[a-z0-9.]+$/i, '') ?? copy.file)
    const manifest = {
      id: copy.id ?? caseIdFrom(name),
      kind: copy.kind,
      holder: copy.holder,
      system: copy.system,
      asOf: copy.asOf,
      history: copy.history,
    }
    const same = refuseOther(listCopies(registryFolder(workspace)), { ...manifest, sha256: item.sha256 })
    const registry = await openRegistry(workspace)
    const country = copy.country ?? files.settings.country
    const registered = await registerItem({
      item,
      manifest,
      registry,
      ...(country === undefined ? {} : { country }),
      ...(copy.map === undefined ? {} : { map: copy.map }),
      ...(copy.table === undefined ? {} : { table: copy.table }),
      watch,
    }).catch(rightTable(() => tableNames(item.source, item.identified.kind, watch)))
    const kept = keepDetails({
      workspace,
      signer,
      registered,
      ...(same === undefined ? {} : { before: same }),
      // What was known of the same bytes before stays known when they are registered anew.
      details: { ...detailsOf(same), ...copy.details },
      ...(copy.approvedBy === undefined ? {} : { approvedBy: copy.approvedBy }),
    })
    return { ...kept, faults: [...faults, ...kept.faults] }
  } finally {
    await files.release()
  }
}

/** Changes what is known of a registered copy (terms, receipt, places) and records who did; tokens stay as they are. Throws a `UserError`. */
export function updateCopy(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly id: string
  /** The manifest's file (`--manifest`). */
  readonly file: string
}): KeptCopy {
  const { workspace, signer, id } = options
  const { id: named, kind, holder, system, asOf, history, ...details } = copyTermsFile(options.file)
  const registered = knownCopy(workspace, id)
  const declared = { id: named, kind, holder, system, asOf, history }
  for (const [member, value] of Object.entries(declared))
    if (value !== undefined && value !== registered[member as keyof typeof declared])
      throw new UserError({
        code: 'copy-declaration-fixed',
        message: `${options.file} gives another ${member} than the copy "${id}" was registered with`,
        hint: 'verdicts rest on it: register the file again under a name of its own',
      })
  return keepDetails({ workspace, signer, registered, before: registered, details: { ...detailsOf(registered), ...details } })
}

/** A registered copy with its former states, oldest first. Throws a `UserError` when there is none of this name. */
export function shownCopy(
  workspace: Pick<Workspace, 'path'>,
  id: string,
): { readonly copy: Copy; readonly revisions: readonly CopyRevision[] } {
  return { copy: knownCopy(workspace, id), revisions: revisionsOf(registryFolder(workspace), id) }
}

function knownCopy(workspace: Pick<Workspace, 'path'>, id: string): Copy {
  const known = listCopies(registryFolder(workspace))
  const copy = known.find((one) => one.id === id)
  if (copy !== undefined) return copy
  throw new UserError({
    code: 'copy-unknown',
    message: `no copy ${JSON.stringify(id)} is registered`,
    hint: known.length === 0 ? 'none is: see "breachline copy add --help"' : '"breachline copy list" names the registered ones',
  })
}

function detailsOf(copy: Copy | undefined): CopyDetails {
  if (copy === undefined) return {}
  const { fields, format, rowFilter, receipt, places, holderStatus, operators, acquisition } = copy
  const details = { fields, format, rowFilter, receipt, places, holderStatus, operators, acquisition }
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as CopyDetails
}

/** Another file under a known id would silently replace what verdicts cite. Gives the copy when it is the same one again. */
function refuseOther(known: readonly Copy[], next: Pick<Copy, 'id' | 'sha256' | 'kind' | 'holder' | 'asOf'>): Copy | undefined {
  const same = known.find((one) => one.id === next.id)
  if (same === undefined) return undefined
  if (same.sha256 === next.sha256 && same.holder === next.holder && same.asOf === next.asOf) return same
  throw new UserError({
    code: 'copy-known',
    message: `a ${same.kind === 'leak' ? 'leak' : 'copy'} "${next.id}" is registered already (${same.holder}, ${same.asOf}, ${same.rows} rows)`,
    hint: 'give this one its own name with --id',
  })
}

/** A `catch` for a table of several without an identifier: most likely another of them is meant. Other errors pass. */
function rightTable(tables: () => Promise<readonly string[]>): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof UserError) || error.code !== 'copy-without-identifier') throw error
    const names = await tables()
    if (names.length < 2) throw error
    throw new UserError({
      code: error.code,
      message: error.message,
      hint: `choose another of its tables with --sheet: ${names.join(', ')}`,
      cause: error,
    })
  }
}

/** Prose is no copy: only in a sample are records looked for in it. */
function isTable(kind: FormatKind): boolean {
  return kind !== 'text' && kind !== 'markdown' && recordFormatOf(kind) !== undefined
}

/** The registered copies and leaks of a workspace, by id; reads the registry alone. */
export function registeredCopies(workspace: Pick<Workspace, 'path'>): readonly Copy[] {
  return listCopies(registryFolder(workspace))
}
