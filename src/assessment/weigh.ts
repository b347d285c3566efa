import { minuteText } from '../base/index.ts'
import type { Assertion, Thread } from '../claims/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { AssessedAssertion, Assessment, AssessmentStatus, Coverage } from './assessment.ts'
import { weighAccess, weighCapability, weighDenial, weighMethod } from './weigh-access.ts'
import { weighData } from './weigh-data.ts'
import { weighThirdParty } from './weigh-third-party.ts'
import { agrees, open, storyFloor, type Findings, type Weight } from './weight.ts'

/** Weighs every assertion of every thread against what was found. `open` is a normal answer and says what is missing. */
export function assess(threads: readonly Thread[], findings: Findings): Assessment {
  const assertions = threads.flatMap((thread) => thread.assertions.map((assertion) => assessed(thread, assertion, findings)))
  const counts = { supported: 0, contradicted: 0, open: 0 }
  for (const one of assertions) counts[one.status] += 1
  return { assertions, counts, headline: headline(threads, findings, counts) }
}

function assessed(thread: Thread, assertion: Assertion, findings: Findings): AssessedAssertion {
  const weight = concernsOthers(thread, assertion, findings.operator) ?? weigh(assertion, findings)
  const [ground, ...rest] = weight.grounds
  return {
    id: `${thread.id}/${assertion.id}`,
    thread: thread.id,
    assertion: assertion.id,
    by: assertion.by,
    words: assertion.text,
    status: weight.status,
    ground,
    grounds: rest,
    missing: weight.missing,
    coverage: weight.status === 'supported' ? [] : coverageSentences(findings.coverage, assertion),
    cite: assertion.cite,
  }
}

function weigh(assertion: Assertion, findings: Findings): Weight {
  switch (assertion.kind) {
    case 'access':
      return weighAccess(assertion, findings)
    case 'data-taken':
    case 'count':
      return weighData(assertion, findings)
    case 'third-party':
      return weighThirdParty(assertion, findings)
    case 'capability':
      return weighCapability(assertion, findings)
    case 'method':
      return weighMethod(assertion, findings)
    case 'denial':
      return weighDenial(assertion, findings)
    case 'defacement':
      return open(assertion, 'No copy of the page from that time has been handed over.', [
        'a web capture of the page, with its time',
      ])
    case 'attribution':
      return open(assertion, 'Who is behind an act is not assessed here; the statement stands as its author made it.', [
        'evidence that its author has published',
      ])
  }
}

function concernsOthers(thread: Thread, assertion: Assertion, operator: string | undefined): Weight | undefined {
  if (operator === undefined) return undefined
  const own = operator.toLowerCase()
  const subject = assertion.subject?.toLowerCase() ?? ''
  const about = assertion.victim ?? thread.victims.find((victim) => subject.includes(victim.name.toLowerCase()))?.name
  if (about === undefined || sameOrganisation(about.toLowerCase(), own)) return undefined
  return open(assertion, `This is about ${about}; nothing at hand covers that organisation.`, [`evidence from ${about}`])
}

function sameOrganisation(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a)
}

function coverageSentences(coverage: Coverage, assertion: Assertion): Sentence[] {
  const covered = coverage.sources.map((source) => ({
    text: `${source.source}: ${source.events.toLocaleString('en-US')} records of ${hostsText(source.hosts)}, ${period(source.from, source.to)}.`,
    cites: source.cites,
  }))
  if (covered.length === 0) return [{ text: 'No log of any system has been handed over.', cites: [assertion.cite] }]
  return [...covered, ...visibleSentence(coverage), ...coverage.gaps]
}

/** What these logs could have shown, over the period the claim needs where one is known. */
function visibleSentence({ visibility = [], sources }: Coverage): Sentence[] {
  const seen = visibility.at(-1)
  if (seen === undefined || sources.length === 0) return []
  const when = seen.from === '' ? '' : ` between ${seen.from.slice(0, 10)} and ${seen.to.slice(0, 10)}`
  return [
    {
      text: `Of the ${seen.techniques} techniques of ATT&CK ${seen.attackVersion} these logs could have shown ${seen.could.length}${when}; ${seen.not.length} are not visible in them at all.`,
      cites: sources.flatMap((source) => source.cites.slice(0, 1)),
    },
  ]
}

function hostsText(hosts: readonly string[]): string {
  if (hosts.length === 0) return 'unnamed hosts'
  return hosts.length <= 4 ? hosts.join(', ') : `${hosts.length} hosts`
}

function period(from: string, to: string): string {
  return from === '' ? 'times unreadable' : `${minuteText(from)} to ${minuteText(to)} UTC`
}

/** The answer so far in one sentence, short enough for the top of a page. */
function headline(threads: readonly Thread[], findings: Findings, counts: Readonly<Record<AssessmentStatus, number>>): string {
  const total = counts.supported + counts.contradicted + counts.open
  const parts = [
    threads.length === 0
      ? 'No claim has been read'
      : `Of ${total} assertions ${counts.supported} supported, ${counts.contradicted} contradicted, ${counts.open} open`,
  ]
  if (findings.provenance !== undefined) parts.push(copyText(findings.provenance))
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

function copyText(verdict: Verdict): string {
  const source = verdict.sources[0]
  if (!agrees(verdict) || source === undefined) return `the sample: ${verdict.verdict.replaceAll('-', ' ')}`
  const cut = source.cutDay === undefined ? `copy of ${source.holder}` : `extract cut for ${source.holder} on ${source.cutDay}`
  const mixed = verdict.padding.rows > 0 ? ', with older leaked rows' : ''
  return `the sample agrees with the ${cut}${mixed}`
}
