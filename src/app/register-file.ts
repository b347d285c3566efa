import { parseIso, UserError, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { listCopies, type Copy } from '../provenance/index.ts'
import { caseIdFrom } from './case-store.ts'
import { registerItem, type RegisteredCopy } from './judge-samples.ts'
import { collectLoose, looseFiles } from './loose-files.ts'
import { openRegistry, registryFolder } from './registry.ts'
import { recordAct } from './workspace-custody.ts'
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
}

/** Registers a copy or leak in the workspace and records who did. Throws a `UserError` for a day or id that is not well formed. */
export async function registerFile(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly copy: NewCopy
  readonly watch: Watch
}): Promise<RegisteredCopy> {
  const { workspace, signer, copy, watch } = options
  if (!/^\d{4}-\d{2}-\d{2}$/.test(copy.asOf) || parseIso(copy.asOf) === undefined)
    throw new UserError({
      code: 'day-wrong',
      message: `"${copy.asOf}" is no day`,
      hint: 'write it as 2026-09-30',
      exitCode: 2,
    })
  const files = await looseFiles({ paths: [copy.file], role: (seen) => (isTable(seen.kind) ? 'copy' : undefined), watch })
  try {
    const { items, faults } = await collectLoose(files, 'table (CSV, JSON lines or SQL dump)')
    const [item] = items
    if (item === undefined || items.length > 1)
      throw new UserError({
        code: 'one-file',
        message: `${copy.file} holds ${items.length} tables`,
        hint: 'register one file at a time',
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
    refuseOther(listCopies(registryFolder(workspace)), { ...manifest, sha256: item.sha256 })
    const registered = await registerItem({
      item: copy.map === undefined ? item : { ...item, rule: { ...item.rule, map: { ...copy.map } } },
      manifest,
      country: copy.country ?? files.settings.country ?? '',
      registry: await openRegistry(workspace),
      watch,
    })
    recordAct(workspace, {
      act: 'copy-registered',
      by: signer,
      detail: {
        copy: registered.copy,
        kind: manifest.kind,
        sha256: item.sha256,
        rows: registered.rows,
        approvedBy: copy.approvedBy,
      },
    })
    return { ...registered, faults: [...faults, ...registered.faults] }
  } finally {
    await files.release()
  }
}

/** Another file under a known id would silently replace what verdicts cite. */
function refuseOther(known: readonly Copy[], next: Pick<Copy, 'id' | 'sha256' | 'kind' | 'holder' | 'asOf'>): void {
  const same = known.find((one) => one.id === next.id)
  if (same === undefined) return
  if (same.sha256 === next.sha256 && same.holder === next.holder && same.asOf === next.asOf) return
  throw new UserError({
    code: 'copy-known',
    message: `a ${same.kind === 'leak' ? 'leak' : 'copy'} "${next.id}" is registered already (${same.holder}, ${same.asOf}, ${same.rows} rows)`,
    hint: 'give this one its own name with --id',
  })
}

function isTable(kind: string): boolean {
  return kind === 'csv' || kind === 'jsonl' || kind === 'sql-dump'
}

/** The registered copies and leaks of a workspace, by id; reads the registry alone. */
export function registeredCopies(workspace: Pick<Workspace, 'path'>): readonly Copy[] {
  return listCopies(registryFolder(workspace))
}
