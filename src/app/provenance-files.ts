import type { Fault, Watch } from '../base/index.ts'
import { recordFormatOf } from '../formats/index.ts'
import { listCopies } from '../provenance/index.ts'
import type { SampleVerdict } from './answer.ts'
import { extractsOf } from './extracts-of.ts'
import { judgeItem } from './judge-item.ts'
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
  /** Passwords to try on encrypted archives. */
  readonly passwords?: readonly string[]
  readonly prior?: Parameters<typeof judgeItem>[0]['prior']
  readonly watch: Watch
}): Promise<readonly (SampleVerdict & { readonly sha256: string; readonly faults: readonly Fault[] })[]> {
  const { workspace, watch } = options
  const files = await looseFiles({
    paths: options.paths,
    role: (seen) => (recordFormatOf(seen.kind) === undefined ? undefined : 'sample'),
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
    watch,
  })
  try {
    const { items, faults } = await collectLoose(files, 'sample (a table, a list of records, or an archive of them)')
    const registry = await openRegistry(workspace)
    const copies = listCopies(registry.folder)
    const countries = [...new Set(copies.flatMap((copy) => copy.country ?? []))]
    const country = options.country ?? files.settings.country ?? (countries.length === 1 ? countries[0] : undefined)
    const handed = extractsOf(workspace)
    const verdicts = []
    for (const item of items) {
      watch.signal?.throwIfAborted()
      const met = faults.filter((one) => one.where.file === item.file)
      const verdict = await judgeItem({
        item,
        registry,
        handed,
        ...(country === undefined ? {} : { country }),
        ...(options.map === undefined ? {} : { map: options.map }),
        ...(options.prior === undefined ? {} : { prior: options.prior }),
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
