import { expect, test } from 'vitest'
import type { Item } from '../../src/app/items.ts'
import { byIdentifier, meetTable } from '../../src/app/tell-meet.ts'
import type { ReadSample } from '../../src/app/tell-rows.ts'
import { bytesSource } from '../../src/base/index.ts'
import { identify } from '../../src/formats/index.ts'
import type { Copy } from '../../src/provenance/index.ts'

const csv = 'account,msisdn,name\nA1,60120000001,Aina\nA2,60120000002,Badrul\nA3,60120000003,Chong\n'
const column = (name: string, meaning: object): object => ({ name, meaning, basis: { kind: 'said' } })
const copy = {
  columns: [
    column('account', { kind: 'identifier', identifier: 'contract', valid: 100 }),
    column('msisdn', { kind: 'identifier', identifier: 'msisdn', valid: 100 }),
    column('name', { kind: 'field', field: 'name', form: 'name' }),
  ],
} as unknown as Copy

const rows = ['60120000001', '60120000002'].map((number, at): ReadSample => ({
  row: { place: 'E1', n: at + 1, items: [], accounts: new Map() },
  keys: [['msisdn', number]],
}))

test('accounts of those who are held back are given, whether the sample or only the own table knows them by what they are held back for', async () => {
  const source = bytesSource('crm.csv', Buffer.from(csv))
  const item = { file: 'crm.csv', source, identified: await identify(source), rule: {} } as unknown as Item
  const met = (held: readonly string[]): Promise<ReadonlySet<string>> =>
    meetTable({
      item,
      copy,
      wanted: byIdentifier(rows),
      info: { country: 'MY' } as Parameters<typeof meetTable>[0]['info'],
      heldBack: (kind, known) => held.includes(`${kind}:${known}`),
      watch: {},
    })
  expect([...(await met(['msisdn:60120000002']))]).toEqual(['A2'])
  expect([...(await met(['contract:A1']))]).toEqual(['A1'])
  expect([...(await met([]))]).toEqual([])
  expect(rows.map(({ row }) => [...(row.accounts.get('msisdn') ?? [])])).toEqual([['A1'], ['A2']])
})
