import { fixed } from '../../base/index.ts'
import type { Decision, Finding, Proposal } from '../../casefile/index.ts'
import type { Attribution } from './attribution.ts'

/** Statement code of findings of attribution; everything that leaves the house is looked through for it. */
const attributionCode = 'attribution'

/** Who released an attribution, when, by which decision and why. */
export interface AttributionRelease {
  readonly by: string
  readonly at: string
  /** Number of the decision (`D4`). */
  readonly decision: string
  readonly reason: string
}

/** The finding of an attribution about a story. New evidence gives another finding, which is not released by the old decision. */
export function proposeAttribution(attribution: Attribution, story: string): Proposal {
  const { verdict, candidates, unknown, text, attackVersion } = attribution
  const named = candidates.filter((one) => one.fits)
  return {
    kind: 'story',
    subject: `attribution:${story}`,
    code: attributionCode,
    params: {
      verdict,
      groups: named.map((one) => ({ id: one.id, posterior: fixed(one.posterior, 2) })),
      unknown: fixed(unknown, 2),
      attack: attackVersion,
    },
    cites: text[0]?.cites ?? [],
    text: text[0]?.text ?? '',
    grounds: text.slice(1),
    producer: 'intrusion',
    value: attribution,
  }
}

/**
 * The release of an attribution: a decision of the kind `release` about this very finding, by a named person, while the finding is
 * adopted and stands. Undefined: it stays inside.
 */
export function releaseOf(
  finding: Pick<Finding, 'id' | 'code' | 'status' | 'withdrawn'>,
  decisions: readonly Pick<Decision, 'number' | 'kind' | 'about' | 'by' | 'at' | 'reason'>[],
): AttributionRelease | undefined {
  if (finding.code !== attributionCode || finding.status !== 'adopted' || finding.withdrawn === true) return undefined
  const decision = decisions.find((one) => one.kind === 'release' && one.about.includes(finding.id) && one.by.some(isNamed))
  if (decision === undefined) return undefined
  return { by: decision.by.filter(isNamed).join(', '), at: decision.at, decision: decision.number, reason: decision.reason }
}

/** What may leave in reports and shares: all findings but attributions that nobody released. */
export function withoutUnreleased<F extends Pick<Finding, 'id' | 'code' | 'status' | 'withdrawn'>>(
  findings: readonly F[],
  decisions: Parameters<typeof releaseOf>[1],
): F[] {
  return findings.filter((one) => one.code !== attributionCode || releaseOf(one, decisions) !== undefined)
}

function isNamed(name: string): boolean {
  return name.trim() !== ''
}
