import { epochMs, isoMicros } from '../base/index.ts'
import type { Engine } from '../store/index.ts'
import { citeOf, isoOf, type CitedRow } from './cited.ts'
import { gapMs } from './cluster.ts'
import { composeStories, storyGroups } from './compose.ts'
import type { Move } from './moves/fuse.ts'
import { findMoves } from './moves/find-moves.ts'
import { sightingsOfMoves } from './moves/sightings.ts'
import type { Movement, ObjectRead, Sighting, Silence } from './sighting.ts'
import { addressesSql, movementsSql, periodSql, readsSql, silencesSql } from './sql.ts'
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
  /** Events read, for the answer. */
  readonly events: number
  /** Path of an exhibit by its hash, for cites. */
  readonly fileOf: (sha256: string) => string
}

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
  const names = nameIndex(await engine.rows<{ address: string; name: string }>(addressesSql, evidence))
  const found = await findMoves({ engine, ...evidence, nameOf: names, fileOf })
  const sightings = [...detected, ...sightingsOfMoves(found.moves)]
  if (sightings.length === 0) return nothing
  const times = sightings.map((one) => one.time).sort()
  const from = isoMicros(epochMs(times[0] as string) - gapMs)
  const to = isoMicros(epochMs(times.at(-1) as string) + gapMs)
  const period = { loads, from, to }
  const rows = await engine.rows<MovementRow>(movementsSql, period)
  const movements = nameDatabases([...found.moves.flatMap(movementsOf), ...rows.flatMap((row) => movementOf(row, names, fileOf))])
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
  const groups = storyGroups({ sightings, movements, span: evidence })
  const stories = composeStories({ sightings, movements, attempts: found.attempts, reads, silences, span: evidence }, groups)
  const joined = groups.reduce((sum, group) => sum + group.length, 0)
  return {
    stories,
    detections: options.sightings.length,
    events: options.events,
    unjoined: Math.max(0, sightings.length - joined),
  }
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

/** The host that uses an address most often; the address itself when none is known. */
function nameIndex(rows: readonly { readonly address: string; readonly name: string }[]): (address: string) => string {
  const names = new Map<string, string>()
  for (const { address, name } of rows) if (!names.has(address)) names.set(address, name)
  return (address) => names.get(address) ?? address
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
  const sessions = movements.filter((one) => one.means === 'database session')
  return movements.map((one) => {
    if (one.means !== 'connection' || !/^[\d.:a-f]+$/.test(one.to)) return one
    const session = sessions.find((each) => each.from === one.from && Math.abs(epochMs(each.time) - epochMs(one.time)) <= 120_000)
    return session === undefined ? one : { ...one, to: session.to }
  })
}

function shortName(name: string): string {
  return (name.toLowerCase().split('/').at(-1) ?? '').split('.')[0] ?? ''
}
