import { existsSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, fileSource } from '../../src/base/index.ts'
import { readAccessLog } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

const read = (text: string) => collect(readAccessLog(bytesSource('access.log', Buffer.from(text))))

test('common, combined and vhost-combined lines', async () => {
  const { records, faults } = await read(
    [
      '203.0.113.9 - - [11/Jul/2018:08:41:28 +0300] "GET /a%20b?q=1&r=%2e%2e HTTP/1.1" 200 11444',
      '203.0.113.9 - j.doe [01/Jan/2024:00:00:00 +0000] "POST /up.jsp HTTP/1.1" 302 - "https://portal.meridian.example/" "curl/8 \\"x\\""',
      'portal.meridian.example:443 2001:db8::1 - - [29/Feb/2024:23:59:59 -0530] "-" 408 0 "-" "-" 0.003',
    ].join('\n'),
  )
  expect(faults).toEqual([])
  expect(records).toMatchObject([
    {
      line: 1,
      client: '203.0.113.9',
      user: '',
      time: '2018-07-11T08:41:28+0300',
      method: 'GET',
      path: '/a%20b',
      query: 'q=1&r=%2e%2e',
      version: 'HTTP/1.1',
      status: '200',
      bytes: '11444',
      agent: '',
    },
    {
      line: 2,
      user: 'j.doe',
      method: 'POST',
      target: '/up.jsp',
      bytes: '',
      referer: 'https://portal.meridian.example/',
      agent: 'curl/8 \\"x\\"',
    },
    {
      line: 3,
      vhost: 'portal.meridian.example:443',
      client: '2001:db8::1',
      time: '2024-02-29T23:59:59-0530',
      method: '',
      status: '408',
      bytes: '0',
    },
  ])
})

test('a request that is no HTTP request is kept as its target', async () => {
  const { records } = await read('203.0.113.9 - - [11/Jul/2018:08:41:28 +0300] "\\x16\\x03\\x01" 400 226\n')
  expect(records).toMatchObject([{ method: '', target: '\\x16\\x03\\x01', status: '400' }])
})

test('the format string of a server reads its own lines: Apache, Tomcat, nginx', async () => {
  const one = async (format: string, line: string): Promise<unknown> =>
    (await collect(readAccessLog(bytesSource('a.log', Buffer.from(line)), { format }))).records[0]
  expect(
    await one(
      '%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\" %D',
      'crm.meridian.example:443 198.51.100.7 - r.tan [31/Jan/2024:10:00:00 +0800] "POST /x?a=1 HTTP/1.1" 200 51 "-" "a \\"b\\" c" 812\n',
    ),
  ).toMatchObject({
    vhost: 'crm.meridian.example',
    client: '198.51.100.7',
    user: 'r.tan',
    time: '2024-01-31T10:00:00+0800',
    method: 'POST',
    query: 'a=1',
    status: '200',
    bytes: '51',
    referer: '',
    agent: 'a \\"b\\" c',
  })
  expect(
    await one(
      '$time_iso8601 $remote_addr $request_method $request_uri $status $body_bytes_sent "$http_user_agent"',
      '2024-01-31T10:00:00+08:00 198.51.100.7 GET /up/s.jsp?cmd=id 404 10 "curl/8"\n',
    ),
  ).toMatchObject({
    time: '2024-01-31T10:00:00+08:00',
    client: '198.51.100.7',
    target: '/up/s.jsp?cmd=id',
    status: '404',
    agent: 'curl/8',
  })
  await expect(one('%h %s', 'x 1\n')).rejects.toThrow('names no client or no time')
})

test('lines of another form are faults with their number, and are no records', async () => {
  const { records, faults } = await read(
    'hello\n\n[11/Jul/2018:08:41:28 +0300] "GET / HTTP/1.1" 200 1\n203.0.113.9 - - [x] "GET / HTTP/1.1" two 1\n',
  )
  expect(records).toEqual([])
  expect(faults.map((fault) => fault.where.line)).toEqual([1, 3, 4])
})

test('random lines never throw and never take long', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', ' ', '-', '1', 'a', '/', ':', '\n'), maxLength: 400 }),
      async (text) => {
        await read(text)
      },
    ),
    { numRuns: 300, seed: 7 },
  )
  const started = coreTime()
  await read(`${'a '.repeat(500_000)}\n${'["'.repeat(500_000)}\na - - [x] "${'\\'.repeat(1_000_000)}`)
  expect(coreTime() - started).toBeLessThan(2_000)
})

const log = path.resolve(
  import.meta.dirname,
  '../../../shared/data/evtx-samples/Command and Control/web_attack_and_isp_webshell_localhost_access_log.txt',
)
test.skipIf(!existsSync(log))(
  `a real Tomcat log: 2,659 requests, 2 lines of raw TLS${existsSync(log) ? '' : ' (skipped: no shared data)'}`,
  async () => {
    const { records, faults } = await collect(readAccessLog(await fileSource(log)))
    expect(records).toHaveLength(2_659)
    expect(faults.filter((fault) => fault.code === 'access-log-line')).toHaveLength(2)
  },
)
