import type { Assertion, Thread } from '../claims/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { AssessedAssertion, Assessment } from './assessment.ts'
import type { AssessedThread, PartKind } from './assessment-part.ts'
import { saidBeside } from './beside.ts'
import { claimedTime } from './claimed-time.ts'
import { coverageSentences } from './coverage-beside.ts'
import type { Findings } from './findings.ts'
import { handedData } from './handed-data.ts'
import type { ClaimedTime, Mismatch } from './handed-over.ts'
import { mismatches } from './mismatches.ts'
import { other } from './need.ts'
import { partsOf } from './parts.ts'
import { findingsOfThread } from './samples.ts'
import { asksOf, settling } from './settle.ts'
import type { AssessmentStatus } from './status.ts'
import { storyFloor } from './strength.ts'
import { threadSummary } from './summary.ts'
import { weighAccess, weighCapability, weighDenial, weighMethod } from './weigh-access.ts'
import { withBulkReads } from './weigh-bulk.ts'
import { weighData } from './weigh-data.ts'
import { weighDefacement } from './weigh-other.ts'
import { withPictures } from './weigh-pictures.ts'
import { weighVendorWord } from './weigh-vendor-word.ts'
import { overSamples, weighInstalments } from './weigh-samples.ts'
import { weighThirdParty } from './weigh-third-party.ts'
import { agrees, open, type Asserted, type Weight } from './weight.ts'

/** Weighs every assertion, and every claim part by part, against what was found (SPEC.md). `open` is a normal answer and says what is missing. */
export function assess(threads: readonly Thread[], findings: Findings): Assessment {
  const claimed = claimedTime(threads, findings)
  const found = mismatches([...(findings.handed ?? []), ...handedData(threads, findings)], claimed)
  const own = new Map(threads.map((thread) => [thread, findingsOfThread(thread, threads, findings)]))
  const assertions = threads.flatMap((thread) =>
    thread.assertions.map((assertion) => assessed(thread, assertion, own.get(thread) ?? findings)),
  )
  const counts = { supported: 0, contradicted: 0, open: 0 }
  for (const one of assertions) counts[one.status] += 1
  return {
    assertions,
    counts,
    headline: headline(threads, findings, counts),
    threads: threads.flatMap((thread) => assessedThread(thread, { findings: own.get(thread) ?? findings, claimed, found })),
    mismatches: found,
  }
}

function assessedThread(
  thread: Thread,
  { findings, claimed, found }: { findings: Findings; claimed: ClaimedTime; found: readonly Mismatch[] },
): AssessedThread[] {
  const ours = (asserted: Asserted): boolean => otherVictim(thread, asserted, findings.operator) === undefined
  const parts = partsOf({ thread, findings, claimed, mismatches: found, ours })
  const cite = parts[0]?.asserted[0]?.cite ?? thread.posts[0]?.cite ?? thread.assertions[0]?.cite ?? parts[0]?.ground.cites[0]
  if (cite === undefined || parts.length === 0) return []
  return [{ thread: thread.id, actor: thread.actor, summary: threadSummary(parts, cite), parts, asks: asksOf(parts) }]
}

/** The part whose statements stand beside an assertion. */
const besideOf: Readonly<Partial<Record<Assertion['kind'], PartKind>>> = {
  access: 'access',
  'data-taken': 'data',
  count: 'amount',
  'third-party': 'third-party',
  capability: 'disruption',
  method: 'access',
  defacement: 'defacement',
}

function assessed(thread: Thread, assertion: Assertion, findings: Findings): AssessedAssertion {
  const weight =
    weighVendorWord(thread, assertion, findings) ??
    concernsOthers(thread, assertion, findings.operator) ??
    weigh(assertion, findings)
  const [ground, ...rest] = weight.grounds
  const part = besideOf[assertion.kind]
  return {
    id: `${thread.id}/${assertion.id}`,
    thread: thread.id,
    assertion: assertion.id,
    by: assertion.by,
    words: assertion.text,
    status: weight.status,
    ground,
    grounds: rest,
    missing: weight.needs.map((one) => one.text),
    coverage: weight.status === 'supported' ? [] : coverageSentences(findings.coverage, assertion.cite),
    cite: assertion.cite,
    strength: weight.strength,
    for: weight.for,
    against: weight.against,
    settles: settling(weight.needs, findings),
    said: part === undefined ? [] : saidBeside(thread, part).filter((one) => one.text !== assertion.text),
  }
}

function weigh(assertion: Assertion, findings: Findings): Weight {
  const over = (weighOne: (one: Findings) => Weight): Weight => overSamples(findings, 'any', weighOne)
  switch (assertion.kind) {
    case 'access':
      return withPictures(
        over((one) => weighAccess(assertion, one)),
        'access',
        { about: assertion, findings },
      )
    case 'data-taken':
    case 'count': {
      const weight = weighInstalments(assertion, findings) ?? over((one) => weighData(assertion, one))
      return withBulkReads(weight, assertion, findings)
    }
    case 'third-party':
      return over((one) => weighThirdParty(assertion, one))
    case 'capability':
      return weighCapability(assertion, findings)
    case 'method':
      return weighMethod(assertion, findings)
    case 'denial':
      return over((one) => weighDenial(assertion, one))
    case 'defacement':
      return weighDefacement(assertion, findings)
    case 'attribution':
      return open(assertion, 'Who is behind an act is not assessed here; the statement stands as its author made it.', [
        other('evidence that its author has published'),
      ])
  }
}

function concernsOthers(thread: Thread, assertion: Assertion, operator: string | undefined): Weight | undefined {
  const about = otherVictim(thread, assertion, operator)
  if (about === undefined) return undefined
  return open(assertion, `This is about ${about}; nothing at hand covers that organisation.`, [other(`evidence from ${about}`)])
}

/** The organisation that an assertion is about, when it is not the operator whose case this is. */
function otherVictim(thread: Thread, asserted: Asserted, operator: string | undefined): string | undefined {
  if (operator === undefined) return undefined
  const own = operator.toLowerCase()
  const subject = asserted.subject?.toLowerCase() ?? ''
  const about = asserted.victim ?? thread.victims.find((victim) => subject.includes(victim.name.toLowerCase()))?.name
  return about === undefined || sameOrganisation(about.toLowerCase(), own) ? undefined : about
}

function sameOrganisation(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a)
}

/** The answer so far in one sentence, short enough for the top of a page. */
function headline(threads: readonly Thread[], findings: Findings, counts: Readonly<Record<AssessmentStatus, number>>): string {
  const total = counts.supported + counts.contradicted + counts.open
  const parts = [
    threads.length === 0
      ? 'No claim has been read'
      : `Of ${total} assertions ${counts.supported} supported, ${counts.contradicted} contradicted, ${counts.open} open`,
  ]
  parts.push(...samplesText(findings))
  const story = findings.stories?.stories[0]
  if (story !== undefined && story.score < storyFloor) parts.push('only leads in the logs')
  else if (story?.initialAccess !== undefined) {
    const hosts = story.hosts.filter((host) => host.status === 'compromised').length
    parts.push(`one story in the logs from ${story.initialAccess.where} over ${hosts} host${hosts === 1 ? '' : 's'}`)
  }
  const watched = findings.lookups?.watched.length ?? 0
  if (watched > 0) parts.push(`${watched} subscribers read without a recorded reason beyond chance`)
  return `${parts.join('; ')}.`
}

const samplesTold = 2

function samplesText({ samples, provenance }: Findings): string[] {
  const judged = (samples ?? []).flatMap(({ name, provenance: verdict }) => (verdict === undefined ? [] : [{ name, verdict }]))
  if (judged.length < 2)
    return [judged[0]?.verdict ?? provenance].flatMap((verdict) =>
      verdict === undefined ? [] : [copyText(verdict, 'the sample')],
    )
  const more = judged.length - samplesTold
  return [
    ...judged.slice(0, samplesTold).map(({ name, verdict }) => copyText(verdict, `the sample ${name}`)),
    ...(more > 0 ? [`${more} more sample${more === 1 ? '' : 's'}`] : []),
  ]
}

function copyText(verdict: Verdict, sample: string): string {
  const source = verdict.sources[0]
  if (!agrees(verdict) || source === undefined) return `${sample}: ${verdict.verdict.replaceAll('-', ' ')}`
  const cut = source.cutDay === undefined ? `copy of ${source.holder}` : `extract cut for ${source.holder} on ${source.cutDay}`
  const mixed = verdict.padding.rows > 0 ? ', with older leaked rows' : ''
  return `${sample} agrees with the ${cut}${mixed}`
}
