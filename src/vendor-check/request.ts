import { sealed } from './documents.ts'

/** What is asked of a vendor before anything is compared. Days are `YYYY-MM-DD`. */
export interface RequestTerms {
  readonly case: string
  readonly operator: string
  readonly vendor: string
  readonly from: string
  readonly to: string
  /** What is asked for beside the usual list, in the operator's words. */
  readonly artefacts: readonly string[]
  readonly sample: { readonly sha256: string; readonly rows?: number }
  readonly due: string
  readonly at: string
}

const usual = [
  { kind: 'logs', text: 'logs of access to the systems and folders that hold our records: who, when, from where' },
  { kind: 'export-jobs', text: 'jobs and people that exported or copied our records: time, recipient, number of rows, fields' },
  { kind: 'access-lists', text: 'who could read them in that period, sub-processors and former staff included' },
] as const

/** The letter (Markdown) and the same as a document for machines; no personal data in either (rule V1). */
export function evidenceRequest(terms: RequestTerms): { readonly letter: string; readonly document: object } {
  const wanted = [...usual, ...terms.artefacts.map((text) => ({ kind: 'named' as const, text }))]
  const document = sealed({
    format: 'breachline evidence request 1' as const,
    case: terms.case,
    operator: terms.operator,
    vendor: terms.vendor,
    period: { from: terms.from, to: terms.to },
    wanted: wanted.map((one) => ({ ...one })),
    sample: { ...terms.sample },
    due: terms.due,
    legalBasis: '',
    legalBasisNote: 'to be filled in by the sender; not legal advice',
    at: terms.at,
  })
  return { letter: letterOf(terms, wanted, document.id), document }
}

function letterOf(terms: RequestTerms, wanted: readonly { readonly text: string }[], id: string): string {
  const { vendor, operator, sample } = terms
  const rows = sample.rows === undefined ? '' : ` (${sample.rows.toLocaleString('en-US')} rows)`
  return `# Request for records

To: ${plain(vendor)}
From: ${plain(operator === '' ? '[operator]' : operator)}
Date: ${terms.at.slice(0, 10)}
Reference: ${plain(terms.case)}

A sample of records that are said to be our customers' has come to our knowledge. You hold, or have held, such records for us, and we are
collecting the facts from the places where they are or were held. We have drawn no conclusion about where the sample comes from.

## What we ask for

Period: ${terms.from} to ${terms.to}, both days included.

${wanted.map((one) => `- ${plain(one.text)}`).join('\n')}

Please keep these records from now on, even where a deletion period ends in the meantime, and tell us what no longer exists and why.
If something was handled by a sub-processor, please pass this request on and name them.

## What it is about

Sample${rows}, SHA-256 ${sample.sha256}. We do not send the sample: it holds personal data. The hash lets both of us
show later that the same file was meant. Whether your copy holds the same rows can be compared without either side showing its
records to the other; we may propose that as a next step.

## By when

Please answer by ${terms.due}. If that is too short for a part of it, send what there is and say when the rest will follow.

## Legal basis

[to be filled in: the clause of our agreement, or the law, this request rests on]

This letter was prepared with a tool. It is not legal advice; please have it read before it is sent.

Document id: ${id}
`
}

/** One line without characters that Markdown would take for more than text. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, (letter) => `\\${letter}`)
}
