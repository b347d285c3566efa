import { UserError, type Watch } from '../base/index.ts'
import { writeBlindLog, writeCdrLog, nightlyJobs, type PlainStatement } from './pgaudit.ts'
import { administrativeWork, ordinaryDays } from './background.ts'
import { calendar, dayMs, dayText, hourMs, utcIso } from './calendar.ts'
import { writeCaseSettings } from './case-settings.ts'
import { writeChat } from './chat.ts'
import { honestWork } from './contacts.ts'
import { writeCopies } from './copies.ts'
import { unreasonedReads, type UnreasonedReads } from './covert.ts'
import { writeCrmAccess, writeExplanations } from './audit-tables.ts'
import { drawEstate, type Estate, type Machine } from './estate.ts'
import { extracts, vendors } from './extracts.ts'
import { HostLog } from './host-log.ts'
import { intrude } from './intrusion.ts'
import { planIntrusion } from './intrusion-plan.ts'
import { systemNames, writeInventory } from './inventory.ts'
import { Output, type Written } from './output.ts'
import { writePictures } from './pictures.ts'
import { Random } from './random.ts'
import { writeSample } from './sample.ts'
import { drawStaff } from './staff.ts'
import { writeStatements } from './statements.ts'
import { population } from './subscribers.ts'
import type { Truth } from './truth.ts'
import { ordinaryTraffic, writeWebLog } from './web-log.ts'

/** What to generate and where. */
export interface DrillOptions {
  readonly scenario: 'demo'
  /** Any 32-bit integer; the same seed and size give the same bytes. */
  readonly seed: number
  /** Subscribers; 200,000 unless told, 1,000 to 300,000. */
  readonly size?: number
  /** Folder that gets `case/` and `truth.json`; made when missing. */
  readonly out: string
  readonly watch: Watch
}

/**
 * Generates a breach: `OUT/case/...` (what an investigator is handed) and `OUT/truth.json` (the sealed truth).
 * Throws a UserError for a size out of bounds, an unknown scenario, an output folder that already holds a case, or when
 * stopped through `watch.signal`; then nothing is left behind.
 */
export async function writeDrill(options: DrillOptions): Promise<Truth> {
  const { seed, size = 200_000 } = options
  checked(options.scenario, seed, size)
  const out = new Output(options.out, options.watch)
  try {
    return await writeAll({ seed, size, out })
  } catch (error) {
    out.abandon()
    throw error
  }
}

async function writeAll({
  seed,
  size,
  out,
}: {
  readonly seed: number
  readonly size: number
  readonly out: Output
}): Promise<Truth> {
  const people = population(seed, size)
  const estate = drawEstate(seed)
  const staff = drawStaff(seed, size)

  const copies = await writeCopies(people, extracts, out)
  const source = new Random(seed, 'source').pick(extracts)
  const sample = writeSample({ people, source, copies, rows: Math.min(1_886, Math.round(size * 0.06)), out })
  const chat = writeChat({ seed, size, sampleRows: sample.rows.length, out })
  writeStatements(chat.actor, chat.at[0] ?? calendar.firstPost, out)
  writePictures({ people, source, subscribers: sample.subscribers, staff, out })

  const unreasoned = unreasonedReads({ people, staff, estate })
  const intrusion = await writeHostLogs({ seed, size, estate, unreasoned, out })
  const honest = await honestWork({ people, staff, estate, out })
  const accesses = [...honest.accesses, ...unreasoned.accesses]
  await writeCrmAccess(people, accesses, out)
  const others = [...nightlyJobs(estate, unreasoned.databaseAccount), ...intrusion.statements]
  await writeCdrLog({ people, accesses, others, out })
  const blind = writeBlindLog({ people, estate, out })
  writeExplanations(people, honest.explanations, out)
  writeInventory({ estate, extracts, copies, size, out })
  writeCaseSettings({ seed, extracts, copies, estate, webLogs: intrusion.webLogs, out })
  out.write('README.txt', readme(seed, size))

  const truth: Truth = {
    scenario: 'demo',
    seed,
    size,
    generated: true,
    operator: 'Meridian Telekom',
    claim: {
      actor: chat.actor,
      posts: chat.posts,
      postedAt: chat.at.map((ms) => utcIso(ms)),
      demand: chat.demand,
      deadline: chat.deadline,
      deadlineEvery: chat.deadlineEvery,
      claimedSubscribers: chat.claimedSubscribers,
      actualSubscribers: size,
      sampleLines: sample.rows.length,
    },
    provenance: {
      copy: source.id,
      file: copies.extracts.get(source.id)?.path ?? '',
      holder: vendors.find((vendor) => vendor.id === source.vendor)?.name ?? '',
      system: systemNames[source.system as keyof typeof systemNames],
      asOf: dayText(source.cut),
      rows: sample.rows.length,
      sourceRows: sample.sourceRows,
      paddingRows: sample.paddingRows,
      paddingLeak: 'forum-2021',
      decoys: extracts.filter((extract) => extract !== source).map((extract) => extract.id),
    },
    intrusion: intrusion.truth,
    lookups: {
      watched: unreasoned.watched.map((index) => people.msisdn(index)),
      petty: unreasoned.petty.map((index) => people.msisdn(index)),
      stolenAccounts: unreasoned.stolen,
      databaseAccount: unreasoned.databaseAccount,
      accesses: accesses.length,
      covertAccesses: unreasoned.accesses.filter((access) => unreasoned.watched.includes(access.subscriber)).length,
      untoldContacts: honest.untold,
      blind: { file: 'case/audit/billing-postgresql.log', accesses: blind },
    },
    counts: {
      events: intrusion.events,
      webRequests: intrusion.webRequests,
      explanations: honest.explanations.length,
      ownCopyRows: copies.own.rows,
    },
    files: [...out.written].sort((a: Written, b: Written) => (a.path < b.path ? -1 : 1)),
  }
  out.write('truth.json', `${JSON.stringify(truth, null, 2)}\n`)
  return truth
}

interface HostLogsWritten {
  readonly truth: Truth['intrusion']
  readonly statements: readonly PlainStatement[]
  readonly events: number
  readonly webRequests: number
  readonly webLogs: readonly { readonly path: string; readonly host: string }[]
}

async function writeHostLogs(options: {
  readonly seed: number
  readonly size: number
  readonly estate: Estate
  readonly unreasoned: UnreasonedReads
  readonly out: Output
}): Promise<HostLogsWritten> {
  const { seed, estate, out } = options
  const scale = Math.min(1, Math.max(0.02, options.size / 200_000))
  const logs = new Map<Machine, HostLog>(estate.windows.map((machine) => [machine, new HostLog(machine, estate, seed)]))
  const intrusion = planIntrusion({ seed, estate, logs, databaseAccount: options.unreasoned.databaseAccount })
  const taken = intrude(intrusion)
  administrativeWork(logs, estate)
  const silent: Truth['intrusion']['silent'][number][] = []
  let events = 0
  let done = 0
  for (const [machine, log] of logs) {
    await out.step('host logs', done, logs.size, 'hosts')
    done += 1
    ordinaryDays(log, estate, scale)
    if (machine.name.startsWith('BIL-APP') || machine.name.startsWith('PRINT')) {
      const from = calendar.logsFrom + 4 * dayMs + (machine.name.startsWith('BIL') ? 15 * hourMs : 2 * hourMs)
      const to = from + (machine.name.startsWith('BIL') ? 14 : 30) * hourMs
      silent.push({ host: machine.name.toLowerCase(), from: utcIso(from), to: utcIso(to), eventsLost: log.silence(from, to) })
    }
    events += log.count
    log.write(out)
  }
  let webRequests = 0
  const webLogs: { readonly path: string; readonly host: string }[] = []
  for (const machine of estate.windows.filter((one) => one.role === 'web')) {
    const ordinary = ordinaryTraffic(seed, machine, Math.round(30_000 * scale))
    const requests = machine === estate.web ? [...ordinary, ...intrusion.requests] : ordinary
    webRequests += requests.length
    webLogs.push({ path: await writeWebLog(machine, requests, out), host: machine.name.toLowerCase() })
  }
  return {
    statements: intrusion.statements,
    events,
    webRequests,
    webLogs,
    truth: {
      entry: estate.web.name.toLowerCase(),
      hosts: [estate.application, estate.controller, estate.adminHost].map((machine) => machine.name.toLowerCase()),
      database: estate.database.name,
      accounts: [intrusion.serviceAccount, intrusion.administrator, intrusion.madeAccount].map((account) =>
        account.toLowerCase(),
      ),
      madeAccount: intrusion.madeAccount.toLowerCase(),
      webShell: intrusion.shellPath,
      addresses: [...intrusion.addresses, intrusion.relayAddress],
      stages: intrusion.stages.map(({ stage, host, at }) => ({ stage, host, at: utcIso(at) })),
      takenBytes: taken.bytes,
      silent,
    },
  }
}

function checked(scenario: string, seed: number, size: number): void {
  if (scenario !== 'demo')
    throw new UserError({
      code: 'drill-scenario',
      message: `There is no scenario "${scenario}".`,
      hint: 'Use the scenario demo.',
    })
  if (!Number.isInteger(seed))
    throw new UserError({ code: 'drill-seed', message: 'The seed must be an integer.', hint: 'Give --seed a whole number.' })
  if (!Number.isInteger(size) || size < 1_000 || size > 300_000)
    throw new UserError({
      code: 'drill-size',
      message: 'The size is out of bounds.',
      hint: 'Give --size a number of subscribers from 1,000 to 300,000.',
    })
}

function readme(seed: number, size: number): string {
  return `Generated case (scenario demo, seed ${seed}, ${size} subscribers).

Everything here is generated: operator, vendors, staff, subscribers, actor and addresses are invented, and any likeness is chance.
Network addresses are from ranges reserved for documentation and private use, mail domains end in .example.
case/       what an investigator is handed
truth.json  what really happened; sealed: read it only to score an answer
`
}
