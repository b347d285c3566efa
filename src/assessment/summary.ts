import { limits } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { AssessedPart, PartKind } from './assessment-part.ts'
import type { AssessmentStatus } from './status.ts'

const names: Readonly<Record<PartKind, string>> = {
  access: 'access to systems',
  system: 'the system named',
  data: 'real records',
  whose: "that they are of the operator's customers",
  'third-party': 'a third party as the place',
  'personal-data': 'personal data in what was shown',
  age: 'that the data are new',
  amount: 'the amount',
  disruption: 'what is threatened',
  defacement: 'a page changed',
  sale: 'the offer for sale',
  'insider-help': 'help from inside',
}

function nameOf({ part, proposition }: AssessedPart): string {
  return part === 'age' && proposition.includes('stated') ? 'the age stated' : names[part]
}

/** One claim in one sentence, part by part (rule A16): what evidence bears out, what it speaks against, what is open, and what only statements say. */
export function threadSummary(parts: readonly AssessedPart[], cite: Cite): Sentence {
  const of = (status: AssessmentStatus): AssessedPart[] => parts.filter((one) => one.status === status)
  const [supported, contradicted, open] = [of('supported'), of('contradicted'), of('open')]
  const told = [
    list('supported', supported, true),
    list('contradicted', contradicted, true),
    list('open', open, false),
    stated(open),
  ].filter((text) => text !== '')
  const cites = distinct([cite, ...[...supported, ...contradicted].flatMap((one) => one.ground.cites.slice(0, 2))])
  // That something is offered makes nothing of the claim true.
  const borneOut = supported.filter((one) => one.part !== 'sale').length
  return { text: `${lead(borneOut, contradicted.length, open.length)}: ${told.join('; ')}.`, cites }
}

function lead(supported: number, contradicted: number, open: number): string {
  if (supported + contradicted === 0) return 'Nothing of this claim is decided'
  if (contradicted + open === 0) return 'Evidence at hand bears this claim out'
  if (supported === 0) return open === 0 ? 'Evidence at hand speaks against this claim' : 'In part contradicted, the rest open'
  return contradicted === 0 ? 'In part supported, the rest open' : 'Partly true'
}

function list(status: AssessmentStatus, parts: readonly AssessedPart[], withStrength: boolean): string {
  if (parts.length === 0) return ''
  return `${status}: ${parts.map((one) => `${nameOf(one)}${withStrength ? ` (${one.strength}${openText(one)})` : ''}`).join(', ')}`
}

const stretchesTold = 3

/** Days for which a decided part stays open, since nothing handed over tells of them. */
function openText({ openDays }: AssessedPart): string {
  if (openDays.length === 0) return ''
  const told = openDays.slice(0, stretchesTold).map(({ from, to }) => (from === to ? from : `${from} to ${to}`))
  const more = openDays.length > stretchesTold ? ` and ${openDays.length - stretchesTold} more stretches` : ''
  return `; open for ${told.join(', ')}${more}, of which nothing handed over can tell`
}

/** Open parts of which somebody speaks and nothing else does. */
function stated(open: readonly AssessedPart[]): string {
  const only = open.filter((one) => one.strength === 'none' && one.said.length > 0)
  return only.length === 0 ? '' : `on statements alone, which are no evidence: ${only.map(nameOf).join(', ')}`
}

function distinct(cites: readonly Cite[]): Cite[] {
  return [...new Map(cites.map((cite) => [JSON.stringify(cite), cite])).values()].slice(0, limits.citesPerSentence)
}
