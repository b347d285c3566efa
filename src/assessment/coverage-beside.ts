import { minuteText } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { Coverage } from './coverage.ts'

/** The coverage of the logs as sentences, the other half of every "not found"; `cite` is of the words that are weighed. */
export function coverageSentences(coverage: Coverage, cite: Cite): Sentence[] {
  const covered = coverage.sources.map((source) => ({
    text: `${source.source}: ${source.events.toLocaleString('en-US')} records of ${hostsText(source.hosts)}, ${period(source.from, source.to)}.`,
    cites: source.cites,
  }))
  if (covered.length === 0) return [{ text: 'No log of any system has been handed over.', cites: [cite] }]
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
