import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { blankEvent } from '../../src/events/index.ts'
import { readAccesses } from '../../src/lookups/read-accesses.ts'
import { holdsRecords, readFile } from '../../src/lookups/sources/file-reads.ts'
import { recordKey } from '../../src/lookups/sources/salesforce.ts'
import { objectsIn } from '../../src/lookups/sources/snowflake-access.ts'
import { webPaths, webRead } from '../../src/lookups/sources/web-paths.ts'
import { tokenKey } from '../../src/persons/index.ts'

const key = tokenKey(new Uint8Array(16).fill(7))

test.each([
  ['/mediation/cdr/2026/02/02/msc1_0001.orc', '2026-02-02', '2026-02-03'],
  ['/out/cdr_20260228.csv.gz', '2026-02-28', '2026-03-01'],
  ['/out/cdr_20260131235959.csv', '2026-01-31', '2026-02-01'],
  ['D:\\rating\\rated_2026-12.csv', '2026-12-01', '2027-01-01'],
  ['/out/20260101/cdr_20260105.csv', '2026-01-05', '2026-01-06'],
  ['/out/cdr_20260230.csv', '', ''],
  ['/out/cdr_60120010001.csv', '', ''],
  ['/out/cdr.csv', '', ''],
])('the period that the name of a file states: %s', (path, from, to) => {
  expect(readFile(path)).toMatchObject({ from, to })
})

test('no number of a path is kept in the name of a file', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^\d{5,15}$/), fc.string(), (before, number, after) => {
      expect(readFile(before + number + after).shape).not.toMatch(/\d/)
    }),
  )
})

test('no address of a path is kept', () => {
  expect(readFile('/out/cdr of a.tan@example.net_1.csv').shape).toBe('/out/#')
})

test('files with records are told by words of their names, or by the patterns given', () => {
  expect(holdsRecords('/out/CDR_1.csv', [])).toBe(true)
  expect(holdsRecords('\\\\fs1\\billing\\x.bin', [])).toBe(true)
  // Parts of words do not count.
  expect(holdsRecords('/out/weather_staples.csv', [])).toBe(false)
  // Folders, programs and settings do not.
  expect(
    ['/srv/billing', 'D:\\cdr\\out', '/opt/billing/run.sh', '\\\\fs1\\crm\\desktop.ini'].filter((one) => holdsRecords(one, [])),
  ).toEqual([])
  expect(holdsRecords('/srv/billing/dump2', [])).toBe(true)
  expect(holdsRecords('/data/x/a.bin', ['/data/*/a.bin'])).toBe(true)
  expect(holdsRecords('/data/x/y/a.bin', ['/data/*/a.bin'])).toBe(false)
  expect(holdsRecords('/data/x/y/a.bin', ['/data/**'])).toBe(true)
  expect(holdsRecords('/cdr/a.bin', ['/data/**'])).toBe(false)
})

test('patterns of many stars take no long time', () => {
  const started = performance.now()
  expect(holdsRecords('a'.repeat(1_000), ['*a'.repeat(240) + 'b'])).toBe(false)
  expect(performance.now() - started).toBeLessThan(2_000)
})

function request(target: string, status = '200'): typeof blankEvent {
  const mark = target.indexOf('?')
  const query = mark === -1 ? '' : target.slice(mark + 1)
  return { ...blankEvent, class: 'http', fields: { 'cs-method': 'GET', 'cs-uri-query': target, query, 'sc-status': status } }
}

test('a place of the subscriber in a request is read from the path or a parameter, decoded', () => {
  const paths = webPaths('/customers/{subscriber} /imsi/{subscriber}/state /find?nr={subscriber}')
  expect(webRead(request('/customers/%2B60120010001/bills?x=1'), paths)).toMatchObject({
    raw: '+60120010001',
    field: 'subscriber',
  })
  expect(webRead(request('/imsi/502120000000001/state'), paths)).toMatchObject({ raw: '502120000000001', field: 'imsi' })
  expect(webRead(request('/find?page=2&NR=+60120010001'), paths)).toMatchObject({ raw: '+60120010001' })
  expect(webRead(request('/find?page=2'), paths)).toMatchObject({ raw: '' })
  expect(webRead(request('/customers'), paths)).toBeUndefined()
  expect(webRead(request('/customers/60120010001', '404'), paths)).toBeUndefined()
  expect(webRead(request('/a/b?msisdn=60120010001'), webPaths('msisdn'))).toMatchObject({ raw: '60120010001' })
  expect(() => webPaths('/customers/*')).toThrow('names no subscriber')
})

test('no value of a request stands in the place told of it', () => {
  const paths = webPaths('/customers/{subscriber} /find?nr={subscriber}')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('/customers/', '/find?nr=', '/x?msisdn='), (text, before) => {
      for (const places of [paths, []]) {
        const read = webRead(request(`${before}60120010001${text}`), places)
        expect(read?.place ?? '').not.toContain('60120010001')
      }
    }),
  )
})

test('objects that cannot be read are none', () => {
  expect(objectsIn('[{"objectName":"A.B.C","columns":[null,{"columnName":7}]},null,4]')).toEqual({
    tables: ['a.b.c'],
    columns: [],
  })
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void objectsIn(text)))
})

test('a record number of 18 characters is that of 15', () => {
  expect(recordKey('0035g00000AAAAAAA2')).toBe('0035g00000AAAAA')
  expect(recordKey(' 0035g00000AAAAA ')).toBe('0035g00000AAAAA')
  expect(recordKey('customer-77')).toBe('customer-77')
})

test('a word that no command is made of stands in no operation', async () => {
  const source = bytesSource(
    'a.txt',
    Buffer.from('2026-02-03 09:00:00 hlr-1 ops.lim show subscriber rahim msisdn 60120010001 location\n'),
  )
  const { records } = await collect(readAccesses({ source, sha256: 'a', format: 'events' }, { key, country: 'MY' }))
  expect(records).toMatchObject([{ operation: 'SHOW SUBSCRIBER LOCATION', fields: 'location', masked: '+60 12-*** **01' }])
})

test('any line at a console is an access, nothing, or a fault; no number of it is told', async () => {
  const command = fc.oneof(
    fc.constantFrom('LST SUB:ISDN="60120010001";', 'show subscriber imsi 502120000000001', 'DSP UE:60120010001'),
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 8 }), async (commands) => {
      const text = commands.map((one) => `2026-02-03 09:00:00 hlr-1 ops.lim ${one}`).join('\n')
      const source = bytesSource('a.txt', Buffer.from(`2026-02-03 09:00:00 hlr-1 ops.lim LST SUB:ISDN="60120010001";\n${text}`))
      const audit = { source, sha256: 'a', format: 'csv' as const }
      const kind = { reading: 'console', name: 'console', unit: 'line' } as const
      const { records } = await collect(readAccesses(audit, { key, country: 'MY' }, { kind }))
      expect(records.length).toBeGreaterThan(0)
      expect(JSON.stringify(records)).not.toMatch(/60120010001|502120000000001/)
    }),
    { numRuns: 50 },
  )
})
