import type { AssessedPart } from '../assessment/index.ts'
import type { Finding } from '../casefile/index.ts'
import { citeText, type Cite, type Sentence } from '../evidence/index.ts'
import type { CaseView } from '../sharing/index.ts'
import { oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

const shapes: Readonly<Record<AssessedPart['status'], string>> = { supported: '●', contradicted: '✕', open: '○' }

/** Every claim part by part for a terminal: status, grounds, statements beside, what would settle it and whom to ask; then what does not fit. */
export function printParts(terminal: Terminal, view: Pick<CaseView, 'assessment' | 'findings' | 'exhibits'>): void {
  const { threads = [], mismatches = [] } = view.assessment
  const width = Math.max(80, Math.min(terminal.width, 160))
  const names = new Map(view.exhibits.map((one) => [one.sha256, one.id]))
  const say = (text: string, indent = '', hang = 2): void => terminal.out(`${wrapped(oneLine(text), { width, indent, hang })}\n`)
  const cited = (one: Sentence): string => `${one.text} [${citesText(one.cites, names)}]`
  if (threads.length === 0)
    return terminal.out(
      'no claim to judge part by part: add the posts, and run "breachline investigate" or "breachline rebuild CASE"\n',
    )
  for (const thread of threads) {
    say(`${thread.actor === '' ? 'The claim' : thread.actor}: ${thread.summary.text}`)
    for (const part of thread.parts) printPart(part, { say, cited, finding: findingOf(view.findings, part.id), terminal })
    if (thread.asks.length > 0) terminal.out('\nWhom to ask, by when\n')
    for (const one of thread.asks) say(`- ${one.text}`, '  ')
    terminal.out('\n')
  }
  if (mismatches.length > 0) terminal.out('Handed over, and does not fit claim or sample\n')
  for (const one of mismatches) say(`${one.rule}  ${cited(one)}`, '  ', 4)
}

function printPart(
  part: AssessedPart,
  tell: {
    readonly say: (text: string, indent?: string, hang?: number) => void
    readonly cited: (one: Sentence) => string
    readonly finding: Finding | undefined
    readonly terminal: Terminal
  },
): void {
  const { say, cited, finding, terminal } = tell
  const mark = finding === undefined ? '' : `  ${finding.id.slice(0, 12)} ${finding.status}`
  terminal.out(
    `\n${shapes[part.status]} ${part.status}, ${part.strength === 'none' ? 'no evidence' : `evidence ${part.strength}`}${mark}\n`,
  )
  say(part.proposition, '  ')
  if (part.restsOn !== undefined) say(part.restsOn, '  ')
  say(cited(part.ground), '  ')
  for (const [name, side] of [
    ['for', part.for],
    ['against', part.against],
    ['beside', part.beside],
  ] as const)
    for (const one of side) if (one.text !== part.ground.text) say(`${name}: ${cited(one)}`, '    ')
  for (const one of part.said) say(`said by ${one.name ?? one.by}, no evidence: "${one.text}"`, '    ')
  for (const text of part.missing) say(`missing: ${text}`, '    ')
}

function findingOf(findings: readonly Finding[], subject: string): Finding | undefined {
  return findings.find((one) => one.kind === 'assessment' && one.withdrawn !== true && one.subject === subject)
}

const citesTold = 4

function citesText(cites: readonly Cite[], names: ReadonlyMap<string, string>): string {
  const told = cites.slice(0, citesTold).map((cite) => citeText(cite, (sha256) => names.get(sha256)))
  return `${told.join('; ')}${cites.length > citesTold ? ` and ${cites.length - citesTold} more` : ''}`
}
