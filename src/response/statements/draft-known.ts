import { minuteText } from '../../base/index.ts'
import type { Finding } from '../../casefile/index.ts'
import { findingIds, type DraftPen } from './draft-pen.ts'
import type { ClaimedThing, StatementKnowledge, TopicFinding } from './knowledge.ts'

/** What is claimed, from adopted findings about the claim. */
export function addClaim(pen: DraftPen): void {
  const { knowledge, adopted, add, day } = pen
  const claims = adopted.filter((one) => one.kind === 'claim')
  if (claims.length === 0) return
  const published = knowledge.publishedAt
  const rests = { findings: findingIds(claims.slice(0, 3)) }
  if (published === undefined) add('claim', 'aware-undated', rests)
  else add('claim', 'aware', rests, { day: day(published) })
  const by = (code: string): readonly Finding[] =>
    claims.filter((one) => one.code === code && one.params['by'] === 'actor' && one.params['standing'] === undefined)
  const access = by('claim-access')
  const data = by('claim-data-taken')
  if (access.length > 0 && data.length > 0) add('claim', 'claim-both', { findings: findingIds([...access, ...data]) })
  else if (access.length > 0) add('claim', 'claim-access', { findings: findingIds(access) })
  else if (data.length > 0) add('claim', 'claim-data', { findings: findingIds(data) })
}

/** What adopted findings show: access, the sample, the amount claimed, reads of records. */
export function addKnown(pen: DraftPen): void {
  const { knowledge, language, add, day, saying } = pen
  const access = saying('access', 'yes')
  const story = access.find(({ finding }) => finding.code === 'attack-story')?.finding
  const { from, to, hosts } = story?.params ?? {}
  if (story !== undefined && typeof from === 'string' && typeof to === 'string')
    add(
      'known',
      'access-yes',
      { findings: [story.id] },
      {
        from: day(from),
        to: day(to),
        fromTime: minuteText(from),
        toTime: minuteText(to),
        hosts: String(Array.isArray(hosts) ? hosts.length : 0),
      },
    )
  else if (access.length > 0) add('known', 'access-yes-undated', { findings: ids(access) })
  addSample(pen)
  const [amount] = saying('amount', 'no')
  const claimed = amount === undefined ? undefined : claimedAmount(amount.finding.subject, knowledge)
  if (amount !== undefined && claimed?.quantity !== undefined)
    add(
      'known',
      'amount-no',
      { findings: [amount.finding.id] },
      { claimed: `${figure(claimed.quantity)} ${language.file.unitNames[claimed.unit ?? ''] ?? claimed.unit ?? ''}`.trim() },
    )
  const reading = saying('reading', 'yes')
  if (reading.length > 0) add('known', 'reading', { findings: ids(reading) })
}

function addSample(pen: DraftPen): void {
  const { adopted, add, saying } = pen
  const data = saying('data', 'yes')
  const sample = data.find(({ finding }) => finding.kind === 'provenance')?.finding
  const rows = sample?.params['rows']
  if (sample !== undefined && typeof rows === 'number')
    add('known', 'data-yes', { findings: [sample.id] }, { rows: figure(rows) })
  const [assessed] = data
  if (sample === undefined && assessed !== undefined) add('known', 'data-yes-uncounted', { findings: ids(data) })
  const outside = saying('outside', 'yes')
  if (sample !== undefined && outside.length > 0) add('known', 'outside-yes', { findings: ids(outside) })
  const old = saying('data', 'no').find(({ finding }) => finding.kind === 'provenance')?.finding
  if (old !== undefined && data.length === 0)
    add('known', old.code === 'sample-recycled' ? 'data-old' : 'data-made-up', { findings: [old.id] })
  const groups = adopted.filter((one) => one.kind === 'affected' && one.subject.startsWith('affected:sample:'))
  const [first] = groups
  if (data.length > 0 && first !== undefined) addPersons(pen, first, groups)
  const mixed = adopted.filter(({ code }) => code === 'sample-mixed' || code === 'sample-padded-from-leak')
  if (data.length > 0 && mixed.length > 0) add('known', 'data-mixed', { findings: findingIds(mixed) })
}

function addPersons(pen: DraftPen, first: Finding, groups: readonly Finding[]): void {
  const { language, add } = pen
  const persons = first.params['persons']
  if (typeof persons === 'number') add('known', 'persons', { findings: [first.id] }, { persons: figure(persons) })
  else add('known', 'persons-few', { findings: [first.id] }, { persons: '5' })
  const named = [...new Set(groups.map(({ subject }) => language.file.categories[categoryKey(subject)] ?? ''))].filter(
    (one) => one !== '',
  )
  if (named.length > 0) add('known', 'categories', { findings: findingIds(groups) }, { categories: named.join('; ') })
}

/** The amount that a finding is about: that of its assertion, else the only one that the claim names. */
function claimedAmount(subject: string, { assertions }: StatementKnowledge): ClaimedThing | undefined {
  const own = assertions.get(subject)
  if (own?.quantity !== undefined) return own
  const all = [...assertions.values()].filter(
    (one) => one.kind === 'data-taken' && one.by === 'actor' && one.quantity !== undefined,
  )
  return all.every((one) => one.quantity === all[0]?.quantity && one.unit === all[0]?.unit) ? all[0] : undefined
}

function categoryKey(subject: string): string {
  const label = subject.slice('affected:sample:'.length)
  return /^[a-z]+/.exec(label)?.[0] ?? 'other'
}

function ids(readings: readonly TopicFinding[]): string[] {
  return findingIds(readings.map(({ finding }) => finding))
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
