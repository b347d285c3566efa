import type { Watch } from '../base/index.ts'
import { tokenOf, type IdentifierKind } from '../persons/index.ts'
import { sortedItems, type NoticeTexts } from '../response/index.ts'
import { untoldTokens } from './at-risk-desk.ts'
import { casePasswords } from './case-passwords.ts'
import type { CaseStore } from './case-store.ts'
import { openItems } from './items.ts'
import { workspaceTokenKey } from './keys.ts'
import { noticeTexts } from './notice-texts.ts'
import { byIdentifier, meetTable, ownTables } from './tell-meet.ts'
import { sampleRows, type SampleRow } from './tell-rows.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** Persons whose data are of the same kinds: they get the same letter. */
export interface TellGroup {
  /** `A` for the largest. */
  readonly group: string
  /** Ids of the kinds of data, in the order of a letter. */
  readonly items: readonly string[]
  readonly persons: number
}

/** Who must be told, as internal ids, and what stands in no list. */
export interface TellList {
  readonly persons: readonly {
    /** The operator's own account number. */
    readonly id: string
    readonly group: string
    readonly items: readonly string[]
    /** `E3 rows 4, 9`. */
    readonly evidence: string
  }[]
  readonly groups: readonly TellGroup[]
  /** Rows of the samples: read; met by one customer; by none; by several that cannot be told apart. */
  readonly rows: { readonly read: number; readonly met: number; readonly unknown: number; readonly ambiguous: number }
  /** The operator's own table that ids were taken from, in words. */
  readonly from: string
  readonly notes: readonly string[]
}

/**
 * The customers of the operator whose records stand in the samples: rows are met with the operator's own registered table by every identifier
 * both hold, on the day the sample's values agree with. A row that meets nobody, or several customers, is counted and told to nobody; persons of the
 * queue of those at risk who were not told yet are left out.
 * Values stay in memory for as long as this runs. Throws a `UserError` without a sample or an own table with account numbers.
 */
export async function tellList(workspace: Workspace, store: CaseStore, watch: Watch): Promise<TellList> {
  const texts = noticeTexts()
  const info = store.info()
  const opened = await openItems({
    store,
    scratch: workspace.path('run', 'scratch'),
    passwords: casePasswords(workspace, store.id),
    watch,
  })
  try {
    const { rows, days } = await sampleRows({ items: opened.items, store, info, texts, watch })
    const own = ownTables(workspace, info, opened.items)
    const wanted = byIdentifier(rows)
    const untold = untoldTokens(workspace, store, workspace.world.now())
    const key = untold.size === 0 ? undefined : workspaceTokenKey(workspace.world, workspaceId(workspace))
    const heldBack = (kind: IdentifierKind, known: string): boolean => key !== undefined && untold.has(tokenOf(key, kind, known))
    const held = new Set<string>()
    for (const one of own) {
      const day = days.day === undefined ? {} : { day: days.day }
      for (const id of await meetTable({ ...one, wanted, info, heldBack, watch, ...day })) held.add(id)
    }
    return listOf({
      rows: rows.map(({ row }) => row),
      held,
      texts,
      from: own.map(({ copy }) => `${copy.system || copy.id} (copy ${copy.id}, ${copy.asOf})`).join(', '),
      notes: days.notes,
    })
  } finally {
    await opened.release()
  }
}

function listOf(options: {
  readonly rows: readonly SampleRow[]
  /** Accounts of persons whom others tell. */
  readonly held: ReadonlySet<string>
  readonly texts: NoticeTexts
  readonly from: string
  readonly notes: readonly string[]
}): TellList {
  const { rows, held, texts } = options
  const met = new Map<string, { items: Set<string>; places: Map<string, number[]> }>()
  let unknown = 0
  let ambiguous = 0
  for (const row of rows) {
    const ids = accountsOf(row)
    const [id] = ids
    if (id === undefined) unknown += 1
    else if (ids.length > 1) ambiguous += 1
    else {
      const one = met.get(id) ?? { items: new Set(), places: new Map<string, number[]>() }
      for (const item of row.items) one.items.add(item)
      one.places.set(row.place, [...(one.places.get(row.place) ?? []), row.n])
      met.set(id, one)
    }
  }
  const persons = [...met]
    .filter(([id]) => !held.has(id))
    .map(([id, { items, places }]) => ({ id, items: sortedItems(texts, items).map((one) => one.id), places }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const counts = new Map<string, number>()
  for (const { items } of persons) counts.set(items.join(' '), (counts.get(items.join(' ')) ?? 0) + 1)
  const groups = [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([items, n], at): TellGroup => ({ group: groupName(at), items: items.split(' '), persons: n }))
  const nameOf = new Map(groups.map((one) => [one.items.join(' '), one.group]))
  return {
    persons: persons.map(({ id, items, places }) => ({
      id,
      group: nameOf.get(items.join(' ')) ?? '',
      items,
      evidence: [...places].map(([place, n]) => `${place} ${n.length === 1 ? 'row' : 'rows'} ${n.join(', ')}`).join('; '),
    })),
    groups,
    rows: { read: rows.length, met: rows.length - unknown - ambiguous, unknown, ambiguous },
    from: options.from,
    notes: [
      ...options.notes,
      ...([...met.keys()].some((id) => held.has(id))
        ? ['Persons at risk who were not told yet are left out: they have a queue of their own ("breachline at-risk list").']
        : []),
    ],
  }
}

/** Accounts that all identifiers of a row agree on; where they share none, all that any of them meets. */
function accountsOf({ accounts }: SampleRow): string[] {
  const sets = [...accounts.values()]
  const [first] = sets
  if (first === undefined) return []
  const shared = [...first].filter((id) => sets.every((one) => one.has(id)))
  return shared.length > 0 ? shared : [...new Set(sets.flatMap((one) => [...one]))].sort()
}

/** `A`, `B`, ... `Z`, `A1`, ... */
function groupName(at: number): string {
  return `${String.fromCharCode(65 + (at % 26))}${at < 26 ? '' : Math.floor(at / 26)}`
}
