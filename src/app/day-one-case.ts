import type { Fault, Watch } from '../base/index.ts'
import type { Proposal } from '../casefile/index.ts'
import type { Registered } from '../inventory/index.ts'
import { dayOne, listCopies, type DayOne, type NumberRange, type SystemTables, type Verdict } from '../provenance/index.ts'
import type { CaseInfo } from './case-store.ts'
import { checkComparable, type OpenTable } from './day-one-country.ts'
import { openTable, readRanges } from './day-one-ranges.ts'
import { faultOf } from './fault-of.ts'
import { itemName, itemsOf, placeOfItem, wholeCite, type Item } from './items.ts'
import type { Registry } from './judge-item.ts'
import type { JudgedSample } from './judge-samples.ts'

/** What is said of a sample when no registered copy answers; without its faults, which the case keeps with all others. */
export type CaseDayOne = Omit<DayOne, 'faults'>

/** Verdicts that name no copy and do not say that the rows are nobody's: which systems can have produced them is open. */
const unanswered: ReadonlySet<Verdict['verdict']> = new Set(['unknown-copy', 'not-established'])

/** What `investigate` can compare a sample with on the first day. */
interface DayOneCase {
  readonly items: readonly Item[]
  readonly info: CaseInfo
  readonly inventory: readonly Registered[]
  readonly registry: Registry
  readonly watch: Watch
}

/**
 * Which systems can and cannot have produced each sample, and from which days it can be: for samples that agree with nothing registered, and for all of them where
 * the case holds tables of systems (role `table`) or number ranges (role `ranges`). Tables are read where they lie; a table that cannot be read is a fault. The day asked is that of
 * the case, so that the same evidence gives the same answer on any day.
 */
export async function dayOneOfCase(
  judged: readonly JudgedSample[],
  given: DayOneCase,
): Promise<{
  readonly answers: ReadonlyMap<string, CaseDayOne>
  readonly proposals: readonly Proposal[]
  readonly faults: readonly Fault[]
}> {
  const { items, watch } = given
  const tables = itemsOf(items, 'table')
  const faults: Fault[] = []
  const asked = judged.filter(
    ({ verdict }) => unanswered.has(verdict.verdict) || tables.length + itemsOf(items, 'ranges').length > 0,
  )
  const answers = new Map<string, CaseDayOne>()
  const proposals: Proposal[] = []
  if (asked.length === 0) return { answers, proposals, faults }
  const ranges = await rangesOf(given, faults)
  for (const { sample, item } of asked) {
    watch.signal?.throwIfAborted()
    try {
      const { faults: found, ...answer } = await answered(item, { ...given, tables, ranges })
      faults.push(...found)
      answers.set(sample, answer)
      proposals.push(...proposed(answer, item, tables))
    } catch (error) {
      watch.signal?.throwIfAborted()
      faults.push(faultOf(error, { file: itemName(item) }))
    }
  }
  return { answers, proposals, faults }
}

async function rangesOf({ items, watch }: DayOneCase, faults: Fault[]): Promise<readonly NumberRange[]> {
  const found: NumberRange[] = []
  for (const item of itemsOf(items, 'ranges'))
    try {
      found.push(...(await readRanges(item, { file: itemName(item), watch })))
    } catch (error) {
      faults.push(faultOf(error, { file: itemName(item) }))
    }
  return found
}

async function answered(
  item: Item,
  given: DayOneCase & { readonly tables: readonly Item[]; readonly ranges: readonly NumberRange[] },
): Promise<DayOne> {
  const { info, inventory, registry, tables, ranges, watch } = given
  const { country } = info
  const opened = info.openedAt.slice(0, 10)
  const today = [opened, ...tables.flatMap(({ rule }) => rule.as_of ?? [])].toSorted().at(-1) ?? opened
  const table = (one: Item): OpenTable => ({ file: itemName(one), open: () => openTable(one, watch) })
  if (country === '' && tables.length > 0) await checkComparable([table(item), ...tables.map(table)])
  return dayOne({
    table: await openTable(item, watch),
    exhibit: placeOfItem(item),
    today,
    key: registry.key,
    systems: systemsOf(given, today),
    agreements: inventory.filter((entry) => entry.kind === 'copy'),
    logs: inventory.filter((entry) => entry.kind === 'log_source'),
    ...(ranges.length === 0 ? {} : { ranges }),
    ...(country === '' ? {} : { country }),
    ...(item.rule.map === undefined ? {} : { map: item.rule.map }),
    registered: { lake: registry.lake, registry: registry.folder },
    watch,
  })
}

/** Tables of the case by the system they are of, and the own copies that are registered. */
function systemsOf(
  { tables, registry, watch }: DayOneCase & { readonly tables: readonly Item[] },
  today: string,
): readonly SystemTables[] {
  const all = [
    ...tables.map((one) => ({
      system: one.rule.system ?? systemOf(itemName(one)),
      table: {
        kind: 'table' as const,
        asOf: one.rule.as_of ?? today,
        open: () => openTable(one, watch),
        ...(one.rule.map === undefined ? {} : { map: one.rule.map }),
      },
    })),
    ...listCopies(registry.folder).flatMap((copy) =>
      copy.kind === 'own' && copy.system !== '' ? [{ system: copy.system, table: { kind: 'copy' as const, copy } }] : [],
    ),
  ]
  return [...Map.groupBy(all, ({ system }) => system)].map(([name, list]) => ({ name, tables: list.map((one) => one.table) }))
}

/** `crm` of `tables/crm.csv`: where nobody says of which system a table is, its file does. */
function systemOf(name: string): string {
  return (
    name
      .split('/')
      .at(-1)
      ?.replace(/\.[a-z0-9.]+$/i, '') ?? name
  )
}

/** A finding only where something was compared. */
function proposed(answer: CaseDayOne, item: Item, tables: readonly Item[]): Proposal[] {
  if (answer.systems.length === 0 && answer.operators === undefined) return []
  const cites = [wholeCite(item), ...tables.map(wholeCite)]
  const reasons = answer.systems.flatMap(({ system, reasons: why }) => why.slice(0, 2).map(({ text }) => `${system}: ${text}.`))
  const named = (standing: string): string[] => answer.systems.filter((one) => one.standing === standing).map((one) => one.system)
  return [
    {
      kind: 'provenance',
      subject: `sample:${item.sha256.slice(0, 16)}:day-one`,
      code: 'sample-day-one',
      params: {
        can: named('can'),
        cannot: named('cannot'),
        open: named('not-decided'),
        earliest: answer.window.earliest,
        latest: answer.window.latest,
      },
      cites,
      text: answer.statement,
      grounds: [...reasons, ...answer.window.reasons.map((one) => `Day: ${one}.`)].map((text) => ({ text, cites })),
      producer: 'provenance',
    },
  ]
}
