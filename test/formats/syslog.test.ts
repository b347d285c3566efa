import fc from 'fast-check'
import { expect, test } from 'vitest'
import { syslogHeader } from '../../src/formats/syslog/header.ts'
import { syslogFrames } from '../../src/formats/syslog/octets.ts'
import { coreTime } from '../base/core-time.ts'

const cases: readonly (readonly [line: string, want: object | undefined])[] = [
  [
    '<34>Oct 11 22:14:15 mymachine su: message here',
    { facility: 4, severity: 2, time: 'Oct 11 22:14:15', host: 'mymachine', app: 'su', message: 'message here' },
  ],
  ['Oct  1 22:14:15 h prog[77]: x: y', { facility: -1, time: 'Oct  1 22:14:15', app: 'prog', pid: '77', message: 'x: y' }],
  ['Oct  1 22:14:15 dnsmasq[600]: query', { host: '', app: 'dnsmasq', pid: '600' }],
  ['Oct  1 22:14:15 h last message repeated 2 times', { host: 'h', app: '', message: 'last message repeated 2 times' }],
  [
    '<165>1 2003-10-11T22:14:15.003Z m app 12 ID47 [a@1 x="1 \\" \\] 2" y=""][b z="3"] \uFEFFhello',
    { app: 'app', pid: '12', messageId: 'ID47', data: { 'a@1.x': '1 " ] 2', 'a@1.y': '', 'b.z': '3' }, message: 'hello' },
  ],
  ['<165>1 - - - - - - only text', { time: '', host: '', app: '', message: 'only text' }],
  ['<165>1 2003-10-11T22:14:15Z m app - - -', { message: '' }],
  ['<189>45: *Mar  1 00:00:47.003 UTC: %SYS-5-X: t', { time: 'Mar  1 00:00:47.003 UTC', message: '%SYS-5-X: t' }],
  ['2024-01-31T10:00:00.1+08:00 h app: m', { time: '2024-01-31T10:00:00.1+08:00', host: 'h', app: 'app', message: 'm' }],
  ['<13>just words', { time: '', message: 'just words' }],
  ['Jan 31 10:00:00 big notice tmm1[5]: 01: x', { host: 'big', app: 'tmm1', message: '01: x' }],
  ['<999>Oct 11 22:14:15 h su: x', undefined],
  ['January was cold: we stayed in', undefined],
  ['2024-01-31 10:00:00 we met', undefined],
]

for (const [line, want] of cases) {
  test(`${want === undefined ? 'no header in' : 'header of'} ${line.slice(0, 60)}`, () => {
    const header = syslogHeader(line)
    if (want === undefined) expect(header).toBeUndefined()
    else expect(header).toMatchObject(want)
  })
}

test('counted messages are parted by bytes; a count beyond the line takes the rest; others stay one', () => {
  const a = '<1>1 - - - - - - é'
  const b = '<2>1 - - - - - - b'
  expect(syslogFrames(`${Buffer.byteLength(a)} ${a}${b.length} ${b}`)).toEqual([a, b])
  expect(syslogFrames(`9999 ${a}`)).toEqual([a])
  expect(syslogFrames(`${b.length} ${b}rest`)).toEqual([b, 'rest'])
  expect(syslogFrames('12 apples')).toEqual(['12 apples'])
  expect(syslogFrames(a)).toEqual([a])
})

test('any text gives a header or none, and never takes long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '1', ' ', '[', ']', '"', '=', '\\', ':', 'a', 'Jan'), maxLength: 200 }),
      (text) => {
        expect(() => syslogHeader(text)).not.toThrow()
        expect(() => syslogFrames(text)).not.toThrow()
      },
    ),
    { numRuns: 500, seed: 7 },
  )
  const started = coreTime()
  syslogHeader(`<1>1 - - - - - ${'[a x="'.repeat(200_000)}`)
  syslogHeader(`<1>${'a'.repeat(1_000_000)}`)
  syslogFrames('1 <1>'.repeat(200_000))
  expect(coreTime() - started).toBeLessThan(1_000)
})
