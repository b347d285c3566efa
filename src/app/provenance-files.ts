import type { Fault, Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import { judge, listCopies } from '../provenance/index.ts'
import type { SampleVerdict } from './answer.ts'
import { placeOfItem } from './items.ts'
import { recordFormat } from './judge-samples.ts'
import { collectLoose, looseFiles } from './loose-files.ts'
import { openRegistry } from './registry.ts'
import type { Workspace } from './workspace.ts'

/** One verdict per sample against everything that is registered in the workspace; nothing is stored in a case. */
export async function provenanceFiles(options: {
  readonly workspace: Workspace
  readonly paths: readonly string[]
  readonly map?: Readonly<Record<string, string>>
  /** Country of telephone numbers written the national way; that of the registered copies when absent. */
  readonly country?: string
  readonly watch: Watch
}): Promise<readonly (SampleVerdict & { readonly sha256: string; readonly faults: readonly Fault[] })[]> {
  const { workspace, watch } = options
  const files = await looseFiles({ paths: options.paths, role: (seen) => (tables.has(seen.kind) ? 'sample' : undefined), watch })
  try {
    const { items, faults } = await collectLoose(files, 'sample (CSV, JSON lines or SQL dump)')
    const registry = await openRegistry(workspace)
    const copies = listCopies(registry.folder)
    const countries = [...new Set(copies.flatMap((copy) => copy.country ?? []))]
    const country = options.country ?? files.settings.country ?? (countries.length === 1 ? countries[0] : undefined)
    const verdicts = []
    for (const item of items) {
      watch.signal?.throwIfAborted()
      const met = faults.filter((one) => one.where.file === item.file)
      const verdict = await judge({
        table: await openRecords(item.source, recordFormat(item), { watch }),
        exhibit: placeOfItem(item),
        lake: registry.lake,
        key: registry.key,
        copies,
        registry: registry.folder,
        ...(country === undefined ? {} : { country }),
        ...(options.map === undefined ? {} : { map: options.map }),
        watch,
      })
      const sample = item.member === undefined ? item.file : `${item.file}#${item.member}`
      verdicts.push({ sample, sha256: item.sha256, ...verdict, faults: [...met, ...(verdict.faults ?? [])] })
    }
    return verdicts
  } finally {
    await files.release()
  }
}

const tables: ReadonlySet<string> = new Set(['csv', 'jsonl', 'sql-dump'])
