import { registeredCopies } from '../../app/index.ts'
import { join } from 'node:path'
import { meaningText, placesText, type Copy } from '../../provenance/index.ts'
import { given } from '../arguments.ts'
import type { CommandContext } from '../command.ts'
import { columns, counted } from '../layout.ts'
import { printJson } from '../terminal.ts'

/** `copy list`: every registered copy and leak, one line each. */
export function listCopies({ terminal }: CommandContext, options: { readonly workspace: string; readonly json?: boolean }): void {
  const copies = registeredCopies({ path: (...parts) => join(options.workspace, ...parts) })
  if (options.json === true) return printJson(terminal, { copies: copies.map(listItem) })
  if (copies.length === 0) return terminal.out('no copy is registered in this workspace\n')
  const rows = copies.map((one) => [
    one.id,
    one.kind,
    one.holderStatus?.status === 'ended' ? `${one.holder} (ended ${one.holderStatus.since ?? ''})` : one.holder,
    one.system,
    one.asOf,
    one.rows.toLocaleString('en-US'),
    one.places === undefined ? '' : counted(one.places.length, 'place'),
    one.notices === undefined || one.notices.length === 0 ? '' : counted(one.notices.length, 'notice'),
  ])
  terminal.out(`${columns([['copy', 'kind', 'holder', 'system', 'as of', 'rows', 'places', 'does not fit'], ...rows], 1_000)}\n`)
}

function listItem(one: Copy): object {
  return {
    copy: one.id,
    kind: one.kind,
    holder: one.holder,
    system: one.system,
    asOf: one.asOf,
    history: one.history,
    rows: one.rows,
    fields: one.columns.map((field) => ({ name: field.name, meaning: meaningText(field.meaning) })),
    file: one.source,
    sha256: one.sha256,
    faults: one.faultCount,
    ...given('holderStatus', one.holderStatus),
    ...given('operators', one.operators),
    ...given('receipt', one.receipt),
    ...given('places', placesText(one)),
    ...given('acquired', one.acquisition?.ended),
    ...given('revision', one.revision),
    notices: (one.notices ?? []).length,
  }
}
