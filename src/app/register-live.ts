import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson, fault, sha256, UserError, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { tokenOf } from '../persons/index.ts'
import { listCopies, registerCopy, type Acquisition, type CopyManifest, type RecordTable } from '../provenance/index.ts'
import { liveAddressText, openLiveTable, parseLiveAddress, type LiveTable } from '../store/index.ts'
import { caseIdFrom } from './case-store.ts'
import { keepDetails, type KeptCopy } from './keep-details.ts'
import type { NewCopy } from './register-file.ts'
import { openRegistry } from './registry.ts'
import type { Workspace } from './workspace.ts'

/** A table of a running system to be registered as a copy. */
export interface NewLiveCopy extends Omit<NewCopy, 'file' | 'asOf' | 'table'> {
  /** `postgresql://user@host:5432/database?table=schema.table`; never with a password. */
  readonly address: string
  readonly password: string
  /** The day of the read when absent. */
  readonly asOf?: string
  readonly columns?: readonly string[]
  readonly where?: readonly { readonly column: string; readonly value: string }[]
  /** Zone in which times that carry one are taken as days, `+08:00`. */
  readonly zone?: string
  /** On whose word the system is read. */
  readonly authority?: string
}

/**
 * Reads a table of a running system once, in one statement, and registers it: tokens only. The read is an acquisition, recorded with
 * query, snapshot, count and digest. Throws a `UserError` without secrets; then nothing is registered.
 */
export async function registerLive(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly copy: NewLiveCopy
  readonly watch: Watch
}): Promise<KeptCopy> {
  const { workspace, signer, copy, watch } = options
  const address = parseLiveAddress(copy.address)
  const started = workspace.world.now()
  const asOf = copy.asOf ?? dayIn(started, copy.zone)
  const manifest: CopyManifest = {
    id: copy.id ?? caseIdFrom(`${address.database}-${address.table}-${asOf}`),
    kind: copy.kind,
    holder: copy.holder,
    system: copy.system,
    asOf,
    history: copy.history,
  }
  const registry = await openRegistry(workspace)
  const source = liveAddressText(address)
  const known = listCopies(registry.folder).find((one) => one.id === manifest.id)
  // A read that was interrupted before its receipt was written may be made again.
  if (known !== undefined && (known.acquisition !== undefined || known.source !== source))
    throw new UserError({
      code: 'copy-known',
      message: `a copy "${known.id}" is registered already (${known.holder}, ${known.asOf}, ${known.rows} rows)`,
      hint: 'every read of a live table is a copy of its own: give this one a name with --id',
    })
  // One data directory per process: the lake's own when it is embedded, else one that lives as long as the read.
  const scratch = registry.lake.engine.kind === 'embedded' ? undefined : await mkdtemp(join(tmpdir(), 'breachline-live-'))
  try {
    const table = await openLiveTable({
      address,
      password: copy.password,
      directory: scratch ?? workspace.path('lake', 'engine'),
      ...(copy.columns === undefined ? {} : { columns: copy.columns }),
      ...(copy.where === undefined ? {} : { where: copy.where }),
      ...(copy.zone === undefined ? {} : { zone: copy.zone }),
      ...(watch.signal === undefined ? {} : { signal: watch.signal }),
    })
    try {
      const registered = await registerCopy({
        table: recordsOf(table, source),
        // The digest of the rows is known after the read; until then the acquisition itself names it.
        sha256: sha256(canonicalJson({ started, source, columns: table.plan.columns.map(({ name }) => name) })),
        source,
        manifest,
        key: registry.key,
        lake: registry.lake,
        registry: registry.folder,
        ...(copy.country === undefined ? {} : { country: copy.country }),
        ...(copy.map === undefined ? {} : { map: copy.map }),
        watch,
      })
      const acquisition = acquisitionOf({
        table,
        started,
        ended: workspace.world.now(),
        by: signer.name,
        digestOf: (value) => tokenOf(registry.key, 'live-where', value),
        ...(copy.authority === undefined ? {} : { authority: copy.authority }),
      })
      return keepDetails({
        workspace,
        signer,
        registered,
        details: { ...copy.details, acquisition },
        sha256: acquisition.digest,
      })
    } finally {
      await table.close()
    }
  } finally {
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true })
  }
}

function recordsOf(table: LiveTable, source: string): RecordTable {
  const rows = async function* (): RecordTable['rows'] {
    let n = 0
    for await (const batch of table.rows()) {
      const records = batch.map((values) => ({ n: (n += 1), line: n, values: values.map((value) => value ?? '') }))
      yield { records, faults: [] }
    }
    const cut = table.receipt()?.cutValues ?? 0
    if (cut > 0)
      yield {
        records: [],
        faults: [
          fault(
            'value-cut',
            `${cut} values are longer than is read of one; their beginning counts`,
            { file: source },
            'name the columns that matter with --columns, so that free text stays where it is',
          ),
        ],
      }
  }
  return { columns: table.plan.columns.map(({ name }) => name), rows: rows() }
}

function acquisitionOf(read: {
  readonly table: LiveTable
  readonly started: string
  readonly ended: string
  readonly by: string
  readonly authority?: string
  readonly digestOf: (value: string) => string
}): Acquisition {
  const { table, digestOf, ...times } = read
  const receipt = table.receipt()
  if (receipt === undefined) throw new Error('internal error: the table was not read to its end')
  const { plan } = table
  return {
    ...times,
    system: plan.system,
    version: table.version,
    query: {
      columns: plan.columns,
      where: plan.where.map(({ column, value }) => ({ column, digest: digestOf(value) })),
      zone: plan.zone,
      longest: plan.longest,
    },
    snapshot: receipt.snapshot,
    systemTime: receipt.systemTime,
    rows: receipt.rows,
    digest: receipt.digest,
    notices: receipt.notices,
  }
}

/** The day of a moment in a zone such as `+08:00`. */
function dayIn(at: string, zone = '+00:00'): string {
  const [hours = '0', minutes = '0'] = zone.slice(1).split(':')
  const shift = (zone.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(Date.parse(at) + (Number.isFinite(shift) ? shift : 0)).toISOString().slice(0, 10)
}
