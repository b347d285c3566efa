import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { readHeaded } from '../../src/formats/index.ts'

const read = (
  text: string,
): ReturnType<typeof collect<{ line: number; form: string; fields: Readonly<Record<string, string>>; path: string }>> =>
  collect(readHeaded(bytesSource('a.log', Buffer.from(text))))

test('W3C: columns change in the middle, the day comes from #Date, unset values are left out', async () => {
  const { records, faults } = await read(
    '#Date: 2024-01-31 02:00:00\n#Fields: time c-ip cs(User-Agent)\n02:00:00 192.0.2.1 -\n02:00:01 short\n#Fields: date x "y z"\n2024-01-31 1 "a b"\n',
  )
  expect(records.map(({ line, fields }) => [line, fields])).toEqual([
    [3, { time: '02:00:00', 'c-ip': '192.0.2.1', date: '2024-01-31' }],
    [6, { date: '2024-01-31', x: '1', 'y z': 'a b' }],
  ])
  expect(faults.map(({ code, where, lost }) => [code, where.line, lost])).toEqual([['log-row-wrong', 4, 1]])
})

test('columns parted by commas, as Exchange writes them', async () => {
  const { records, faults } = await read(
    '#Fields: date-time,client-ip,message-subject\n2024-01-31T02:00:00Z,192.0.2.1,"a, ""b"""\n1,2\n',
  )
  expect(records.map(({ fields }) => fields)).toEqual([
    { 'date-time': '2024-01-31T02:00:00Z', 'client-ip': '192.0.2.1', 'message-subject': 'a, "b"' },
  ])
  expect(faults).toMatchObject([{ where: { line: 3 } }])
})

test('rows before any line of columns are faults', async () => {
  const { records, faults } = await read('a b c\n#Fields: x y z\n1 2 3\n')
  expect(records).toHaveLength(1)
  expect(faults).toMatchObject([{ code: 'log-row-wrong', where: { line: 1 } }])
})

test('Zeek: the stated separator parts the cells, unset and empty ones are left out', async () => {
  const { records } = await read(
    '#separator \\x09\n#unset_field\tNIL\n#path\tdns\n#fields\tts\tuid\tquery\tanswers\n1.5\tC1\ta b\tNIL\n',
  )
  expect(records).toMatchObject([{ form: 'zeek', path: 'dns', fields: { ts: '1.5', uid: 'C1', query: 'a b' } }])
  expect(Object.keys(records[0]?.fields ?? {})).toEqual(['ts', 'uid', 'query'])
})

test('nfdump: units, two-way columns, IPv6 ports; the summary is no row', async () => {
  const { records, faults } = await read(
    'Date first seen          Duration Proto      Src IP Addr:Port          Dst IP Addr:Port   Out Pkt   In Pkt Out Byte  In Byte Flows\n' +
      '2024-01-31 10:00:00.123     1.000 TCP      192.0.2.1:1   <->   192.0.2.2:2     1     2   3   4   1\n' +
      '2024-01-31 10:00:00.123     1.000 TCP      2001:db8::1.1   ->   2001:db8::2.2     1     2   3.5 K   4   1\nSummary: total flows: 2\n',
  )
  expect(faults.map(({ where }) => where.line)).toEqual([2])
  expect(records).toMatchObject([
    { line: 3, fields: { src: '2001:db8::1', srcPort: '1', dst: '2001:db8::2', outBytes: '3500', bytes: '4' } },
  ])
})
