import type { AssessmentStatus } from '../assessment/index.ts'
import type { Finding } from '../casefile/index.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

/** Shape and word for a status: never colour alone. */
export const statusShape: Readonly<Record<AssessmentStatus, string>> = { supported: '●', contradicted: '✕', open: '○' }

/** The finding of the assessment in the case file that is about one of some subjects, if any. */
export function rulingOf(view: CaseView, subjects: readonly string[]): Finding | undefined {
  return view.findings.find(
    (finding) => finding.kind === 'assessment' && finding.withdrawn !== true && subjects.includes(finding.subject),
  )
}

/** `proposed`, `adopted by A. Rahman`, ... as a mark; empty text without a finding. */
export function rulingMark(finding: Finding | undefined): Html {
  if (finding === undefined) return markup``
  const by = finding.ruling === undefined ? '' : ` by ${finding.ruling.by}`
  const word = `${finding.status}${finding.status === 'proposed' ? '' : by}`
  return markup`<span class="mark ${finding.status}">${word}</span>`
}
