import type { Proposal } from '../casefile/index.ts'
import type { Affected, Assessment } from './assessment.ts'

/** The findings of this room: one per assertion, per part of a claim, per mismatch of what was handed over, per affected group. */
export function proposeAssessment({ assessment, affected }: { assessment: Assessment; affected: Affected }): Proposal[] {
  return [
    ...assessment.assertions.map((one): Proposal => ({
      kind: 'assessment',
      subject: one.id,
      code: `assertion-${one.status}`,
      params: { status: one.status, ground: one.ground.text },
      cites: [one.cite, ...one.ground.cites],
      text: `${one.status}: ${one.ground.text}`,
      grounds: [one.ground, ...one.grounds],
      producer: 'assessment',
      value: one,
    })),
    ...(assessment.threads ?? []).flatMap((thread) =>
      thread.parts.map((one): Proposal => ({
        kind: 'assessment',
        subject: one.id,
        code: `part-${one.part}-${one.status}`,
        params: { part: one.part, status: one.status, strength: one.strength, ground: one.ground.text },
        cites: one.ground.cites,
        text: `${one.proposition} ${one.status}: ${one.restsOn === undefined ? '' : `${one.restsOn} `}${one.ground.text}`,
        grounds: [...one.for, ...one.against],
        producer: 'assessment',
        value: one,
      })),
    ),
    ...(assessment.mismatches ?? []).map((one): Proposal => ({
      kind: 'assessment',
      subject: `handed-over:${one.about}`,
      code: `handed-over-${one.rule.toLowerCase()}`,
      params: { rule: one.rule, text: one.text },
      cites: one.cites,
      text: one.text,
      grounds: [{ text: one.text, cites: one.cites }],
      producer: 'assessment',
      value: one,
    })),
    ...affected.groups.map((group): Proposal => ({
      kind: 'affected',
      subject: `affected:${group.source}:${group.category}`,
      code: 'data-subjects-counted',
      params: { lines: group.lines, records: group.records, persons: group.persons, suppressed: group.suppressed ? 1 : 0 },
      cites: group.cites,
      text: group.text,
      grounds: [{ text: group.text, cites: group.cites }],
      producer: 'assessment',
      value: group,
    })),
  ]
}
