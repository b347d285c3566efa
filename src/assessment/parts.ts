import type { Speaker, Thread } from '../claims/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { DayRange } from '../events/index.ts'
import type { AssessedPart, PartKind } from './assessment-part.ts'
import { saidBeside, utterances } from './beside.ts'
import { coverageSentences } from './coverage-beside.ts'
import type { Findings } from './findings.ts'
import type { ClaimedTime, Mismatch } from './handed-over.ts'
import { bearingOn } from './mismatch-beside.ts'
import { logs, type Need } from './need.ts'
import { partKinds, propositionOf } from './propositions.ts'
import { settling } from './settle.ts'
import { silentDays } from './silent-days.ts'
import { statedSpan } from './stated-span.ts'
import { reachedBeside, weighAccess, weighCapability } from './weigh-access.ts'
import { weighAge } from './weigh-age.ts'
import { withBulkReads } from './weigh-bulk.ts'
import { weighData } from './weigh-data.ts'
import { weighDefacement, weighInsider, weighSale } from './weigh-other.ts'
import { picturedSystems, withPictures } from './weigh-pictures.ts'
import { possibleBeside, weighSystem } from './weigh-system.ts'
import { weighThirdParty } from './weigh-third-party.ts'
import { weighInstalments, overSamples } from './weigh-samples.ts'
import { weighPersonalData, weighWhose } from './weigh-whose.ts'
import type { Asserted, Weight } from './weight.ts'

/** Judged whenever anything of access or data is claimed, whether anybody says so or not (rule A1). */
const implied: ReadonlySet<PartKind> = new Set(['access', 'data', 'whose', 'third-party', 'personal-data', 'age'])
const ofData: ReadonlySet<PartKind> = new Set(['data', 'whose', 'personal-data', 'age'])
/** Parts that rest on logs: what the logs cover stands beside them. */
const onLogs: ReadonlySet<PartKind> = new Set(['access', 'system', 'third-party', 'disruption', 'insider-help'])

/** What the parts of one thread are weighed against. */
export interface PartsInput {
  readonly thread: Thread
  readonly findings: Findings
  readonly claimed: ClaimedTime
  readonly mismatches: readonly Mismatch[]
  /** Is what somebody says about the operator whose case this is? */
  readonly ours: (asserted: Asserted) => boolean
}

/** The parts of one claim, each judged for itself (rules A4 to A12). Empty when the thread says nothing of the operator. */
export function partsOf(input: PartsInput): AssessedPart[] {
  const { thread, findings, ours } = input
  const said = utterances(thread).filter(ours)
  const claims = (part: PartKind): Asserted[] => said.filter((one) => one.by === 'actor' && !one.denies && one.parts.has(part))
  const sampled = findings.provenance !== undefined || (findings.samples ?? []).length > 0
  const dataClaimed = sampled || [...ofData, 'amount' as const].some((part) => claims(part).length > 0)
  const pictured = picturedSystems(findings)
  const [any] = [...said.filter((one) => one.by === 'actor'), ...said]
  if (any === undefined) return []
  return partKinds.flatMap((part) => {
    const own = claims(part)
    const shown = part === 'system' && own.length === 0 ? pictured : undefined
    const wanted = implied.has(part) ? !ofData.has(part) || dataClaimed : own.length > 0 || shown !== undefined
    const unsaid: Asserted =
      shown === undefined ? { text: '', cite: any.cite } : { text: '', subject: shown.names, cite: shown.cite }
    return wanted ? [assessedPart({ ...input, part, claims: own, about: own[0] ?? unsaid })] : []
  })
}

interface PartInput extends PartsInput {
  readonly part: PartKind
  readonly claims: readonly Asserted[]
  readonly about: Asserted
}

function assessedPart(input: PartInput): AssessedPart {
  const { thread, findings, part, claims, about, claimed, mismatches } = input
  const weight = weigh(input)
  const said = saidBeside(thread, part)
  const bearing = onLogs.has(part) || ofData.has(part) ? bearingOn(mismatches, part) : []
  const needs = [...weight.needs, ...bearingNeeds(bearing)]
  const [first] = weight.grounds
  const beside: Sentence[] = [
    ...weight.grounds.filter((one) => one !== first && !weight.for.includes(one) && !weight.against.includes(one)),
    ...bearing.map(({ text, cites }) => ({ text, cites })),
    ...(part === 'system' || part === 'access' ? possibleBeside(about, findings) : []),
    ...(part === 'data' || part === 'amount' ? reachedBeside(findings) : []),
  ]
  return {
    id: `${thread.id}/${part}`,
    part,
    proposition: propositionOf(part, { said: claims.length > 0, dated: statedAge(claims) !== undefined }),
    asserted: distinct(claims),
    status: weight.status,
    strength: weight.strength,
    ground: first,
    ...restsOn(weight, said),
    for: weight.for,
    against: weight.against,
    beside,
    said,
    missing: [...new Set(needs.map((one) => one.text))],
    settles: settling(needs, findings),
    openDays: part === 'access' ? silentDays(findings.handed ?? [], claimed.needed) : [],
    coverage: onLogs.has(part) && weight.status !== 'supported' ? coverageSentences(findings.coverage, about.cite) : [],
  }
}

function weigh({ part, claims, about, thread, findings, claimed }: PartInput): Weight {
  const over = (joining: 'any' | 'all', weighOne: (one: Findings) => Weight): Weight => overSamples(findings, joining, weighOne)
  switch (part) {
    case 'access':
      return withPictures(
        over('any', (one) => weighAccess(about, one)),
        'access',
        { about, findings },
      )
    case 'system': {
      const named = claims.find((one) => one.subject !== undefined) ?? about
      return withPictures(
        over('any', (one) => weighSystem(named, one)),
        'system',
        { about: named, findings },
      )
    }
    case 'data':
      return over('any', (one) => weighData(withoutAmount(about), one))
    case 'whose':
      return over('any', (one) => weighWhose(about, one))
    case 'third-party':
      return over('any', (one) => weighThirdParty(about, one))
    case 'personal-data':
      return over('any', (one) => weighPersonalData(about, one))
    case 'age':
      return over('all', (one) => weighAge(about, one, { known: claimed.known, stated: statedAge(claims) }))
    case 'amount': {
      const most = largest(claims) ?? about
      const weight = weighInstalments(most, findings) ?? over('any', (one) => weighData(most, one))
      return withBulkReads(weight, most, findings)
    }
    case 'disruption':
      return weighCapability(about, findings)
    case 'defacement':
      return weighDefacement(about, findings)
    case 'sale':
      return weighSale(about, thread.posts)
    case 'insider-help':
      return weighInsider(about, findings)
  }
}

/** What would take the place of what does not fit: days that several logs do not hold are one need, told by their mismatches. */
function bearingNeeds(bearing: readonly Mismatch[]): Need[] {
  const days = bearing.filter(({ rule, need }) => (rule === 'H1' || rule === 'H5') && need.from === 'logs')
  const rest = bearing.filter((one) => !days.includes(one)).map((one) => one.need)
  if (days.length < 2) return [...days.map((one) => one.need), ...rest]
  return [logs('records of the days needed that what was handed over does not hold'), ...rest]
}

/** The data are judged without the amount and without what is announced: these are parts of their own. */
function withoutAmount({ text, cite }: Asserted): Asserted {
  return { text, cite }
}

/** The days that the actor's words give to the data, the first sentence that names any. */
function statedAge(claims: readonly Asserted[]): DayRange | undefined {
  return claims.map((one) => statedSpan(one.text)).find((one) => one !== undefined)
}

/** The largest amount of rows or persons; of other units only where there is none. */
function largest(claims: readonly Asserted[]): Asserted | undefined {
  const amounts = claims.filter((one) => one.quantity !== undefined && one.subject !== 'sample')
  const rows = amounts.filter((one) => !/^(?:[KMGT]i?B|bytes?)$/i.test(one.unit ?? ''))
  return (rows.length > 0 ? rows : amounts).toSorted((a, b) => (b.quantity ?? 0) - (a.quantity ?? 0))[0]
}

const speakers: Readonly<Record<Exclude<Speaker, 'actor'>, string>> = {
  victim: 'the victim',
  vendor: 'a vendor',
  authority: 'an authority',
  researcher: 'researchers',
  press: 'the press',
}

/** Who alone says so, where no evidence bears on it. */
function restsOn(weight: Weight, said: AssessedPart['said']): Pick<AssessedPart, 'restsOn'> {
  if (weight.status !== 'open' || weight.strength !== 'none' || said.length === 0) return {}
  const by = [...new Set(said.map((one) => speakers[one.by]))]
  return { restsOn: `What is said of it so far is said by ${by.join(' and ')}; no evidence at hand bears on it.` }
}

function distinct(claims: readonly Asserted[]): { text: string; cite: Cite }[] {
  return [...new Map(claims.map(({ text, cite }) => [text, { text, cite }])).values()]
}
