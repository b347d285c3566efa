import { basename } from 'node:path'
import { fileSource, limits, type Fault, type Watch } from '../base/index.ts'
import { exposure, readAdvisories, type Advisory, type AdvisorySource, type Exposure } from '../exposure/index.ts'
import { keepExposure } from './exposure-kept.ts'
import { huntIndicators, type IndicatorAnswer } from './hunt-indicators.ts'
import { readIndicators } from './indicators-read.ts'
import { inventoryEntries } from './inventory-file.ts'
import { wholeBytes } from './items.ts'
import type { Workspace } from './workspace.ts'

/** What stands open in the estate by the advisories at hand. */
export interface ExposureAnswer extends Exposure {
  readonly sources: readonly AdvisorySource[]
  readonly faults: readonly Fault[]
  /** With a checklist: every CVE it names, in its order, with what it meets; and its indicators looked for in the logs. */
  readonly checklist?: {
    readonly source: AdvisorySource
    readonly cves: readonly { readonly cve: string; readonly open: number; readonly excluded: number; readonly named: boolean }[]
    readonly indicators?: IndicatorAnswer
  }
}

/**
 * Holds the workspace's inventory against files of advisories (KEV, CSAF, STIX, text with CVE ids). With a `checklist`, one of these files, only the CVEs it
 * names count, and the indicators in it are looked for in the logs already loaded. Throws a `UserError` for a file that is none of them.
 */
export async function exposureOf(options: {
  readonly workspace: Workspace
  readonly paths: readonly string[]
  readonly checklist?: string
  readonly watch: Watch
}): Promise<ExposureAnswer> {
  const { workspace, paths, watch } = options
  const read: (ReturnType<typeof readAdvisories> & { readonly path: string; readonly bytes: Uint8Array })[] = []
  const all = [...new Set([...paths, ...(options.checklist === undefined ? [] : [options.checklist])])]
  for (const path of all) {
    watch.signal?.throwIfAborted()
    const source = await fileSource(path)
    const bytes = await wholeBytes(source, limits.documentBytes)
    read.push({ path, bytes, ...readAdvisories(bytes, basename(path)) })
  }
  const list = read.find(({ path }) => path === options.checklist)
  const named = list === undefined ? undefined : new Set(list.advisories.map(({ cve }) => cve))
  const advisories = read
    .flatMap((one): readonly Advisory[] => one.advisories)
    .filter(({ cve }) => named === undefined || named.has(cve))
  const answer = exposure(inventoryEntries(workspace), advisories)
  const beside = { sources: read.map(({ source }) => source), faults: read.flatMap(({ faults }) => faults) }
  if (list === undefined || named === undefined) {
    keepExposure(workspace, { ...answer, sources: beside.sources, at: workspace.world.now() })
    return { ...answer, ...beside }
  }
  const { indicators } = readIndicators(new TextDecoder().decode(list.bytes), list.source.file)
  const found = indicators.length === 0 ? undefined : await huntIndicators({ workspace, indicators, orNone: true, watch })
  const products = new Set(advisories.flatMap(({ cve, concerned }) => (concerned.length > 0 ? [cve] : [])))
  return {
    ...answer,
    ...beside,
    checklist: {
      source: list.source,
      cves: [...named].map((cve) => ({
        cve,
        open: answer.open.filter((one) => one.cve === cve).length,
        excluded: answer.excluded.filter((one) => one.cve === cve).length,
        named: products.has(cve),
      })),
      ...(found === undefined ? {} : { indicators: found }),
    },
  }
}
