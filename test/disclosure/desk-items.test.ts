import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decide, deskItems, deskMigrations, openDecisions, receive, releasedOf, type Order } from '../../src/disclosure/index.ts'
import { openDb } from '../../src/store/index.ts'

const token = (n: number): string => n.toString(16).padStart(32, '0')
const order = (n: number, reference: string): Order => ({
  tokens: [token(n)],
  reference,
  authority: 'Court of Meridian',
  from: '',
  to: '',
})
const flagged = (n: number) => ({ token: token(n), accounts: [], days: 3, explainedDays: 0, first: '', last: '', tests: ['S1'] })
const request = (items: readonly number[], others: readonly number[]) => ({
  kind: 'request' as const,
  workspace: 'w',
  tokenKey: token(9),
  replyTo: 'b'.repeat(64),
  country: 'MY',
  from: '',
  to: '',
  flagged: items.map(flagged),
  others: others.map(token),
})
const at = '2026-10-07T00:00:00.000Z'

test('D6: decisions stand for the next request, but an item that a new order names is open again', () => {
  const db = openDb(join(mkdtempSync(join(tmpdir(), 'breachline-desk-')), 'desk.db'), { desk: deskMigrations })
  receive(db, { request: request([1, 2], [2, 3]), by: 'Aisha Rahman', orders: [order(2, 'W-2'), order(5, 'W-5')], at })
  const first = deskItems(db).items
  expect(first.map((one) => one.token)).toEqual([token(1), token(2), token(3)])
  expect(openDecisions(first).map((one) => one.token)).toEqual([token(1), token(2)])
  const number = (n: number): number => first.find((one) => one.token === token(n))?.n ?? 0
  decide(db, { items: [number(1), number(3)], kind: 'released', by: 'Farah Idris', at, reason: 'none' })
  decide(db, { items: [number(2)], kind: 'withheld', by: 'Farah Idris', at, reason: 'W-2' })
  expect([...releasedOf(deskItems(db).items)].sort()).toEqual([token(1), token(3)])

  receive(db, { request: request([1, 2, 3], []), by: 'Aisha Rahman', orders: [order(2, 'W-2'), order(3, 'W-3')], at })
  const second = deskItems(db, 'w').items
  expect(second.find((one) => one.token === token(2))?.decision?.kind).toBe('withheld')
  expect(openDecisions(second).map((one) => one.token)).toEqual([token(3)])
  expect(releasedOf(second)).toEqual([token(1)])
  // An order for somebody nobody asked about leaves nothing behind.
  expect(JSON.stringify(db.all('SELECT * FROM matches'))).not.toContain('W-5')
  db.close()
})

test('D6: a desk without requests says what to do', () => {
  const db = openDb(join(mkdtempSync(join(tmpdir(), 'breachline-desk-')), 'desk.db'), { desk: deskMigrations })
  expect(() => deskItems(db)).toThrow('no request has been received')
  db.close()
})
