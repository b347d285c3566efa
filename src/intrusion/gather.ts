import { epochMs, isoMicros, type Watch } from '../base/index.ts'
import type { Entry } from '../inventory/index.ts'
import type { Lake } from '../store/index.ts'
import { addressNames } from './address-names.ts'
import { findArrivals } from './arrivals/find-arrivals.ts'
import { isoOf } from './cited.ts'
import { gapMs } from './cluster.ts'
import { composeStories, storyGroups, weightsOf } from './compose.ts'
import { buildEdges } from './graph/build-edges.ts'
import { lakeGraph } from './graph/lake-graph.ts'
import { hostTimes } from './host-times.ts'
import { accessKnown, homeShares } from './logins/new-access.ts'
import { tracePaths } from './logins/trace-paths.ts'
import { keptAnswers } from './kept-answers.ts'
import { keptMoves } from './moves/kept-moves.ts'
import { sightingsOfMoves } from './moves/sightings.ts'
import { isInside } from './names.ts'
import { followAstray } from './odd/astray.ts'
import { keptOddities } from './odd/kept-oddities.ts'
import { reachData } from './reached/reach-data.ts'
import { scopedMovements } from './scoped-movements.ts'
import type { Sighting } from './sighting.ts'
import { silencesOf } from './silences.ts'
import { countSql, periodSql } from './sql.ts'
import type { StoryAnswer } from './story.ts'
import { shownApart } from './threshold.ts'
import { usualAdministration } from './usual/administration.ts'
import { habitualMoves } from './usual/habitual-moves.ts'
import { rolesOf, withControllers } from './usual/roles.ts'

/** What stories are told from: the loads of a case in the lake, and the detections made on the same evidence. */
export interface StoryOptions {
  /** With `storyTables`: the edges of the loads are built there once. */
  readonly lake: Lake
  /** Load ids of the case's events. */
  readonly loads: readonly string[]
  readonly sightings: readonly Sighting[]
  /** What the operator knows of its systems, vendors and data; roles, vendors' accounts and data objects are taken from it. */
  readonly inventory?: readonly Entry[]
  /** Events read, for the answer. */
  readonly events: number
  /** Path of an exhibit by its hash, for cites. */
  readonly fileOf: (sha256: string) => string
  readonly watch?: Watch
}

/** Stories from detections and events, with the data they reached: everything read from committed loads, so that a rebuilt lake tells the same. */
export async function tellStories(options: StoryOptions): Promise<StoryAnswer> {
  const { lake, loads, fileOf, watch = {} } = options
  const { engine } = lake
  const detected = options.sightings.filter((one) => one.time !== '')
  const [counted] = await engine.rows<{ events: string }>(countSql, { loads })
  // What is asked about the whole of the evidence is asked once.
  const kept = keptAnswers(lake, { loads, events: Number(counted?.events ?? 0) })
  const [whole] = await kept.engine.rows<{ first: string; last: string; events: string }>(periodSql, { loads })
  const nothing = {
    stories: [],
    detections: options.sightings.length,
    events: options.events,
    unjoined: options.sightings.length,
  }
  if (whole === undefined || Number(whole.events) === 0) return nothing
  const evidence = { loads, from: isoOf(whole.first), to: isoOf(whole.last) }
  const edges = await buildEdges({ lake, loads, watch })
  const times = await hostTimes({ engine, loads, clocks: edges.clocks, fileOf })
  const names = await addressNames(kept.engine, evidence)
  const reading = { nameOf: names.nameOf, timeOf: times.timeOf, fileOf }
  const found = await keptMoves(kept, {
    engine,
    ...evidence,
    ...reading,
    addressesOf: names.addressesOf,
    skewMs: times.skewMs,
    watch,
  })
  const { inventory = [] } = options
  const roles = withControllers(rolesOf(inventory), found.controllers)
  const oddities = await keptOddities(kept, { engine, ...evidence, nameOf: names.nameOf, roles, inventory, fileOf })
  const onTime = (one: Sighting): Sighting => ({ ...one, time: times.corrected(one.host, one.time) })
  const odd = oddities.sightings.map(onTime)
  const accesses = oddities.accesses.map((one) => ({ ...one, time: times.corrected(one.host, one.time) }))
  const seen = detected.map((one) => withClient(onTime(one), names.nameOf))
  const first = [...seen, ...sightingsOfMoves(found.moves), ...odd]
  if (first.length === 0) return nothing
  const stamps = first.map((one) => one.time).sort()
  const from = isoMicros(epochMs(stamps[0] as string) - gapMs)
  const to = isoMicros(epochMs(stamps.at(-1) as string) + gapMs)
  const period = { loads, from, to }
  const { movements: named, reads } = await scopedMovements({ engine, period, seen: first, moves: found.moves, names, reading })
  const astray = followAstray(odd, accesses, named)
  const movements = named.map((one) => (astray.moved(one) ? { ...one, astray: true as const } : one))
  const sightings = [...seen, ...sightingsOfMoves(found.moves, astray.moved), ...odd].map((one) =>
    astray.acted(one) ? { ...one, astray: true as const } : one,
  )
  const hosts = [...new Set(sightings.map((one) => one.host).filter((host) => host !== ''))].sort()
  const silences = await silencesOf({ engine, period, hosts, fileOf })
  const usual = usualAdministration(movements, { roles, span: evidence, odd, measured: oddities.measured })
  const habitual = habitualMoves(movements)
  const input = { sightings, movements, attempts: found.attempts, reads, silences, span: evidence, usual, habitual, roles }
  const weigh = weightsOf(input)
  watch.report?.({ step: 'tracing logins back', done: 0, unit: 'stories' })
  const traced = await tracePaths({
    graph: lakeGraph(engine, [edges.load], fileOf),
    groups: storyGroups(input, weigh),
    known: await accessKnown({ engine: kept.engine, load: edges.load, since: evidence.from }),
    homeOf: await homeShares({ engine, load: edges.load }),
    usual,
  })
  const { groups, waysInto, onward } = traced
  watch.report?.({ step: 'looking for how stories begin', done: 0, unit: 'stories' })
  const arrivalOf = await findArrivals(
    {
      engine,
      loads,
      edges: edges.load,
      roles,
      timeOf: times.timeOf,
      fileOf,
      since: evidence.from,
      until: evidence.to,
      whole: kept.engine,
    },
    groups,
  )
  const stories = composeStories({ ...input, waysInto, arrivalOf, onward, clockNotes: times.notes }, groups, weigh)
  const joined = groups.reduce((sum, group) => sum + group.length, 0)
  watch.report?.({ step: 'looking for data reached', done: stories.length, unit: 'stories' })
  return reachData({
    engine,
    loads,
    names,
    answer: {
      ...shownApart(stories, evidence),
      detections: options.sightings.length,
      events: options.events,
      unjoined: Math.max(0, sightings.length - joined),
    },
    inventory,
    fileOf,
  })
}

/** A detection in a database knows the host of its client. */
function withClient(one: Sighting, names: (address: string) => string): Sighting {
  return one.eventClass === 'datastore' && one.sourceIp !== '' && isInside(one.sourceIp)
    ? { ...one, from: names(one.sourceIp) }
    : one
}
