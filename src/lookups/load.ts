import { canonicalJson, fault, limits, sha256, UserError, type Batch, type Canonical, type Fault } from '../base/index.ts'
import type { Lake, LoadWriter, Table } from '../store/index.ts'
import { keepAccesses } from './keep-accesses.ts'
import { keepReasons } from './keep-reasons.ts'
import { readAccesses } from './read-accesses.ts'
import { openCompanions, type KnownSource } from './sources/open-companions.ts'
import type { SourceKind } from './sources/source-kind.ts'
import { readReasons } from './read-reasons.ts'
import { sourceKey, type AuditSource, type ReadingContext, type ReasonSource } from './source.ts'
import { keptOfAccesses, keptOfReasons } from './kept-tables.ts'
import { lookupAccesses, lookupFaults, lookupReasons } from './tables.ts'

/** Changes whenever the meaning of the loaded rows does, so that old loads are not taken for new ones. */
const reading = 'lookups-5'

/** Loads the accesses of an exhibit, or finds them loaded; `beside` are the tables it is read together with. Gives the load id. */
export async function loadAccesses(
  lake: Lake,
  audit: AuditSource,
  context: ReadingContext & { readonly kind?: SourceKind; readonly beside?: readonly KnownSource[] },
): Promise<string> {
  const { kind, beside: others = [] } = context
  const { format, map, host, system, logLinePrefix, zone } = audit
  const exhibit = sourceKey(audit)
  const together = others.map((other) => sourceKey(other.audit))
  const beside = together.length === 0 ? {} : { beside: together }
  const key = loadKey('access', { exhibit, format, map, host, system, logLinePrefix, zone, ...beside, ...contextKey(context) })
  const { id } = await lake.load({ key, tables: [lookupAccesses, lookupFaults, ...keptOfAccesses] }, async (writer) => {
    async function* batches(): AsyncGenerator<Batch<object>> {
      const { companions, faults } = await openCompanions(others, context)
      if (faults.length > 0) yield { records: [], faults }
      yield* readAccesses(audit, context, { ...(kind === undefined ? {} : { kind }), companions })
    }
    await fill(writer, { table: lookupAccesses, exhibit, file: audit.source.name, batches: batches() })
    await keepAccesses(lake, writer.loadId)
  })
  return id
}

/** Loads the recorded reasons of an exhibit, or finds them loaded. Gives the load id. */
export async function loadReasons(lake: Lake, reasons: ReasonSource, context: ReadingContext): Promise<string> {
  const { format, map, zone } = reasons
  const exhibit = sourceKey(reasons)
  const key = loadKey('reason', { exhibit, format, map, zone, ...contextKey(context) })
  const { id } = await lake.load({ key, tables: [lookupReasons, lookupFaults, ...keptOfReasons] }, async (writer) => {
    await fill(writer, { table: lookupReasons, exhibit, file: reasons.source.name, batches: readReasons(reasons, context) })
    await keepReasons(lake, writer.loadId)
  })
  return id
}

/** The key of a load: everything that its rows depend on. */
export function loadKey(kind: string, parts: { readonly [name: string]: Canonical | undefined }): string {
  return `${reading}:${kind}:${sha256(canonicalJson(parts))}`
}

function contextKey({ key, country, zone }: ReadingContext): { readonly [name: string]: Canonical | undefined } {
  return { tokens: key.id, country, days: zone }
}

async function fill(
  writer: LoadWriter,
  load: { table: Table; exhibit: string; file: string; batches: AsyncIterable<Batch<object>> },
): Promise<void> {
  const faults: Fault[] = []
  let more = 0
  async function* rows(): AsyncGenerator<readonly object[]> {
    for await (const batch of load.batches) {
      const kept = batch.faults.slice(0, limits.faultsKept - faults.length)
      more += batch.faults.length - kept.length
      faults.push(...kept.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0)))
      if (batch.records.length > 0) yield batch.records
    }
  }
  try {
    await writer.insert(load.table, rows())
  } catch (error) {
    // A source of the wrong shape costs itself, not the other sources.
    if (!(error instanceof UserError)) throw error
    faults.push(fault(error.code, error.message, { file: load.file }, error.hint))
  }
  if (more > 0)
    faults.push(
      fault(
        'lookup-more-faults',
        `${more} further faults of this source are not listed.`,
        { file: load.file },
        'Put the listed ones right first.',
        0,
      ),
    )
  await writer.insert(lookupFaults, [
    faults.map((one, ordinal) => ({ source: load.exhibit, ordinal, fault: JSON.stringify(one) })),
  ])
}
