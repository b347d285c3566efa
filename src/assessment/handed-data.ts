import type { Thread } from '../claims/index.ts'
import { systemsNamed } from './estate-names.ts'
import type { Findings } from './findings.ts'
import type { HandedOver } from './handed-over.ts'

/**
 * The dated copies that the claim is about: of a system, or held by somebody, whom the thread's words name. Other copies that do not agree with the
 * sample are no mismatch, they are the other answers of the comparison.
 */
export function handedData(threads: readonly Thread[], findings: Findings): HandedOver[] {
  const { provenance, operator } = findings
  if (provenance === undefined) return []
  const words = threads
    .flatMap((thread) =>
      [...thread.assertions, ...(thread.readings ?? [])].filter((one) => one.by === 'actor').map((one) => one.text),
    )
    .join('\n')
  const spoken = words.toLowerCase()
  const compared = provenance.compared ?? provenance.read
  return provenance.sources
    .filter((one) => one.holder.toLowerCase() !== operator?.toLowerCase())
    .filter(
      (one) =>
        spoken.includes(one.holder.toLowerCase()) || systemsNamed(findings, words).some((system) => system.name === one.system),
    )
    .map((one) => ({
      name: `the copy of ${one.system} that ${one.holder} held`,
      kind: 'data' as const,
      system: one.system,
      by: one.holder,
      ...(one.cutDay === undefined ? {} : { newest: one.cutDay }),
      sample: { compared, inside: one.rowsInside },
      cites: one.cites.length > 0 ? one.cites : (provenance.grounds[0]?.cites ?? []),
    }))
}
