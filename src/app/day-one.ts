import { limits, parseIso, UserError, fileSource, type Fault, type Watch } from '../base/index.ts'
import { recordFormatOf } from '../formats/index.ts'
import { readInventoryToml, type Entry } from '../inventory/index.ts'
import { dayOne, listCopies, type DatedTable, type DayOne, type NumberRange, type SystemTables } from '../provenance/index.ts'
import { checkComparable, countryOf, type OpenTable } from './day-one-country.ts'
import { openTable, readRanges } from './day-one-ranges.ts'
import { inventoryEntries } from './inventory-file.ts'
import { placeOfItem, wholeBytes, type Item } from './items.ts'
import { workspaceTokenKey } from './keys.ts'
import { collectLoose, looseFiles, type LooseFiles } from './loose-files.ts'
import { openRegistry, registryFolder } from './registry.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** A table of a system as of a day: a file, or `copy:ID` for a copy registered in the workspace (its day is its own). */
export interface GivenTable {
  readonly system: string
  readonly file: string
  /** `YYYY-MM-DD`; today when absent. */
  readonly asOf?: string
}

/** What is asked on the first day. */
interface DayOneFiles {
  readonly workspace: Workspace
  readonly sample: string
  readonly tables: readonly GivenTable[]
  /** An inventory.toml with agreements (`[[copy]]`) and log sources; that of the workspace when absent. */
  readonly inventory?: string
  /** A table with the columns `operator` and `prefix`: number ranges, international digits. */
  readonly ranges?: string
  readonly map?: Readonly<Record<string, string>>
  readonly country?: string
  /** To try on encrypted archives. */
  readonly passwords?: readonly string[]
  readonly watch: Watch
}

/**
 * Which systems can have produced a sample, when no copy is registered. Tables are read where they lie; nothing of them is kept.
 * Throws a `UserError` for a day, file or copy that is not there or cannot be read, and where numbers cannot be compared because no country is known.
 */
export async function dayOneFiles(asked: DayOneFiles): Promise<DayOne & { readonly sample: string; readonly sha256: string }> {
  const { workspace, watch } = asked
  const opened: LooseFiles[] = []
  const reading: Reading = { opened, watch, ...(asked.passwords === undefined ? {} : { passwords: asked.passwords }) }
  try {
    const today = workspace.world.now().slice(0, 10)
    const { item, faults, country: said } = await oneTable(asked.sample, 'sample', reading)
    const countries: (string | undefined)[] = []
    const open: OpenTable[] = []
    const systems = await systemsOf(asked, { today, reading, countries, open })
    const usesCopies = systems.some((system) => system.tables.some((table) => table.kind === 'copy'))
    const country = countryOf({ option: asked.country, sample: said, others: countries })
    const named = { file: asked.sample, open: () => openTable(item, watch) }
    if (country === undefined) await checkComparable([named, ...open])
    const entries = await estate(asked)
    const answer = await dayOne({
      table: await openTable(item, watch),
      exhibit: placeOfItem(item),
      today,
      key: workspaceTokenKey(workspace.world, workspaceId(workspace)),
      systems,
      agreements: entries.filter((entry) => entry.kind === 'copy'),
      logs: entries.filter((entry) => entry.kind === 'log_source'),
      ...(asked.ranges === undefined ? {} : { ranges: await rangesOf(asked.ranges, reading) }),
      ...(country === undefined ? {} : { country }),
      ...(asked.map === undefined ? {} : { map: asked.map }),
      ...(usesCopies ? { registered: await registered(workspace) } : {}),
      watch,
    })
    const sample = item.member === undefined ? item.file : `${item.file}#${item.member}`
    return { sample, sha256: item.sha256, ...answer, faults: [...faults, ...answer.faults] }
  } finally {
    for (const files of opened) await files.release()
  }
}

async function registered(workspace: Workspace): Promise<{ lake: Awaited<ReturnType<Workspace['lake']>>; registry: string }> {
  const { lake, folder } = await openRegistry(workspace)
  return { lake, registry: folder }
}

interface Reading {
  readonly passwords?: readonly string[]
  readonly watch: Watch
  readonly opened: LooseFiles[]
}

async function oneTable(
  path: string,
  what: 'sample' | 'copy',
  { passwords, watch, opened }: Reading,
): Promise<{ readonly item: Item; readonly faults: readonly Fault[]; readonly country?: string }> {
  const files = await looseFiles({
    paths: [path],
    role: (seen) => (recordFormatOf(seen.kind) === undefined ? undefined : what),
    ...(passwords === undefined ? {} : { passwords }),
    watch,
  })
  opened.push(files)
  const { items, faults } = await collectLoose(files, 'table of records')
  const [item] = items
  if (item === undefined || items.length > 1)
    throw new UserError({
      code: 'one-file',
      message: `${path} holds ${items.length} tables`,
      hint: 'give one table at a time',
      exitCode: 2,
    })
  const { country } = files.settings
  return { item, faults, ...(country === undefined || country === '' ? {} : { country }) }
}

async function systemsOf(
  { workspace, tables, watch }: DayOneFiles,
  {
    today,
    reading,
    countries,
    open,
  }: {
    readonly today: string
    readonly reading: Reading
    /** Filled on the way: countries that folders and copies name, tables of files. */
    readonly countries: (string | undefined)[]
    readonly open: OpenTable[]
  },
): Promise<readonly SystemTables[]> {
  const byName = new Map<string, DatedTable[]>()
  for (const { system, file, asOf = today } of tables) {
    const list = byName.get(system) ?? []
    byName.set(system, list)
    if (file.startsWith('copy:')) {
      const copy = ownCopy(workspace, file.slice('copy:'.length))
      countries.push(copy.country)
      list.push({ kind: 'copy', copy })
      continue
    }
    checkDay(asOf, today)
    const { item, country } = await oneTable(file, 'copy', reading)
    countries.push(country)
    open.push({ file, open: () => openTable(item, watch) })
    list.push({
      kind: 'table',
      asOf,
      open: () => openTable(item, watch),
      ...(item.rule.map === undefined ? {} : { map: item.rule.map }),
    })
  }
  return [...byName].map(([name, list]) => ({ name, tables: list }))
}

function ownCopy(workspace: Workspace, id: string) {
  const copy = listCopies(registryFolder(workspace)).find((one) => one.id === id)
  if (copy?.kind === 'own') return copy
  throw new UserError({
    code: copy === undefined ? 'copy-unknown' : 'copy-not-own',
    message: copy === undefined ? `no copy "${id}" is registered in this workspace` : `copy "${id}" is no system of the operator`,
    hint: 'see "breachline copy list"; extracts and leaks are judged by "breachline provenance"',
    exitCode: 2,
  })
}

function checkDay(day: string, today: string): void {
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && parseIso(day) !== undefined && day <= today) return
  throw new UserError({
    code: 'day-wrong',
    message: `"${day}" is no day up to today (${today})`,
    hint: 'write it behind the file: "CRM=crm.csv@2026-09-30"',
    exitCode: 2,
  })
}

async function estate({ workspace, inventory }: DayOneFiles): Promise<readonly Entry[]> {
  if (inventory === undefined) return inventoryEntries(workspace)
  const source = await fileSource(inventory)
  const text = Buffer.from(await wholeBytes(source, limits.documentBytes)).toString('utf8')
  const { entries, faults } = readInventoryToml(text, inventory)
  const [first] = faults
  if (first === undefined) return entries
  throw new UserError({ code: 'inventory-wrong', message: `${inventory}: ${first.what}`, hint: first.todo })
}

async function rangesOf(path: string, reading: Reading): Promise<readonly NumberRange[]> {
  const { item } = await oneTable(path, 'copy', reading)
  return readRanges(item, { file: path, watch: reading.watch })
}
