import { limits } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { StoryAnswer } from '../intrusion/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { Affected, AffectedGroup } from './assessment.ts'
import type { SampleFindings } from './sample-findings.ts'

/** Counts below this are not shown: few persons can be told apart by them. */
const floor = 5

/** Categories of personal data by what a column holds; a column that fits none counts as `other`. */
const categories: readonly { readonly category: string; readonly fits: (meaning: string) => boolean }[] = [
  {
    category: 'identification (name, number of a document, date of birth)',
    fits: (meaning) => /^(national-id|name:.*|date:.*(birth|dob).*)$/.test(meaning),
  },
  { category: 'contact (telephone, e-mail, address)', fits: (meaning) => /^(msisdn|email|place:.*)$/.test(meaning) },
  {
    category: 'contract (account, plan, status, dates)',
    fits: (meaning) => /^(contract|date:.*|code:.*(plan|tariff|status|segment|package).*)$/.test(meaning),
  },
  {
    category: 'device and line (SIM, handset, router)',
    fits: (meaning) => /^(iccid|imsi|imei|cpe-serial|mac|code:.*(device|model|handset|modem|router).*)$/.test(meaning),
  },
  { category: 'credentials', fits: (meaning) => meaning === 'secret' },
]

/** Columns without a meaning of their own: they name no category. */
const silent = /^(ignored|valid-from|valid-to)$/

/** What the counting rests on. */
interface AffectedInput {
  readonly samples?: readonly Pick<SampleFindings, 'name' | 'cite' | 'provenance'>[]
  readonly stories?: StoryAnswer
  readonly lookups?: LookupReview
}

/** Data subjects by source and category: rows, lines and persons told apart, small cells suppressed. */
export function countAffected({ samples = [], stories, lookups }: AffectedInput): Affected {
  const groups: AffectedGroup[] = []
  const notes: Sentence[] = []
  for (const { name, cite, provenance } of samples)
    if (provenance !== undefined) groups.push(...sampleGroups(provenance, { cite, name: samples.length > 1 ? name : '' }))
  if (samples.length > 1 && groups.length > 1)
    notes.push({
      text: `${samples.length} samples are counted each for itself; a person who stands in several is counted in each.`,
      cites: samples.map(({ cite }) => cite).slice(0, limits.citesPerSentence),
    })
  if (lookups !== undefined) groups.push(...lookupGroups(lookups), ...recoveredGroups(lookups))
  for (const { text, cites } of (lookups?.leftBehind?.findings ?? []).filter((one) => one.queries > 0).map((one) => one.sentence))
    notes.push({ text, cites })
  for (const story of stories?.stories ?? [])
    for (const one of story.reached)
      notes.push({ text: `${one.text} How many persons that concerns is not shown by these logs.`, cites: one.cites })
  return { groups, floor, notes }
}

/** `name`: of one of several samples, else empty. */
function sampleGroups(verdict: Verdict, { cite, name }: { readonly cite: Cite; readonly name: string }): AffectedGroup[] {
  const listed = new Set<string>()
  for (const { meaning } of verdict.columns)
    if (!silent.test(meaning)) listed.add(categories.find((one) => one.fits(meaning))?.category ?? 'other')
  const persons = verdict.persons ?? verdict.identified
  return [...listed].sort().map((category) =>
    group({
      source: name === '' ? 'sample' : `sample ${name}`,
      category,
      lines: verdict.rows,
      records: verdict.read,
      persons,
      cites: [cite],
      what: name === '' ? 'in the sample' : `in the sample ${name}`,
    }),
  )
}

function lookupGroups(review: LookupReview): AffectedGroup[] {
  const cites = review.watched.flatMap((one) => one.cites.slice(0, 1))
  const records = review.watched.reduce((sum, one) => sum + one.days, 0)
  if (review.watched.length === 0) return []
  return [
    group({
      source: 'lookups',
      category: 'records of subscribers read without a recorded reason',
      records,
      persons: review.watched.length,
      cites,
      what: 'read more often than chance allows (days with such a reading as records)',
    }),
  ]
}

/** Subscribers in files recovered from the actor: they hold the records, however these came there. Queries are notes: asked is not answered. */
function recoveredGroups({ leftBehind }: LookupReview): AffectedGroup[] {
  if (leftBehind === undefined || leftBehind.inFiles === 0) return []
  const files = leftBehind.findings.filter((one) => one.rows > 0)
  return [
    group({
      source: 'lookups',
      category: 'records of subscribers in files that the actor left behind',
      records: files.reduce((sum, one) => sum + one.rows, 0),
      persons: leftBehind.inFiles,
      cites: files.flatMap((one) => one.sentence.cites.slice(0, 1)).slice(0, limits.citesPerSentence),
      what: 'in recovered files',
    }),
  ]
}

function group(options: {
  source: string
  category: string
  lines?: number
  records: number
  persons: number
  cites: readonly Cite[]
  what: string
}): AffectedGroup {
  const { source, category, lines, records, persons, cites, what } = options
  if (persons < floor)
    return { source, category, suppressed: true, text: `${category}: fewer than ${floor} persons ${what}.`, cites }
  const counts = [
    ...(lines === undefined ? [] : [`${lines.toLocaleString('en-US')} lines`]),
    `${records.toLocaleString('en-US')} records`,
    `${persons.toLocaleString('en-US')} persons`,
  ]
  return {
    source,
    category,
    ...(lines === undefined ? {} : { lines }),
    records,
    persons,
    suppressed: false,
    text: `${category}: ${counts.join(', ')} ${what}.`,
    cites,
  }
}
