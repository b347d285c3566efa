import { parseIso, UserError, type Fault, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { chanceOfCanary, expectations, type CutCounts, type Expectation, type ExtractManifest } from '../marks/index.ts'
import { caseIdFrom } from './case-store.ts'
import { prepareExtract, type ExtractJob, type NewExtract } from './extract-job.ts'
import { extractsOf, tableFormats } from './extracts-of.ts'
import { collectLoose, looseFiles } from './loose-files.ts'
import type { Workspace } from './workspace.ts'
import { writeExtract } from './write-extract.ts'

/** What was handed out, or would be. */
export interface ExportedCopy {
  readonly extract: string
  readonly written: boolean
  readonly pool: string | null
  /** The source is a history: the day whose versions were taken. */
  readonly validOn: string | null
  readonly counts: CutCounts
  readonly columns: readonly { readonly name: string; readonly role: string; readonly marks: readonly string[] }[]
  readonly dates: string | null
  readonly codes: string | null
  readonly expectations: readonly Expectation[]
  /** Columns that canary rows leave empty, and the chance that a sample of so many rows shows one. */
  readonly canaries: {
    readonly rows: number
    readonly emptyColumns: readonly string[]
    readonly chances: readonly { readonly sample: number; readonly chance: number }[]
  }
  readonly manifest: ExtractManifest | null
  readonly faults: readonly Fault[]
  readonly faultCount: number
}

/**
 * Cuts the extract for one recipient, signs its manifest and registers it as a copy; with `dryRun` says what would be marked and
 * writes nothing. Throws a `UserError` for what the person can put right; nothing half-written stays.
 */
export async function exportCopy(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly copy: NewExtract
  readonly dryRun: boolean
  readonly watch: Watch
}): Promise<ExportedCopy> {
  const { workspace, signer, copy, dryRun, watch } = options
  for (const day of [copy.asOf, copy.validOn ?? copy.asOf])
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || parseIso(day) === undefined)
      throw new UserError({ code: 'day-wrong', message: `"${day}" is no day`, hint: 'write it as 2026-09-30', exitCode: 2 })
  const extract = copy.id ?? caseIdFrom(`${copy.holder}-${copy.system}-${copy.asOf}`)
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(extract))
    throw new UserError({
      code: 'copy-id-wrong',
      message: `"${extract}" is no name of a copy`,
      hint: 'use a-z, 0-9 and hyphens',
      exitCode: 2,
    })
  const handed = extractsOf(workspace)
  const files = await looseFiles({
    paths: [copy.file],
    role: (seen) => (Object.hasOwn(tableFormats, seen.kind) ? 'copy' : undefined),
    watch,
  })
  try {
    const { items, faults } = await collectLoose(files, 'table (CSV, JSON lines or SQL dump)')
    const [item] = items
    if (item === undefined || items.length > 1)
      throw new UserError({
        code: 'one-file',
        message: `${copy.file} holds ${items.length} tables`,
        hint: 'hand out one table at a time',
        exitCode: 2,
      })
    const job = await prepareExtract({ copy, extract, handed, item, watch })
    const versions = job.validOn === undefined ? [] : [`versions valid on ${job.validOn}`]
    const rowFilter = [...(copy.rowFilter === undefined ? [] : [copy.rowFilter]), ...versions].join('; ')
    const done = dryRun
      ? { counts: await job.cut({ out: () => undefined, index: () => undefined }), manifest: undefined }
      : await writeExtract({
          workspace,
          signer,
          copy: rowFilter === '' ? copy : { ...copy, rowFilter },
          handed,
          item,
          job,
          watch,
        })
    return answer({ job, ...done, faults })
  } finally {
    await files.release()
  }
}

function answer(done: {
  readonly job: ExtractJob
  readonly counts: CutCounts
  readonly manifest: ExtractManifest | undefined
  readonly faults: readonly Fault[]
}): ExportedCopy {
  const { job, counts, manifest, faults } = done
  const { plan, canaries } = job
  return {
    extract: plan.extract,
    written: manifest !== undefined,
    pool: plan.pool ?? null,
    validOn: job.validOn ?? null,
    counts,
    columns: plan.columns.map(({ name, role }) => ({
      name,
      role:
        role.kind === 'identifier'
          ? role.identifier
          : role.kind === 'text'
            ? `${role.kind}, compared as ${role.form}`
            : role.kind,
      marks: [
        ...(plan.marked.find((one) => one.name === name)?.kinds ?? []),
        ...(plan.dates?.columns.includes(name) === true ? ['one date spelling'] : []),
        ...(plan.codes?.columns.includes(name) === true ? ['one case of codes'] : []),
      ],
    })),
    dates: plan.dates?.spelling ?? null,
    codes: plan.codes?.spelling ?? null,
    expectations: expectations(counts, plan.pool !== undefined),
    canaries: {
      rows: counts.canaries,
      emptyColumns: canaries.emptyColumns,
      chances: [100, 1_000, 10_000]
        .filter((sample) => sample <= counts.rows)
        .map((sample) => ({ sample, chance: chanceOfCanary({ rows: counts.rows, canaries: counts.canaries, sample }) })),
    },
    manifest: manifest ?? null,
    faults: [...faults, ...plan.faults],
    faultCount: faults.length + plan.faultCount,
  }
}
