import { UserError, type Watch } from '../../base/index.ts'
import { dayMs, hourMs, utcIso } from '../calendar.ts'
import { Output } from '../output.ts'
import { Random } from '../random.ts'
import { Attack } from './attack.ts'
import { writeInventory, writeSettings } from './case-files.ts'
import { drawEstate, type Estate } from './estate.ts'
import { layAttack, periodsOf } from './lay.ts'
import { administration, machinesAtWork } from './operations.ts'
import { borderTraffic, routerWork } from './network-work.ts'
import { deskWork } from './desk-work.ts'
import { databaseWork } from './database-work.ts'
import { warehouseWork } from './warehouse-work.ts'
import { webTraffic } from './web-traffic.ts'
import { officeDays, vendorVisits } from './people.ts'
import { Recorder, silenceTold, type Silence } from './recorder.ts'
import { hardWork } from './hard-work.ts'
import { scenarioNames, type ScenarioName, type ScenarioOptions } from './scenario.ts'
import type { AttackTruth, ScenarioTruth } from './scenario-truth.ts'
import { makeWorld, type World } from './world.ts'

/** What to generate and where. */
interface ScenarioRequest {
  readonly scenario: ScenarioName
  /** Any 32-bit integer; the same scenario, seed and options give the same bytes. */
  readonly seed: number
  readonly options?: ScenarioOptions
  /** Folder that gets `case/` and `truth.json`; made when missing. */
  readonly out: string
  readonly watch: Watch
}

/** Windows records of ordinary work that an estate may have, about. */
const budget = 56_000
const perHostDay = 15

/**
 * Generates an intrusion inside ordinary work, or ordinary work alone: `OUT/case/{logs/, inventory.toml, breachline-case.toml}` and
 * `OUT/truth.json`. Throws a UserError for options out of bounds, an output folder that already holds a case, or when stopped through
 * `watch.signal`; then nothing is left behind.
 */
export async function writeScenario(request: ScenarioRequest): Promise<ScenarioTruth> {
  const { scenario, seed, options = {} } = request
  const hosts = options.hosts ?? (scenario === 'benign' ? 200 : 30)
  checked(request, hosts)
  const out = new Output(request.out, request.watch)
  try {
    const estate = drawEstate(seed, { hosts })
    const skew = clocks(estate, seed, options.clockSkew ?? 0)
    const recorder = new Recorder(skew)
    const { work, web } = periodsOf(scenario, options)
    const { from, days } = work
    const { work: share = 1 } = options
    const room = budget / (hosts * days * perHostDay)
    const world = makeWorld({
      seed,
      estate,
      recorder,
      sysmon: options.sysmon !== false,
      from,
      days,
      web,
      density: Math.min(1, room) * share,
      detail: share < 1 ? 1 : Math.max(1, Math.min(3, room)),
      share,
      ...(options.actor === undefined ? {} : { actor: options.actor }),
    })
    await out.step('ordinary work', 0, days, 'days')
    const looksBad = ordinaryWork(world, scenario)
    const attacks = [scenario, options.second].flatMap((name, at) =>
      name === undefined || name === 'benign' ? [] : [new Attack(name, at + 1)],
    )
    for (const attack of attacks) layAttack(world, attack)
    const silences = options.silentHost === true ? silenceOn(world, attacks, seed) : []
    const given = options.until === undefined ? {} : { until: Date.parse(options.until) }
    const recorded = await recorder.write({ out, seed, drop: options.drop ?? 0, silences, ...given })
    writeInventory(estate, out)
    writeSettings(world, scenario, out)
    const [first, second] = attacks.map((attack): AttackTruth => attack.truth(recorded.attack.get(attack.number) ?? []))
    const truth: ScenarioTruth = {
      kind: 'scenario',
      scenario,
      seed,
      options,
      generated: true,
      operator: 'Meridian Telekom',
      period: { from: utcIso(from), to: utcIso(from + days * dayMs) },
      hosts,
      ...(first ?? {
        compromised: [],
        touched: [],
        accounts: [],
        moves: [],
        acts: [],
        stages: [],
        objects: [],
        bytesOut: 0,
        attackRecords: [],
      }),
      ...(second === undefined ? {} : { second }),
      looksBad,
      silent: recorded.lost.map(silenceTold),
      clockSkew: [...skew].map(([host, ms]) => ({ host, seconds: ms / 1_000 })),
      dropped: recorded.dropped,
      records: recorded.records,
      files: out.written.slice(),
    }
    out.write('truth.json', `${JSON.stringify(truth, null, 2)}\n`)
    return truth
  } catch (error) {
    out.abandon()
    throw error
  }
}

/** Returns what of it looks like an intruder's. */
function ordinaryWork(world: World, scenario: ScenarioName): readonly string[] {
  officeDays(world)
  vendorVisits(world)
  machinesAtWork(world)
  administration(world)
  webTraffic(world)
  databaseWork(world)
  borderTraffic(world)
  routerWork(world)
  warehouseWork(world)
  // Told where it can be taken for a way in, or is one.
  if (scenario === 'benign' || scenario === 'mail-attachment' || scenario === 'removable-drive') deskWork(world)
  return hardWork(world, scenario === 'benign' ? 8 : 2)
}

/** How far each clock is off: none of the network devices and domain controllers, and a third of the others right as well. */
function clocks(estate: Estate, seed: number, seconds: number): ReadonlyMap<string, number> {
  const random = new Random(seed, 'clocks')
  const skewed = estate.hosts.filter((host) => host.system !== 'device' && host.role !== 'controller' && random.chance(0.67))
  return new Map(seconds === 0 ? [] : skewed.map((host) => [host.name, Math.round((random.unit() * 2 - 1) * seconds * 1_000)]))
}

/** A host on the way of the first attack falls silent while the attack is on it; a host it only asked, or entered by, for the middle third of its records. */
function silenceOn(world: World, attacks: readonly Attack[], seed: number): Silence[] {
  const [attack] = attacks
  if (attack === undefined) return []
  const times = world.recorder.attackTimes()
  const { entry, compromised, touched } = attack.path
  const between = compromised.filter((name) => name !== entry && times.has(name))
  const random = new Random(seed, 'silent')
  const host = random.pick(
    between.length > 0 ? between : [...new Set([...compromised, ...touched, entry])].filter((name) => times.has(name)),
  )
  const all = times.get(host) ?? []
  // The last burst: what lies before a week of nothing belongs to another.
  const start = all.findLastIndex((at, place) => place === 0 || at - (all[place - 1] ?? at) > 7 * dayMs)
  const burst = all.slice(start)
  const nth = (place: number): number => burst[Math.min(place, burst.length - 1)] ?? 0
  return [
    between.length > 0
      ? { host, from: nth(0) - hourMs, to: nth(burst.length) + hourMs }
      : { host, from: nth(Math.floor(burst.length / 3)), to: nth(Math.floor((burst.length * 2) / 3)) + 1 },
  ]
}

function checked({ scenario, seed, options = {} }: ScenarioRequest, hosts: number): void {
  const { drop = 0, clockSkew = 0, work = 1, second } = options
  if (!scenarioNames.includes(scenario))
    throw new UserError({
      code: 'drill-scenario-unknown',
      message: `The scenario ${JSON.stringify(scenario)} is not known.`,
      hint: `Give one of: ${scenarioNames.join(', ')}.`,
    })
  if (!Number.isInteger(seed) || Math.abs(seed) > 0x7fff_ffff)
    throw new UserError({
      code: 'drill-seed-wrong',
      message: 'The seed must be a whole number of at most 32 bits.',
      hint: 'Give, say, --seed 7.',
    })
  if (!Number.isInteger(hosts) || hosts < 26 || hosts > 400)
    throw new UserError({
      code: 'drill-hosts',
      message: 'The number of hosts must be from 26 to 400.',
      hint: 'Leave --hosts out for 30 (200 for benign).',
    })
  if (!(work >= 0.05 && work <= 1))
    throw new UserError({
      code: 'drill-work',
      message: 'The share of ordinary work must be from 0.05 to 1.',
      hint: 'Give, say, --work 0.25, or leave it out for all of it.',
    })
  if (!(drop >= 0 && drop <= 0.9))
    throw new UserError({
      code: 'drill-drop',
      message: 'The share of dropped records must be from 0 to 0.9.',
      hint: 'Give, say, --drop 0.3.',
    })
  if (!(clockSkew >= 0 && clockSkew <= 86_400))
    throw new UserError({
      code: 'drill-clock-skew',
      message: 'The clock skew must be from 0 to 86,400 seconds.',
      hint: 'Give, say, --clock-skew 30.',
    })
  if (second !== undefined && (second === scenario || scenario === 'benign'))
    throw new UserError({
      code: 'drill-second',
      message: 'A second attacker needs a first one that comes another way.',
      hint: 'Give another scenario with --second, or leave it out.',
    })
}
