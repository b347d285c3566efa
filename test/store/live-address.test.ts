import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { liveAddressText, parseLiveAddress } from '../../src/store/index.ts'
import { rowsDigest } from '../../src/store/live-digest.ts'

test.each([
  [
    'postgresql://reader@crm-db:5433/crm?table=public.subscribers',
    { kind: 'postgresql', host: 'crm-db', port: 5433, schema: 'public', table: 'subscribers', user: 'reader' },
  ],
  ['postgres://reader@crm-db/crm?table=subscribers', { port: 5432, schema: 'public', table: 'subscribers' }],
  ['postgresql://r%40x@[::1]/crm?schema=a.b&table=c.d', { host: '[::1]', user: 'r@x', schema: 'a.b', table: 'c.d' }],
  ['mysql://reader@10.0.0.9/crm?table=a.b', { kind: 'mysql', port: 3306, table: 'a.b' }],
  ['clickhouse://10.0.0.9/lake?table=cdr', { kind: 'clickhouse', port: 8123, user: 'default', tls: false }],
  ['https://reader@ch.example/lake?table=cdr', { kind: 'clickhouse', port: 8443, tls: true }],
  ['https://reader@ch.example:9440/lake?table=cdr', { kind: 'clickhouse', port: 9440, tls: true }],
  ['https://reader@ch.example:443/lake?table=cdr', { kind: 'clickhouse', port: 443, tls: true }],
  ['https://[::1]:443/lake?table=cdr', { host: '[::1]', port: 443, tls: true }],
  ['https://[::443]/lake?table=cdr', { host: '[::443]', port: 8443, tls: true }],
  ['http://reader@ch.example:80/lake?table=cdr', { kind: 'clickhouse', port: 80, tls: false }],
  ['http://reader@ch.example/lake?table=cdr', { kind: 'clickhouse', port: 8123, tls: false }],
])('%s', (text, want) => {
  const address = parseLiveAddress(text)
  expect(address).toMatchObject(want)
  expect(parseLiveAddress(liveAddressText(address))).toEqual(address)
})

test.each([
  'crm.csv',
  'sqlite:///x?table=y',
  'postgresql://crm-db/crm?table=x',
  'postgresql://reader@crm-db/?table=x',
  'postgresql://reader@crm-db/crm',
  'postgresql://reader@crm-db/crm?table=.x',
  'postgresql://reader@crm-db/crm?table=x&sslmode=disable',
  'postgresql://reader@a|b:1/crm?table=x',
  'postgresql://reader@{a,b}/crm?table=x',
  'postgresql://reader@crm-db/crm%00x?table=x',
  'postgresql://reader@crm-db/%zz?table=x',
  'mysql://reader@crm-db/crm?schema=a&table=x',
  `mysql://reader@crm-db/crm?table=${'x'.repeat(300)}`,
])('%s is refused with what to write', (text) => {
  expect(() => parseLiveAddress(text)).toThrow(expect.objectContaining({ code: 'live-address-wrong' }))
})

test('a password in the address is refused and not repeated', () => {
  try {
    parseLiveAddress('postgresql://reader:top-secret@crm-db/crm?table=x')
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ code: 'secret-in-argument' })
    expect(`${(error as Error).message} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('top-secret')
  }
})

const rows = fc.array(fc.array(fc.option(fc.string({ unit: 'binary' }), { nil: null }), { maxLength: 4 }), { maxLength: 40 })

test('the digest of rows does not follow their order, is the plain sum of their hashes, and tells NULL from nothing', () => {
  const digest = (list: readonly (readonly (string | null)[])[]): string => {
    const one = rowsDigest()
    for (const row of list) one.add(row)
    return one.hex()
  }
  fc.assert(
    fc.property(rows, (list) => {
      const sum = list.reduce(
        (total, row) => total + BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`),
        0n,
      )
      expect(digest(list)).toBe(BigInt.asUintN(256, sum).toString(16).padStart(64, '0'))
      expect(digest(list.toReversed())).toBe(digest(list))
    }),
  )
  expect(digest([[null]])).not.toBe(digest([['']]))
  expect(digest([['a', 'b']])).not.toBe(digest([['b', 'a']]))
})
