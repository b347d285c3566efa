import type { Thread } from '../claims/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Verdict } from '../provenance/index.ts'
import { systemsNamed } from './estate-names.ts'
import type { Findings } from './findings.ts'
import type { HandedOver } from './handed-over.ts'

/**
 * The dated copies that the claim is about: of a system, or held by somebody, whom the thread's words name. Other copies that do not agree with the
 * sample are no mismatch, they are the other answers of the comparison.
 */
export function handedData(threads: readonly Thread[], findings: Findings): HandedOver[] {
  const { operator } = findings
  const words = threads
    .flatMap((thread) =>
      [...thread.assertions, ...(thread.readings ?? [])].filter((one) => one.by === 'actor').map((one) => one.text),
    )
    .join('\n')
  const spoken = words.toLowerCase()
  return closest(findings)
    .filter(({ source }) => source.holder.toLowerCase() !== operator?.toLowerCase())
    .filter(
      ({ source: one }) =>
        spoken.includes(one.holder.toLowerCase()) || systemsNamed(findings, words).some((system) => system.name === one.system),
    )
    .map(({ source: one, compared, cites }) => ({
      name: `the copy of ${one.system} that ${one.holder} held`,
      kind: 'data' as const,
      system: one.system,
      by: one.holder,
      ...(one.cutDay === undefined ? {} : { newest: one.cutDay }),
      sample: { compared, inside: one.rowsInside },
      cites,
    }))
}

interface Compared {
  readonly source: Verdict['sources'][number]
  readonly compared: number
  readonly cites: readonly Cite[]
}

/** Every copy compared, with the sample of which most stands in it. */
function closest({ samples, provenance: one }: Findings): readonly Compared[] {
  const verdicts = (samples ?? [{ provenance: one }]).flatMap(({ provenance }) => provenance ?? [])
  const found = new Map<string, Compared>()
  for (const verdict of verdicts)
    for (const source of verdict.sources) {
      const compared = verdict.compared ?? verdict.read
      const before = found.get(source.copy)
      const share = (each: Compared): number => each.source.rowsInside / Math.max(1, each.compared)
      const now = { source, compared, cites: source.cites.length > 0 ? source.cites : (verdict.grounds[0]?.cites ?? []) }
      if (before === undefined || share(now) > share(before)) found.set(source.copy, now)
    }
  return [...found.values()]
}
