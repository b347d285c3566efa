import { readFileSync } from 'node:fs'
import { fileSource, UserError } from '../base/index.ts'
import {
  decide,
  deskItems,
  deskMigrations,
  openDecisions,
  openRequest,
  readOrders,
  receive,
  releasedOf,
  sealAnswer,
  type DeskItem,
  type Order,
} from '../disclosure/index.ts'
import { identify, recordFormatOf } from '../formats/index.ts'
import { tokenKey } from '../persons/index.ts'
import { openDb, type Db } from '../store/index.ts'
import { workspaceBox } from './box-key.ts'
import { onlyAtDesk, onlyDeskPerson, type AtDesk } from './desk-persons.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** Takes a request in and joins it with registers of orders, which are read and not kept. */
export async function receiveRequest(
  options: AtDesk & {
    readonly parcel: string
    readonly orders: readonly string[]
    readonly map?: Readonly<Record<string, string>>
    readonly zone?: string
  },
): Promise<
  DeskState & {
    readonly by: string
    readonly fingerprint: string
    readonly orders: number
    readonly unreadable: readonly string[]
  }
> {
  const { workspace, signer } = options
  onlyDeskPerson(options)
  const { request, by } = await openRequest(await workspaceBox(workspace), readFileSync(options.parcel, 'utf8'))
  const key = tokenKey(Buffer.from(request.tokenKey, 'hex'))
  const orders: Order[] = []
  const unreadable: string[] = []
  for (const path of options.orders) {
    const source = await fileSource(path)
    const format = recordFormatOf((await identify(source)).kind) ?? 'csv'
    const read = await readOrders(source, {
      format: format === 'free-text' ? 'csv' : format,
      key,
      country: request.country,
      ...(options.zone === undefined ? {} : { zone: options.zone }),
      ...(options.map === undefined ? {} : { map: options.map }),
    })
    orders.push(...read.orders)
    if (read.unreadable.length > 0)
      unreadable.push(
        `${path}: the target of line ${read.unreadable.slice(0, 10).join(', ')}${read.unreadable.length > 10 ? ', ...' : ''} cannot be read`,
      )
  }
  return atDesk(workspace, (db) => {
    const n = receive(db, { request, by: by.name, orders, at: workspace.world.now() })
    recordAct(workspace, {
      act: 'desk-request-received',
      by: signer,
      detail: {
        request: n,
        workspace: request.workspace,
        from: by.name,
        fingerprint: by.fingerprint,
        registers: options.orders.length,
      },
    })
    return { ...stateOf(db, request.workspace), by: by.name, fingerprint: by.fingerprint, orders: orders.length, unreadable }
  })
}

/** What stands at the desk of a request. */
export interface DeskState {
  readonly request: number
  readonly workspace: string
  /** Items that were flagged or that an order names; the others are only counted. */
  readonly items: readonly DeskItem[]
  readonly others: { readonly count: number; readonly released: number }
  /** Numbers of the items that wait for a decision. */
  readonly open: readonly number[]
}

/** The newest request (of a workspace) with its items. */
export function deskState({ workspace, of }: { readonly workspace: Workspace; readonly of?: string }): DeskState {
  onlyAtDesk(workspace)
  return atDesk(workspace, (db) => stateOf(db, of))
}

/**
 * Releases or withholds items, in a person's name and with a reason. `numbers` undefined = every item that no order names and nobody decided about. Throws a
 * `UserError` for a number that is not there.
 */
export function decideItems(
  options: AtDesk & {
    readonly numbers: readonly number[] | undefined
    readonly kind: 'released' | 'withheld'
    readonly reason: string
    readonly of?: string
  },
): DeskState {
  const { workspace, signer, kind, reason } = options
  onlyDeskPerson(options)
  return atDesk(workspace, (db) => {
    const { items, workspace: of } = deskItems(db, options.of)
    const known = new Set(items.map((one) => one.n))
    const meant =
      options.numbers ?? items.filter((one) => one.orders.length === 0 && one.decision === undefined).map((one) => one.n)
    const strange = meant.find((n) => !known.has(n))
    if (strange !== undefined)
      throw new UserError({
        code: 'desk-item-unknown',
        message: `there is no item ${strange} in this request`,
        hint: 'see "breachline disclosure list"',
      })
    db.transaction(() => {
      decide(db, { items: meant, kind, by: signer.name, at: workspace.world.now(), reason })
      recordAct(workspace, {
        act: 'desk-decided',
        by: signer,
        detail: {
          kind,
          reason,
          ...(options.numbers === undefined ? { items: 'without order', count: meant.length } : { items: [...meant] }),
        },
      })
    })
    return stateOf(db, of)
  })
}

/** The answer to the newest request (of a workspace). Throws a `UserError` while an item waits for a decision. */
export async function answerRequest(
  options: AtDesk & { readonly of?: string },
): Promise<{ readonly parcel: string; readonly workspace: string }> {
  const { workspace, signer } = options
  onlyDeskPerson(options)
  const { items, workspace: of, replyTo, request } = atDesk(workspace, (db) => deskItems(db, options.of))
  const waiting = openDecisions(items)
  if (waiting.length > 0)
    throw new UserError({
      code: 'desk-undecided',
      message: `${waiting.length} ${waiting.length === 1 ? 'item waits' : 'items wait'} for a decision: ${waiting
        .slice(0, 10)
        .map((one) => one.n)
        .join(', ')}${waiting.length > 10 ? ', ...' : ''}`,
      hint: 'release or withhold each: breachline disclosure withhold 4 --reason TEXT; those without an order at once with "release --without-order"',
    })
  const at = workspace.world.now()
  const parcel = await sealAnswer({ workspace: of, at, released: releasedOf(items) }, { box: replyTo, by: signer })
  recordAct(workspace, { act: 'desk-answered', by: signer, detail: { request, workspace: of } })
  return { parcel, workspace: of }
}

function stateOf(db: Db, of: string | undefined): DeskState {
  const { request, workspace, items } = deskItems(db, of)
  const [shown, others] = [
    items.filter((one) => one.flagged !== undefined || one.orders.length > 0),
    items.filter((one) => one.flagged === undefined && one.orders.length === 0),
  ]
  return {
    request,
    workspace,
    items: shown,
    others: { count: others.length, released: others.filter((one) => one.decision?.kind === 'released').length },
    open: openDecisions(items).map((one) => one.n),
  }
}

function atDesk<T>(workspace: Workspace, work: (db: Db) => T): T {
  const db = openDb(workspace.path('desk.db'), { desk: deskMigrations })
  try {
    return work(db)
  } finally {
    db.close()
  }
}
