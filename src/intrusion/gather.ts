import { epochMs, isoMicros } from '../base/index.ts'
import type { Entry } from '../inventory/index.ts'
import type { Engine } from '../store/index.ts'
import { addressNames } from './address-names.ts'
import { citeOf, isoOf, type CitedRow } from './cited.ts'
import { gapMs } from './cluster.ts'
import { composeStories, storyGroups, weightsOf } from './compose.ts'
import type { Move } from './moves/fuse.ts'
import { findMoves } from './moves/find-moves.ts'
import { sightingsOfMoves } from './moves/sightings.ts'
import { isAddress, isInside, shortName } from './names.ts'
import { followAstray } from './odd/astray.ts'
import { findOddities } from './odd/find-oddities.ts'
import type { Movement, ObjectRead, Sighting, Silence } from './sighting.ts'
import { movementsSql, periodSql, readsSql, silencesSql } from './sql.ts'
import { shownApart } from './threshold.ts'
import { usualAdministration } from './usual/administration.ts'
import { habitualMoves } from './usual/habitual-moves.ts'
import { rolesOf } from './usual/roles.ts'
import type { StoryAnswer } from './story.ts'

interface MovementRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly target_ip: string
  readonly target_port: number
  readonly event_id: string
  readonly class: string
  readonly logon_type: string
  readonly workstation: string
  readonly target_server: string
  readonly target_account: string
}

interface ReadRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly client: string
  readonly object: string
}

/** What stories are told from: the loads of a case in the lake, and the detections made on the same evidence. */
export interface StoryOptions {
  readonly engine: Engine
  /** Load ids of the case's events. */
  readonly loads: readonly string[]
  readonly sightings: readonly Sighting[]
  /** What the operator knows of its systems and vendors; roles and vendors' accounts are taken from it. */
  readonly inventory?: readonly Entry[]
  /** Events read, for the answer. */
  readonly events: number
  /** Path of an exhibit by its hash, for cites. */
  readonly fileOf: (sha256: string) => string
}

/** A client's connection and the statements of its session lie no further apart. */
const sameSessionMs = 15 * 60_000
/** Silence shorter than this is not told, whatever the host's rate. */
const quietSeconds = 2 * 3600
/** Events that a silent stretch should have held at the host's own rate before it is told. */
const expectedEvents = 30

/** Stories from detections and events: everything read from committed loads, so that a rebuilt lake tells the same. */
export async function tellStories(options: StoryOptions): Promise<StoryAnswer> {
  const { engine, loads, fileOf } = options
  const detected = options.sightings.filter((one) => one.time !== '')
  const [whole] = await engine.rows<{ first: string; last: string; events: string }>(periodSql, { loads })
  const nothing = {
    stories: [],
    detections: options.sightings.length,
    events: options.events,
    unjoined: options.sightings.length,
  }
  if (whole === undefined || Number(whole.events) === 0) return nothing
  const evidence = { loads, from: isoOf(whole.first), to: isoOf(whole.last) }
  const names = await addressNames(engine, evidence)
  const roles = rolesOf(options.inventory ?? [])
  const found = await findMoves({ engine, ...evidence, nameOf: names, fileOf })
  const { sightings: odd, measured, accesses } = await findOddities({ engine, ...evidence, nameOf: names, roles, fileOf })
  const first = [...detected, ...sightingsOfMoves(found.moves), ...odd]
  if (first.length === 0) return nothing
  const times = first.map((one) => one.time).sort()
  const from = isoMicros(epochMs(times[0] as string) - gapMs)
  const to = isoMicros(epochMs(times.at(-1) as string) + gapMs)
  const period = { loads, from, to }
  const rows = await engine.rows<MovementRow>(movementsSql, period)
  const named = nameDatabases([...found.moves.flatMap(movementsOf), ...rows.flatMap((row) => movementOf(row, names, fileOf))])
  const astray = followAstray(odd, accesses, named)
  const movements = named.map((one) => (astray.moved(one) ? { ...one, astray: true as const } : one))
  const sightings = [
    ...detected.map((one) => withClient(one, names)),
    ...sightingsOfMoves(found.moves, astray.moved),
    ...odd,
  ].map((one) => (astray.acted(one) ? { ...one, astray: true as const } : one))
  const reads = (await engine.rows<ReadRow>(readsSql, period)).map((row): ObjectRead => ({
    time: isoOf(row.at_time),
    host: row.host,
    from: names(row.source_ip),
    account: row.account,
    object: row.object,
    cite: citeOf(row, fileOf),
  }))
  const hosts = [...new Set(sightings.map((one) => one.host).filter((host) => host !== ''))].sort()
  const silences = await silencesOf({ engine, period, hosts, fileOf })
  const usual = usualAdministration(movements, { roles, span: evidence, odd, measured })
  const habitual = habitualMoves(movements)
  const input = { sightings, movements, attempts: found.attempts, reads, silences, span: evidence, usual, habitual, roles }
  const weigh = weightsOf(input)
  const groups = storyGroups(input, weigh)
  const stories = composeStories(input, groups, weigh)
  const joined = groups.reduce((sum, group) => sum + group.length, 0)
  return {
    ...shownApart(stories, evidence),
    detections: options.sightings.length,
    events: options.events,
    unjoined: Math.max(0, sightings.length - joined),
  }
}

/** A detection in a database knows the host of its client. */
function withClient(one: Sighting, names: (address: string) => string): Sighting {
  return one.eventClass === 'datastore' && one.sourceIp !== '' && isInside(one.sourceIp)
    ? { ...one, from: names(one.sourceIp) }
    : one
}

async function silencesOf(options: {
  engine: Engine
  period: { loads: readonly string[]; from: string; to: string }
  hosts: readonly string[]
  fileOf: (sha256: string) => string
}): Promise<Silence[]> {
  const { engine, period, hosts, fileOf } = options
  interface Row extends CitedRow {
    readonly host: string
    readonly from: string
    readonly total: string
    readonly span: string
    readonly quiet: string
  }
  const rows = await engine.rows<Row>(silencesSql, { ...period, hosts, quiet: quietSeconds })
  return rows
    .filter((row) => (Number(row.total) / Math.max(1, Number(row.span))) * Number(row.quiet) >= expectedEvents)
    .map((row) => ({ host: row.host, from: isoOf(row.from), to: isoOf(row.at_time), cite: citeOf(row, fileOf) }))
}

function movementOf(row: MovementRow, names: (address: string) => string, fileOf: (sha256: string) => string): Movement[] {
  const time = isoOf(row.at_time)
  const cite = citeOf(row, fileOf)
  const shared = { time, cite, account: row.account }
  if (row.class === 'network')
    return [{ ...shared, from: row.host, to: names(row.target_ip), means: 'connection', certainty: 0.3 }]
  if (row.class === 'datastore')
    return [
      {
        ...shared,
        from: row.source_ip === '' ? shortName(row.workstation) : names(row.source_ip),
        to: row.host,
        means: 'database session',
        certainty: 0.9,
      },
    ]
  if (row.event_id === '4648') {
    const account = row.target_account === '\\' ? row.account : row.target_account.toLowerCase()
    return [
      { ...shared, account, from: row.host, to: shortName(row.target_server), means: 'explicit credentials', certainty: 0.45 },
    ]
  }
  const from = row.source_ip === '' ? shortName(row.workstation) : names(row.source_ip)
  if (from === '' || from === '-') return []
  if (row.event_id === '5145') return [{ ...shared, from, to: row.host, means: 'admin share', certainty: 0.4 }]
  return row.logon_type === '10'
    ? [{ ...shared, from, to: row.host, means: 'remote desktop', certainty: 0.8 }]
    : [{ ...shared, from, to: row.host, means: 'network logon', certainty: row.source_ip === '' ? 0.25 : 0.4 }]
}

/** A move with each of its cites, as the hops of a story take it. */
function movementsOf({ means, certainty, cites, ...move }: Move): Movement[] {
  return cites.slice(0, 1).map((cite) => ({ ...move, means: means.join(', '), control: true, certainty, cite }))
}

/** A database server often logs no connection of its own: its address is the one that a client reached when its session began. */
function nameDatabases(movements: readonly Movement[]): Movement[] {
  const sessions = Map.groupBy(
    movements.filter((one) => one.means === 'database session'),
    (one) => one.from,
  )
  return movements.map((one) => {
    if (one.means !== 'connection' || !isAddress(one.to)) return one
    const near = (sessions.get(one.from) ?? []).filter(
      (each) => Math.abs(epochMs(each.time) - epochMs(one.time)) <= sameSessionMs,
    )
    const [session] = near
    return session === undefined || near.some((each) => each.to !== session.to) ? one : { ...one, to: session.to }
  })
}
