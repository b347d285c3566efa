import type { Batch } from '../../base/index.ts'
import { invariant } from '../../base/index.ts'
import { meaningText } from '../columns.ts'
import { dayNumber } from '../day.ts'
import { profileEvidence } from '../profile-evidence.ts'
import type { TableProfile } from '../profile.ts'
import type { RecordRow } from '../record-table.ts'
import { readSample, type Sample } from '../sample.ts'
import { agreementAnswers } from './agreements.ts'
import type { DayOne, DayWindow, SampleColumn, SystemAnswer } from './answer.ts'
import { dayWindow } from './day-window.ts'
import { alikeColumn } from './likeness.ts'
import { meetCopy } from './meet-copy.ts'
import { meetTable } from './meet-table.ts'
import type { Met } from './met.ts'
import { nextSteps, notSeparated } from './next-steps.ts'
import { operatorsOf, outsideRanges } from './number-ranges.ts'
import { shareText } from './proportion.ts'
import type { DayOneQuestion, SystemTables } from './question.ts'
import { readCells, type SampleCells } from './sample-cells.ts'
import type { Bench } from './bench.ts'
import { standingOf } from './standing.ts'
import { statementOf } from './statement.ts'
import { recognisedRows, systemEvidence, type SystemEvidence } from './system-evidence.ts'
import { heldTogether } from './together.ts'

/**
 * Day one, nothing registered: which systems can have produced the sample and which cannot, from which days it can be, which
 * agreements' field lists could have carried it, and what to fetch next. Tables are read once and nothing of them is kept.
 * Throws a `UserError` for a column map that does not fit; the caller checks that days are days.
 */
export async function dayOne(question: DayOneQuestion): Promise<DayOne> {
  const { sample, tokens } = await readBoth(question)
  const systems: SystemEvidence[] = []
  for (const system of question.systems.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)))
    systems.push(await read(system, { question, sample, tokens }))
  return answered(question, { sample, systems })
}

/** The sample as numbers, and as tokens too when a registered copy is among the tables. */
async function readBoth(question: DayOneQuestion): Promise<{ sample: SampleCells; tokens: Sample | undefined }> {
  const hasCopies = question.systems.some((system) => system.tables.some((table) => table.kind === 'copy'))
  if (!hasCopies) return { sample: await readCells(question), tokens: undefined }
  invariant(question.registered !== undefined, 'a registered copy is looked up in a lake')
  const batches: Batch<RecordRow>[] = []
  for await (const batch of question.table.rows) batches.push(batch)
  const again = { ...question.table, rows: inMemory(batches) }
  const sample = await readCells({ ...question, table: again })
  const { exhibit, key, country, map, registered } = question
  const tokens = await readSample({
    table: { columns: question.table.columns, rows: inMemory(batches) },
    exhibit,
    key,
    lake: registered.lake,
    ...(country === undefined ? {} : { country }),
    ...(map === undefined ? {} : { map }),
  })
  return { sample, tokens }
}

async function* inMemory(batches: readonly Batch<RecordRow>[]): AsyncGenerator<Batch<RecordRow>> {
  yield* batches
}

async function read(
  system: SystemTables,
  given: { readonly question: DayOneQuestion; readonly sample: SampleCells; readonly tokens: Sample | undefined },
): Promise<SystemEvidence> {
  const { sample } = given
  const read: { met: Met; profile?: TableProfile }[] = []
  for (const table of system.tables) {
    const { question, tokens } = given
    const { key, country, watch, registered } = question
    if (table.kind === 'copy') {
      invariant(tokens !== undefined && registered !== undefined, 'a registered copy is compared by tokens')
      const met = await meetCopy({ sample, tokens, copy: table.copy, ...registered })
      read.push({ met, ...(table.copy.profile === undefined ? {} : { profile: table.copy.profile }) })
    } else
      read.push(
        await meetTable({
          sample,
          table: await table.open(),
          asOf: table.asOf,
          key,
          step: `reading ${system.name} of ${table.asOf}`,
          ...(country === undefined ? {} : { country }),
          ...(table.map === undefined ? {} : { map: table.map }),
          ...(watch === undefined ? {} : { watch }),
        }),
      )
  }
  read.sort((a, b) => (a.met.asOf < b.met.asOf ? -1 : 1))
  return systemEvidence({
    name: system.name,
    mets: read.map((one) => one.met),
    profiles: read.flatMap((one) => one.profile ?? []),
    sample,
    days: read.map((one) => dayNumber(one.met.asOf)),
  })
}

function answered(
  question: DayOneQuestion,
  { sample, systems }: { readonly sample: SampleCells; readonly systems: readonly SystemEvidence[] },
): DayOne {
  const { today } = question
  const recognised = recognisedRows(systems)
  const windows = new Map(systems.map((system) => [system.name, dayWindow(system, sample, today)]))
  const bench: Bench = { sample, systems, recognised, open: openDays({ systems, windows, recognised, today }) }
  const answers = systems.map((system) => systemAnswer(system, { bench, window: windows.get(system.name) }))
  const window = wholeWindow(answers)
  const agreements = agreementAnswers({ agreements: question.agreements ?? [], sample, systems, answers, window })
  const standings = { today, answers, systems, agreements, window, logs: question.logs ?? [] }
  const together = heldTogether(systems, { sample, recognised })
  const apart = notSeparated(standings)
  const operators = operatorsOf(sample, question.ranges ?? [])
  const parts: Omit<DayOne, 'statement'> = {
    rows: sample.total,
    read: sample.read,
    compared: sample.rows.length,
    recognised: recognised.size,
    lookedUpBy: sample.columns.flatMap(({ name }, at) => (sample.identifying[at] === true ? [name] : [])),
    columns: sample.columns.map((column, at) => ({
      name: column.name,
      meaning: meaningText(column.meaning),
      ...holders(systems, { sample, at }),
    })),
    systems: answers,
    ...(together === undefined ? {} : { together }),
    window,
    agreements,
    ...(apart === undefined ? {} : { notSeparated: apart }),
    ...(operators === undefined ? {} : { operators }),
    next: nextSteps(standings),
    limits: limitsOf(question),
    faults: sample.faults,
  }
  return { ...parts, statement: statementOf(parts) }
}

function systemAnswer(
  system: SystemEvidence,
  { bench, window }: { readonly bench: Bench; readonly window: DayWindow | undefined },
): SystemAnswer {
  const { sample } = bench
  const { standing, reasons } = standingOf(system, bench)
  const rows = Math.max(1, sample.rows.length)
  const newest = system.profiles.at(-1)
  const writing = newest === undefined ? undefined : profileEvidence(sample.profile, newest)
  const outside = outsideRanges(sample, system)
  const dated = standing !== 'cannot' && window !== undefined && window.reasons.length > 0
  return {
    system: system.name,
    standing,
    reasons:
      outside === undefined || outside < 0.1
        ? reasons
        : [
            ...reasons,
            {
              code: 'part-outside-ranges',
              text: `${shareText(outside)} of the numbers are outside the ranges this system holds`,
            },
          ],
    tables: system.mets.map((met) => ({ asOf: met.asOf, rows: met.rows, found: met.links.size })),
    foundToday: part(system.mets.at(-1)?.links.size ?? 0, rows),
    foundEver: part(system.best.size, rows),
    ...(dated ? { window } : {}),
    ...(writing === undefined
      ? {}
      : { writing: { log: writing.log, items: writing.items.slice(0, 5).map((item) => item.what) } }),
    ...(outside === undefined ? {} : { outsideRanges: outside }),
  }
}

function part(count: number, whole: number): number {
  return Math.round((count / whole) * 10_000) / 10_000
}

/** Days that no system's own facts exclude; facts count when the system holds half of the rows recognised. */
function openDays(given: {
  readonly systems: readonly SystemEvidence[]
  readonly windows: ReadonlyMap<string, DayWindow>
  readonly recognised: ReadonlySet<number>
  readonly today: string
}): Bench['open'] {
  const { systems, windows, recognised, today } = given
  const telling = systems
    .filter((system) => [...recognised].filter((index) => system.best.has(index)).length * 2 >= recognised.size)
    .flatMap((system) => windows.get(system.name) ?? [])
  const earliest = telling.flatMap((one) => one.earliest ?? []).toSorted()
  const latest = telling.flatMap((one) => one.latest ?? []).toSorted()
  const all = systems.flatMap((system) => system.days)
  const unknown = Math.min(dayNumber(today), ...all) - 1_500
  const first = earliest.at(-1) === undefined ? unknown : dayNumber(earliest.at(-1) ?? today)
  const last = latest[0] === undefined ? dayNumber(today) : dayNumber(latest[0])
  // Facts that exclude each other come from rows of several days: nothing is narrowed.
  return first <= last ? { first, last } : { first: Math.min(unknown, last), last: dayNumber(today) }
}

/** From the earliest to the latest day of any system that is not ruled out. */
function wholeWindow(answers: readonly SystemAnswer[]): DayWindow {
  const open = answers.filter((one) => one.standing !== 'cannot')
  const some = open.some((one) => one.standing === 'can') ? open.filter((one) => one.standing === 'can') : open
  const windows = some.map((one) => one.window)
  const [only] = windows
  if (windows.length === 1 && only !== undefined) return only
  const earliest = windows.every((one) => one?.earliest !== undefined)
    ? windows.flatMap((one) => one?.earliest ?? []).toSorted()[0]
    : undefined
  const latest = windows.every((one) => one?.latest !== undefined)
    ? windows
        .flatMap((one) => one?.latest ?? [])
        .toSorted()
        .at(-1)
    : undefined
  return {
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
    reasons: [...new Set(windows.flatMap((one) => one?.reasons ?? []))],
  }
}

function holders(
  systems: readonly SystemEvidence[],
  { sample, at }: { readonly sample: SampleCells; readonly at: number },
): Pick<SampleColumn, 'heldBy' | 'alike'> {
  const heldBy: SampleColumn['heldBy'][number][] = []
  const alike: SampleColumn['alike'][number][] = []
  for (const system of systems) {
    const pair = system.pairs[at]
    if (pair !== undefined && pair.occurring >= 0.2) {
      heldBy.push({ system: system.name, column: pair.column, share: part(pair.occurring, 1) })
      continue
    }
    const ours = sample.profile.columns[at]
    const newest = system.profiles.at(-1)
    // Only numbers: words of one length are alike everywhere.
    const near = newest === undefined || ours?.prefixes === undefined ? undefined : alikeColumn(ours, newest)
    if (near !== undefined) alike.push({ system: system.name, ...near })
  }
  return { heldBy, alike }
}

function limitsOf(question: DayOneQuestion): readonly string[] {
  const single = question.systems.filter((system) => system.tables.length === 1).map((system) => system.name)
  return [
    'says which tables could have produced these rows, not who took them or how',
    'a system that was not given is not ruled out',
    ...(single.length === 0
      ? []
      : [`no restore point of ${single.toSorted().join(', ')}: rows and values that changed since are not told from wrong ones`]),
  ]
}
