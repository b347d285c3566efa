import { printable } from '../../base/index.ts'
import { citeText } from '../../evidence/index.ts'
import type { LookupReview } from '../../lookups/index.ts'
import type { Terminal } from '../terminal.ts'
import { counted, oneLine } from '../layout.ts'

type LeftBehind = NonNullable<LookupReview['leftBehind']>

const [findingsShown, queriesShown, personsShown] = [40, 5, 20]

/** What the actor left behind: each source, its first queries, and the persons who stand in it. */
export function printLeftBehind(terminal: Pick<Terminal, 'out'>, left: LeftBehind): void {
  const least = left.atLeast === true ? 'at least ' : ''
  terminal.out(
    `\nleft behind by the actor: ${least}${counted(left.subscribers, 'subscriber')} named, ${left.asked} in queries, ${left.inFiles} in files (no test counts them)\n`,
  )
  for (const one of left.findings.slice(0, findingsShown)) {
    terminal.out(`  ${oneLine(one.sentence.text)}  [${oneLine(cited(one.sentence.cites))}]\n`)
    for (const query of one.asked.slice(0, queriesShown)) terminal.out(`    ${queryLine(query)}\n`)
    if (one.asked.length > queriesShown)
      terminal.out(
        `    ${counted(one.queries - queriesShown, 'query', 'queries')} more${one.asked.length < one.queries ? '' : ' with --json'}\n`,
      )
  }
  if (left.findings.length > findingsShown) terminal.out(`  ${left.findings.length - findingsShown} more with --json\n`)
  for (const one of left.persons.filter(({ places }) => places.length > 1).slice(0, personsShown))
    terminal.out(
      `  ${one.masked} ${one.subscriber.slice(0, 12)} stands in ${counted(one.places.length, 'place')}: ${one.places.map((place) => oneLine(cited(place.cites))).join('; ')}\n`,
    )
}

function queryLine(query: LeftBehind['findings'][number]['asked'][number]): string {
  const when = query.at === undefined ? 'no time recorded' : `${query.at.slice(0, 19)}Z`
  const whom =
    query.subscribers === 0
      ? query.kind === 'single'
        ? ' (value not in the text)'
        : ''
      : query.masked.length === 0
        ? ` ${counted(query.subscribers, 'subscriber')}`
        : ` ${query.masked.join(', ')}${query.subscribers > query.masked.length ? ` and ${query.subscribers - query.masked.length} more` : ''}`
  const fields = query.fields.length === 0 ? '' : `, fields: ${query.fields.map((one) => (one === '*' ? 'all' : one)).join(' ')}`
  const tables = query.tables.length === 0 ? '' : ` of ${query.tables.join(', ')}`
  const period =
    query.from === undefined && query.to === undefined ? '' : `, period asked for: ${query.from ?? ''} to ${query.to ?? ''}`
  return `${when}  ${query.kind}${printable(`${whom}${tables}${fields}${period}`)}  [${oneLine(cited(query.cites))}]`
}

function cited(cites: LeftBehind['findings'][number]['sentence']['cites']): string {
  const [first] = cites
  return first === undefined ? '' : citeText(first)
}
