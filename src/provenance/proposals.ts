import { fixed } from '../base/index.ts'
import type { Proposal } from '../casefile/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Verdict } from './verdict.ts'
import type { SampleExhibit } from './exhibit.ts'

/**
 * The verdict as proposed findings: the answer to "whose copy", and one more for rows padded from a known leak.
 * `exhibit` is the sample. Parameters are rounded to what the calibration carries, so that the same evidence gives the same ids.
 */
export function provenanceProposals(verdict: Verdict, exhibit: SampleExhibit): Proposal[] {
  const cite: Cite = { kind: 'exhibit', ...exhibit, at: { kind: 'whole' } }
  const subject = `sample:${exhibit.sha256.slice(0, 16)}`
  const [first] = verdict.sources
  const named =
    verdict.verdict === 'agrees-with-copy' || verdict.verdict === 'mixed' || verdict.verdict === 'copies-not-separable'
  const source = named ? first : undefined
  const leak = verdict.verdict === 'recycled' ? verdict.knownLeaks[0]?.leak : undefined
  const answer: Proposal = {
    kind: 'provenance',
    subject,
    code: `sample-${verdict.verdict}`,
    params: {
      rows: verdict.rows,
      read: verdict.read,
      identified: verdict.identified,
      copy: source?.copy,
      alsoHeldBy: source === undefined ? undefined : [...source.alsoHeldBy],
      rowsInside: source?.rowsInside,
      rowsAgreeing: source?.rowsAgreeing,
      asOf: source?.asOf?.day,
      leak,
      posterior: fixed(weightOf(verdict), 2),
    },
    cites: [cite, ...(source === undefined ? [] : [{ kind: 'copy', copy: source.copy, rows: { kind: 'whole' } } as const])],
    text: verdict.statement,
    ...confidenceOf(verdict),
    grounds: verdict.grounds,
    producer: 'provenance',
    value: verdict,
  }
  if (verdict.padding.rows === 0 || !named) return [answer]
  return [
    answer,
    {
      kind: 'provenance',
      subject: `${subject}:padding`,
      code: 'sample-padded-from-leak',
      params: { rows: verdict.padding.rows, leak: verdict.padding.leak },
      cites: [cite],
      text: `${verdict.padding.rows} of ${verdict.read} rows agree with the earlier leak ${verdict.padding.leak ?? 'of unknown name'}.`,
      grounds: verdict.grounds,
      producer: 'provenance',
    },
  ]
}

/** Posterior of the answer given. */
function weightOf(verdict: Verdict): number {
  switch (verdict.verdict) {
    case 'agrees-with-copy':
    case 'mixed':
      return verdict.sources[0]?.posterior ?? 0
    case 'copies-not-separable': {
      const group = [verdict.sources[0]?.copy, ...(verdict.sources[0]?.alsoHeldBy ?? [])]
      return verdict.sources.filter((source) => group.includes(source.copy)).reduce((sum, source) => sum + source.posterior, 0)
    }
    case 'unknown-copy':
      return verdict.unknownCopy
    case 'recycled':
      return verdict.knownLeaks[0]?.posterior ?? 0
    case 'fabricated':
    case 'login-list':
      return verdict.fabricated
    case 'not-established':
      return Math.max(0, ...verdict.sources.map((source) => source.posterior))
  }
}

function confidenceOf(verdict: Verdict): Pick<Proposal, 'confidence'> {
  if (verdict.verdict === 'not-established') return {}
  const weight = weightOf(verdict)
  return { confidence: weight >= 0.99 ? 'very high' : weight >= 0.95 ? 'high' : 'moderate' }
}
