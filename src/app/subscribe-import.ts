import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { limits, printable, sha256, type Fault } from '../base/index.ts'
import type { ReceivedPattern, ReceivedStix } from '../sharing/index.ts'
import { loadRules } from '../sigma/index.ts'
import { comparable, indicatorKinds, refanged, type Indicator } from './indicators.ts'
import { keepIndicators } from './indicators-kept.ts'
import { stixIndicators } from './indicators-stix.ts'
import { withShareDb } from './share-db.ts'
import type { Workspace } from './workspace.ts'

/** An indicator of a peer with the object it came in. */
export interface ReceivedIndicator {
  readonly object: string
  readonly indicator: Indicator
  /** The last moment at which the sender saw it, where that is said. */
  readonly last?: string
}

/** A rule of a peer, in a file. */
export interface ReceivedRule {
  readonly object: string
  /** Id and title of the rule as its text says. */
  readonly id: string
  readonly title: string
  readonly file: string
}

/** What was understood of what was received. */
export interface Imported {
  readonly indicators: number
  readonly rules: number
  /** Indicators kept with the workspace that were not before. */
  readonly kept: number
  /** Patterns that are not read, and why. */
  readonly unread: readonly { readonly object: string; readonly why: string }[]
  readonly faults: readonly Fault[]
}

/** Keeps the indicators and rules of a peer with the workspace, each with its source, date, TLP and PAP. */
export function importReceived(options: {
  readonly workspace: Workspace
  /** Where it came from; names the source where the sender does not. */
  readonly from: string
  readonly received: ReceivedStix
  readonly further: readonly ReceivedIndicator[]
  readonly by: string
}): Imported {
  const { workspace, from, received, further, by } = options
  const standing = received.patterns.filter((one) => !one.revoked)
  const { indicators: found, unread } = understood(
    standing.filter((one) => one.patternType === 'stix'),
    from,
  )
  const indicators = [...found, ...further]
  const folder = workspace.path('received', sha256(from).slice(0, 16))
  const rules = standing
    .filter((one) => one.patternType === 'sigma')
    .slice(0, limits.sharedRules)
    .flatMap((one) => writeRule(one, { folder, unread }))
  const others = standing.filter((one) => one.patternType !== 'stix' && one.patternType !== 'sigma')
  const kept = keepIndicators(
    workspace,
    indicators.map((one) => one.indicator),
    by,
  )
  keepReceived({
    workspace,
    from,
    indicators,
    rules,
    lastSeen: received.lastSeen,
    revoked: received.patterns.filter((one) => one.revoked).map((one) => one.id),
  })
  return {
    indicators: indicators.length,
    rules: rules.length,
    kept,
    unread: [
      ...unread,
      ...others.map((one) => ({ object: one.id, why: `a pattern of type ${one.patternType.slice(0, 40)} is not read` })),
    ],
    faults: received.faults,
  }
}

function keepReceived(given: {
  readonly workspace: Workspace
  readonly from: string
  readonly indicators: readonly ReceivedIndicator[]
  readonly rules: readonly ReceivedRule[]
  readonly lastSeen: ReadonlyMap<string, string>
  readonly revoked: readonly string[]
}): void {
  const { workspace, from, indicators, rules, lastSeen, revoked } = given
  const at = workspace.world.now()
  withShareDb(workspace, (db) =>
    db.transaction(() => {
      for (const { object, indicator } of indicators) {
        const { kind, value, written, source, date = '', tlp = '', pap = '' } = indicator
        const row = [from, object, kind, value, written, source, date, tlp, pap, at]
        db.run(
          `INSERT INTO received (url, object, kind, value, written, source, date, tlp, pap, at) VALUES (${row.map(() => '?').join(', ')})
           ON CONFLICT DO UPDATE SET written = excluded.written, source = excluded.source, date = excluded.date, tlp = excluded.tlp, pap = excluded.pap, at = excluded.at`,
          ...row,
        )
      }
      for (const [object, last] of lastSeen)
        db.run('UPDATE received SET last = ? WHERE url = ? AND object = ?', last, from, object)
      for (const { object, id, title, file } of rules)
        db.run('INSERT OR REPLACE INTO received_rules VALUES (?, ?, ?, ?, ?, ?)', from, object, id, title, file, at)
      for (const object of revoked) {
        db.run('DELETE FROM received WHERE url = ? AND object = ?', from, object)
        db.run('DELETE FROM received_rules WHERE url = ? AND object = ?', from, object)
      }
    }),
  )
}

/** Everything that came from an address until now and was not taken back. */
export function receivedFrom(
  workspace: Pick<Workspace, 'path'>,
  from: string,
): { readonly indicators: readonly ReceivedIndicator[]; readonly rules: readonly ReceivedRule[] } {
  type Row = Record<'object' | 'kind' | 'value' | 'written' | 'source' | 'date' | 'tlp' | 'pap' | 'last', string>
  return withShareDb(workspace, (db) => ({
    indicators: db
      .all<Row>(
        'SELECT object, kind, value, written, source, date, tlp, pap, last FROM received WHERE url = ? ORDER BY object, kind, value',
        from,
      )
      .flatMap(({ object, kind: text, value, written, source, last, ...marks }) => {
        const kind = indicatorKinds.find((one) => one === text)
        const told = Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== ''))
        const seen = last === '' ? {} : { last }
        return kind === undefined ? [] : [{ object, indicator: { kind, value, written, source, ...told }, ...seen }]
      }),
    rules: db.all<ReceivedRule & object>(
      'SELECT object, id, title, file FROM received_rules WHERE url = ? ORDER BY object',
      from,
    ),
  }))
}

/** Only a single rule that loads is kept. */
function writeRule(
  one: ReceivedPattern,
  { folder, unread }: { readonly folder: string; readonly unread: { object: string; why: string }[] },
): ReceivedRule[] {
  const file = join(folder, `${sha256(one.id).slice(0, 32)}.yml`)
  const { rules, notLoaded, correlations } = loadRules([{ name: file, text: one.pattern }])
  const [rule] = rules
  if (rule === undefined || rules.length > 1 || correlations.length > 0) {
    unread.push({ object: one.id, why: notLoaded[0]?.why ?? 'is not one Sigma rule' })
    return []
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, one.pattern, { mode: 0o600 })
  return [{ object: one.id, id: rule.id, title: printable(rule.title).slice(0, 200), file }]
}

const perRead = 2_000

/** The comparisons in the patterns, as indicators are looked for. */
function understood(
  patterns: readonly ReceivedPattern[],
  from: string,
): { readonly indicators: ReceivedIndicator[]; readonly unread: { object: string; why: string }[] } {
  const indicators: ReceivedIndicator[] = []
  const unread: { object: string; why: string }[] = []
  for (let start = 0; start < patterns.length; start += perRead) {
    const some = patterns.slice(start, start + perRead)
    const places = new Map(some.map((one, at) => [one.id, at]))
    const objects = some.map((one) => ({ type: 'indicator', id: one.id, pattern: one.pattern.slice(0, 20_000) }))
    const of = (line: number): ReceivedPattern | undefined => some[line]
    stixIndicators({ type: 'bundle', objects }, (part) => places.get(String(part)) ?? -1, {
      unreadable: (line, why) => void unread.push({ object: of(line)?.id ?? '', why }),
      found({ line, kind, text }) {
        const one = of(line)
        const value = kind === undefined ? undefined : comparable(kind, refanged(text))
        if (one === undefined || kind === undefined) return
        if (value === undefined || indicators.length >= limits.sharedIndicators)
          return void unread.push({
            object: one.id,
            why: value === undefined ? `not a value of kind ${kind}` : 'one indicator too many',
          })
        const { date, tlp, pap } = one
        const origin = {
          ...(date === '' ? {} : { date }),
          ...(tlp === undefined ? {} : { tlp }),
          ...(pap === undefined ? {} : { pap }),
        }
        const source = one.source === '' ? from : one.source
        indicators.push({ object: one.id, indicator: { kind, value, written: text, source, ...origin } })
      },
    })
  }
  return { indicators, unread }
}
