import { limits, UserError } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import type { Order } from './orders.ts'
import type { FlaggedItem, ReleaseRequest } from './parcel.ts'

/** A pseudonym at the desk: what the analysts' workspace says of it, the orders it stands in, and what was decided. */
export interface DeskItem {
  readonly n: number
  readonly token: string
  /** What the tests found; absent for those that are only likely to be found once others are explained. */
  readonly flagged?: FlaggedItem
  readonly orders: readonly Omit<Order, 'tokens'>[]
  readonly decision?: {
    readonly kind: 'released' | 'withheld'
    readonly by: string
    readonly at: string
    readonly reason: string
  }
}

/** The desk's own database. Targets of orders that are in no request leave nothing here. */
export const deskMigrations = [
  `CREATE TABLE requests (n INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, reply_to TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT;
   CREATE TABLE items (n INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, token TEXT NOT NULL, request INTEGER NOT NULL, flagged TEXT, UNIQUE (workspace, token)) STRICT;
   CREATE TABLE matches (item INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (item, body)) STRICT;
   CREATE TABLE decisions (seq INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('released', 'withheld')), by TEXT NOT NULL,
     at TEXT NOT NULL, reason TEXT NOT NULL) STRICT`,
] as const

/** Takes a request in, joined with orders. Decisions of before stand, but for items that an order newly names: they are open again. */
export function receive(
  db: Db,
  asked: { readonly request: ReleaseRequest; readonly by: string; readonly orders: readonly Order[]; readonly at: string },
): number {
  const { request } = asked
  const byToken = new Map<string, Order[]>()
  for (const order of asked.orders) for (const token of order.tokens) byToken.set(token, [...(byToken.get(token) ?? []), order])
  return db.transaction(() => {
    db.run(
      'INSERT INTO requests (workspace, reply_to, by, at) VALUES (?, ?, ?, ?)',
      request.workspace,
      request.replyTo,
      asked.by,
      asked.at,
    )
    const n = db.get<{ n: number }>('SELECT last_insert_rowid() AS n')?.n ?? 0
    const facts = new Map(request.flagged.map((one) => [one.token, one]))
    for (const token of new Set([...facts.keys(), ...request.others])) {
      const flagged = facts.get(token)
      db.run(
        `INSERT INTO items (workspace, token, request, flagged) VALUES (?, ?, ?, ?)
         ON CONFLICT (workspace, token) DO UPDATE SET request = excluded.request, flagged = excluded.flagged`,
        request.workspace,
        token,
        n,
        flagged === undefined ? null : JSON.stringify(flagged),
      )
      const item =
        db.get<{ n: number }>('SELECT n FROM items WHERE workspace = ? AND token = ?', request.workspace, token)?.n ?? 0
      let fresh = 0
      for (const { reference, authority, from, to } of byToken.get(token) ?? [])
        fresh += db.run(
          'INSERT OR IGNORE INTO matches (item, body) VALUES (?, ?)',
          item,
          JSON.stringify({ reference, authority, from, to }),
        )
      if (fresh > 0) db.run(`DELETE FROM decisions WHERE item = ? AND kind = 'released'`, item)
    }
    return n
  })
}

/** The items of the newest request of a workspace (of the newest of all when none is named): flagged ones and those with an order first. */
export function deskItems(
  db: Db,
  workspace?: string,
): { readonly request: number; readonly workspace: string; readonly replyTo: string; readonly items: readonly DeskItem[] } {
  const request = db.get<{ n: number; workspace: string; reply_to: string }>(
    `SELECT n, workspace, reply_to FROM requests WHERE ? = '' OR workspace = ? ORDER BY n DESC LIMIT 1`,
    workspace ?? '',
    workspace ?? '',
  )
  if (request === undefined)
    throw new UserError({
      code: 'desk-empty',
      message: 'no request has been received here',
      hint: 'take one in: breachline disclosure receive PARCEL --orders REGISTER',
    })
  const rows = db.all<{ n: number; token: string; flagged: string | null }>(
    'SELECT n, token, flagged FROM items WHERE request = ? ORDER BY flagged IS NULL, n',
    request.n,
  )
  const matches = Map.groupBy(
    db.all<{ item: number; body: string }>(
      'SELECT m.item, m.body FROM matches AS m JOIN items AS i ON i.n = m.item WHERE i.request = ? ORDER BY m.body',
      request.n,
    ),
    (row) => row.item,
  )
  const decided = new Map(
    db
      .all<{ item: number; kind: 'released' | 'withheld'; by: string; at: string; reason: string }>(
        'SELECT d.item, d.kind, d.by, d.at, d.reason FROM decisions AS d JOIN items AS i ON i.n = d.item WHERE i.request = ? ORDER BY d.seq',
        request.n,
      )
      .map(({ item, ...decision }) => [item, decision]),
  )
  const items = rows.map((row): DeskItem => {
    const decision = decided.get(row.n)
    return {
      n: row.n,
      token: row.token,
      ...(row.flagged === null ? {} : { flagged: JSON.parse(row.flagged) as FlaggedItem }),
      orders: (matches.get(row.n) ?? []).map((one) => JSON.parse(one.body) as DeskItem['orders'][number]),
      ...(decision === undefined ? {} : { decision }),
    }
  })
  return { request: request.n, workspace: request.workspace, replyTo: request.reply_to, items }
}

/** Enters what a named person decided about items, by their numbers; the newest decision stands. */
export function decide(
  db: Db,
  made: {
    readonly items: readonly number[]
    readonly kind: 'released' | 'withheld'
    readonly by: string
    readonly at: string
    readonly reason: string
  },
): void {
  db.transaction(() => {
    for (const item of made.items)
      db.run(
        'INSERT INTO decisions (item, kind, by, at, reason) VALUES (?, ?, ?, ?, ?)',
        item,
        made.kind,
        made.by,
        made.at,
        made.reason,
      )
  })
}

/** Items a person must still decide: flagged or named by an order. */
export function openDecisions(items: readonly DeskItem[]): readonly DeskItem[] {
  return items.filter((one) => one.decision === undefined && (one.flagged !== undefined || one.orders.length > 0))
}

/** The tokens of the items that were released. */
export function releasedOf(items: readonly DeskItem[]): readonly string[] {
  return items
    .filter((one) => one.decision?.kind === 'released')
    .map((one) => one.token)
    .slice(0, limits.releaseTokens)
}
