import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, type ByteSource } from '../../src/base/index.ts'
import { readEvents } from '../../src/events/index.ts'
import { identify, readLogLine, syslogFrames, type Identified } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

const cases = path.resolve(import.meta.dirname, '../cases/events')

/** Places and bytes put in there: zero bytes, half a surrogate pair, line ends, quotes, a closed brace, a doubled key, long runs. */
const damage = fc.record({
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  at: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
  what: fc.array(
    fc
      .constantFrom(
        '\0',
        '\n',
        '"',
        '}',
        ',',
        '=',
        '<',
        '|',
        '\\',
        '%ASA-6-1: ',
        '#Fields: a b\n',
        '"_time":1,"_time":2,',
        'x'.repeat(5_000),
      )
      .map((text) => Buffer.from(text)),
    { minLength: 6, maxLength: 6 },
  ),
  surrogate: fc.boolean(),
})

function damaged(
  bytes: Buffer,
  how: { cut: number | undefined; at: readonly number[]; what: readonly Buffer[]; surrogate: boolean },
): Buffer {
  let out = how.cut === undefined ? bytes : bytes.subarray(0, Math.floor(bytes.length * how.cut))
  how.at.forEach((share, i) => {
    const place = Math.floor(out.length * share)
    const piece = how.surrogate && i === 0 ? Buffer.from([0xed, 0xa0, 0x80]) : (how.what[i] ?? Buffer.from(''))
    out = Buffer.concat([out.subarray(0, place), piece, out.subarray(place)])
  })
  return out
}

const inputs = await Promise.all(
  readdirSync(cases)
    .sort()
    .map(async (name) => {
      const file = readdirSync(path.join(cases, name)).find((one) => one.startsWith('in.')) ?? ''
      const bytes = readFileSync(path.join(cases, name, file))
      return { name, file, bytes, identified: await identify(bytesSource(file, bytes)) }
    }),
)

/** Records that a text holds, counted without the readers. */
function present(bytes: Buffer, identified: Identified): number | undefined {
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '')
  if (identified.log === 'lines')
    return lines
      .filter((line) => line !== '----')
      .flatMap((line) => syslogFrames(line))
      .filter((text) => readLogLine(text) !== undefined).length
  if (identified.log === 'headed' && identified.seen.includes('W3C')) return lines.filter((line) => !line.startsWith('#')).length
  return undefined
}

test('whatever is done to a log, reading ends without an error, and events and losses are what was there', async () => {
  let counted = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...inputs), damage, async ({ file, bytes, identified }, how) => {
      const broken = damaged(bytes, how)
      const source: ByteSource = bytesSource(file, broken)
      const { records, faults } = await collect(readEvents(source, { identified, zone: 'Asia/Kuala_Lumpur' }))
      for (const event of records) {
        expect(event.time).toMatch(/^(?:|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)$/)
        expect(Object.values(event.fields).every((value) => typeof value === 'string' && value.isWellFormed())).toBe(true)
        expect(Number.isInteger(event.targetPort) && Number.isSafeInteger(event.bytesOut)).toBe(true)
      }
      for (const one of faults) expect(one.where.file).toBe(file)
      const want = present(broken, identified)
      if (want === undefined) return
      counted += 1
      expect(records.length + faults.reduce((sum, one) => sum + (one.lost ?? 0), 0)).toBe(want)
      // Told anew, it may be no log any more; that is an answer too.
      await collect(readEvents(source))
    }),
    { numRuns: 600, seed: 7 },
  )
  expect(counted).toBeGreaterThan(150)
}, 60_000)

test('a line of a megabyte is one event in each log, within a second', async () => {
  for (const { name, file, bytes, identified } of inputs) {
    // Counted messages are several in a line.
    if (identified.log !== 'lines' || name === 'syslog-octets') continue
    const [first = ''] = bytes.toString('utf8').split('\n')
    const long = Buffer.from(`${first}${' a="'.repeat(250_000)}\n`)
    const started = coreTime()
    const { records, faults } = await collect(readEvents(bytesSource(file, long), { identified }))
    expect(records.length, name).toBeLessThanOrEqual(1)
    if (records.some(({ fields }) => fields['message']?.length === 65_536))
      expect(
        faults.map(({ code }) => code),
        name,
      ).toContain('field-cut')
    expect(coreTime() - started, name).toBeLessThan(1_000)
    for (const event of records)
      for (const value of Object.values(event.fields)) expect(value.length, name).toBeLessThanOrEqual(65_536)
  }
})
