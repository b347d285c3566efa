import { parseIso, UserError, type Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import { identifierKinds, type IdentifierKind } from '../persons/index.ts'
import { listCopies, meaningText, type Copy } from '../provenance/index.ts'
import type { CaseInfo } from './case-store.ts'
import { itemsOf, type Item } from './items.ts'
import { recordFormat } from './record-format.ts'
import { registryFolder } from './registry.ts'
import { canonicalOf, type ReadSample, type SampleRow } from './tell-rows.ts'
import type { Workspace } from './workspace.ts'

/** Own tables of the case that hold account numbers, with what their columns were taken for when they were registered. */
export function ownTables(workspace: Workspace, info: CaseInfo, items: readonly Item[]): { item: Item; copy: Copy }[] {
  const copies = listCopies(registryFolder(workspace, info)).filter((one) => one.kind === 'own')
  const found = itemsOf(items, 'copy').flatMap((item) => {
    const copy = copies.find((one) => one.sha256 === item.sha256)
    return copy?.columns.some((one) => meaningText(one.meaning) === 'contract') === true ? [{ item, copy }] : []
  })
  if (found.length > 0) return found
  throw new UserError({
    code: 'no-own-table',
    message: 'no table of the operator with account numbers is in this case, so nobody can be named by an internal id',
    hint: 'put the customer table into the case folder with role = "copy", holder = the operator and as_of, and investigate again',
  })
}

/**
 * Meets every row of an own table with the sample's rows; of a history only the versions that held on the day. Gives the accounts of those who are
 * held back.
 */
export async function meetTable(options: {
  readonly item: Item
  readonly copy: Copy
  readonly wanted: ReadonlyMap<string, readonly SampleRow[]>
  readonly info: CaseInfo
  /** Day the sample's values agree with. */
  readonly day?: string
  /** Is somebody known by this identifier told by others? */
  readonly heldBack: (kind: IdentifierKind, known: string) => boolean
  readonly watch: Watch
}): Promise<ReadonlySet<string>> {
  const { item, copy, wanted, info, day, heldBack, watch } = options
  const held = new Set<string>()
  const meanings = new Map(copy.columns.map((one) => [one.name, meaningText(one.meaning)]))
  const table = await openRecords(item.source, recordFormat(item), { watch })
  const columns = table.columns.map((name) => meanings.get(name) ?? '')
  const at = (meaning: string): number => columns.indexOf(meaning)
  const account = at('contract')
  const from = at('valid-from')
  const to = at('valid-to')
  const identifiers = columns.flatMap((meaning, n) => {
    const kind = identifierKinds.find((one) => one === meaning)
    return kind === undefined ? [] : [{ kind, n }]
  })
  for await (const { records } of table.rows) {
    watch.signal?.throwIfAborted()
    for (const { values } of records) {
      const id = (values[account] ?? '').trim()
      if (id === '' || (day !== undefined && !heldOn(day, values[from] ?? '', values[to] ?? ''))) continue
      for (const { kind, n } of identifiers) {
        const known = canonicalOf(kind, values[n] ?? '', info)
        if (known !== undefined && heldBack(kind, known)) held.add(id)
        for (const row of known === undefined ? [] : (wanted.get(`${kind}:${known}`) ?? []))
          row.accounts.set(kind, (row.accounts.get(kind) ?? new Set()).add(id))
      }
    }
  }
  return held
}

/** True when a version that held from (inclusive) to (exclusive) held on a day; an absent bound bounds nothing. */
function heldOn(day: string, from: string, to: string): boolean {
  const start = parseIso(from)?.at.slice(0, 10)
  const end = parseIso(to)?.at.slice(0, 10)
  return (start === undefined || start <= day) && (end === undefined || day < end)
}

/** Rows by identifier: `msisdn:60122204933`. */
export function byIdentifier(rows: readonly ReadSample[]): Map<string, SampleRow[]> {
  const wanted = new Map<string, SampleRow[]>()
  for (const { row, keys } of rows)
    for (const [kind, value] of keys) {
      const key = `${kind}:${value}`
      const known = wanted.get(key)
      if (known === undefined) wanted.set(key, [row])
      else known.push(row)
    }
  return wanted
}
