import { createSocket } from 'node:dgram'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { once } from 'node:events'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { SyslogFrames, messageLine } from '../../src/app/watch-frames.ts'
import { limits } from '../../src/base/index.ts'
import { following, watchFolder } from './watch-run.ts'

test('UDP, TCP by line and TCP by count come into one segment and past the rules', async () => {
  const at = watchFolder()
  const run = following(at, { paths: [], syslog: 0 })
  const port = (await run.ready) as number
  const udp = createSocket('udp4')
  const old = (n: number): string =>
    `<38>Jul  1 05:20:0${n} web-1 sshd[7]: Failed password for invalid user u${n} from 203.0.113.9 port 1 ssh2`
  udp.send(old(1), port, '127.0.0.1')
  udp.send('<38>Jul  1 05:20:01 web-1 sshd[7]: Accepted publickey for ops from 203.0.113.9 port 1 ssh2', port, '127.0.0.1')
  const tcp = connect(port, '127.0.0.1')
  await once(tcp, 'connect')
  tcp.write(`${old(2)}\n${old(3).slice(0, 20)}`)
  tcp.write(`${old(3).slice(20)}\n`)
  const modern = '<38>1 2026-07-01T05:20:04Z web-1 sshd 7 - - Failed password for u4\nfrom 203.0.113.9'
  tcp.end(`${Buffer.byteLength(modern)} ${modern}`)
  await run.until('all four', (all) => all.filter((one) => one.kind === 'detection').length === 4)
  udp.close()
  const summary = await run.stop()
  expect(summary).toMatchObject({ events: 5, detections: 4, syslog: { port, lost: 0, tooLong: 0 } })
  expect(run.entries.filter((one) => one.kind === 'segment')).toMatchObject([{ source: 'syslog', segment: 1, why: 'stopped' }])
})

test('a port that is taken is refused', async () => {
  const at = watchFolder()
  const run = following(at, { paths: [], syslog: 0 })
  const port = (await run.ready) as number
  await expect(following(watchFolder(), { paths: [], syslog: port }).ended).rejects.toThrow(String(port))
  await run.stop()
})

test('what ends a line inside a message is written out', () => {
  expect(messageLine(Buffer.from('a\nb\rc\0d\r\n')).toString()).toBe('a#012b#015c#000d\n')
  expect(messageLine(Buffer.from('\r\n'))).toHaveLength(0)
})

test('messages come out whole however the bytes are cut, counted or by line', () => {
  const message = fc.record({ text: fc.stringMatching(/^[a-z ]{1,30}$/), counted: fc.boolean() })
  fc.assert(
    fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.nat(40), { maxLength: 30 }), (messages, cuts) => {
      const stream = Buffer.from(
        messages.map(({ text, counted }) => (counted ? `${text.length + 4} <13>${text}` : `<13>${text}\n`)).join(''),
      )
      const frames = new SyslogFrames()
      const parts: Buffer[] = []
      let from = 0
      for (const cut of [...cuts, stream.length]) {
        parts.push(frames.feed(stream.subarray(from, from + cut)).lines)
        from += cut
      }
      parts.push(frames.end().lines)
      expect(Buffer.concat(parts).toString()).toBe(messages.map(({ text }) => `<13>${text}\n`).join(''))
    }),
    { seed: 1 },
  )
})

test('messages above the limit are counted and passed over, those behind them read', () => {
  const frames = new SyslogFrames()
  const long = 'x'.repeat(limits.watchMessageBytes + 1)
  expect(frames.feed(Buffer.from(`${long.length + 4} <13>${long}<13>a\n`))).toMatchObject({
    tooLong: 1,
    lines: Buffer.from('<13>a\n'),
  })
  expect(frames.feed(Buffer.from(`<13>${long}`)).tooLong).toBe(1)
  expect(frames.feed(Buffer.from(`${long}\n<13>b\n`))).toMatchObject({ tooLong: 0, lines: Buffer.from('<13>b\n') })
})

test(
  'a sender by TCP that is faster than the rules is made to wait, and nothing of it is lost',
  { timeout: 60_000 },
  async () => {
    const at = watchFolder()
    const run = following(at, { paths: [], syslog: 0 })
    const tcp = connect((await run.ready) as number, '127.0.0.1')
    await once(tcp, 'connect')
    const filler = 'x'.repeat(900)
    let bytes = 0
    let waited = 0
    let refused = 0
    for (let n = 0; bytes < 3 * limits.watchQueueBytes || n % 5_000 !== 1; n += 1) {
      const isRefused = n % 5_000 === 0
      if (isRefused) refused += 1
      const line = `<38>1 2026-07-01T05:20:04Z web-1 sshd 7 - - ${isRefused ? 'Failed password' : 'Nothing'} ${n} ${filler}\n`
      bytes += line.length
      if (!tcp.write(line)) {
        waited += 1
        await once(tcp, 'drain')
      }
    }
    tcp.end()
    // The last line is one of them.
    await run.until('the last hit', (all) => all.filter((one) => one.kind === 'detection').length === refused)
    const summary = await run.stop()
    expect(waited).toBeGreaterThan(0)
    expect(summary).toMatchObject({ bytes, syslog: { bytes, lost: 0, tooLong: 0 }, faults: 0 })
  },
)

/** Waits until nothing waits in the system for a port of loopback (`/proc/net/udp`: local address, bytes waiting). */
async function fetched(port: number): Promise<void> {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (;;) {
    const socket = readFileSync('/proc/net/udp', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .find((fields) => fields[1] === local)
    if (socket === undefined || socket[4]?.endsWith(':00000000')) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // What was fetched last is still on its way through.
  await new Promise((resolve) => setTimeout(resolve, 300))
}

test.skipIf(!existsSync('/proc/net/udp'))('datagrams that cannot be kept are counted', async () => {
  const run = following(watchFolder(), { paths: [], syslog: 0 })
  const port = (await run.ready) as number
  const udp = createSocket('udp4')
  udp.connect(port, '127.0.0.1')
  await once(udp, 'connect')
  const line = `<38>1 2026-07-01T05:20:04Z web-1 sshd 7 - - Failed password ${'x'.repeat(900)}`
  const most = 40_000
  let sent = 0
  const all = Promise.withResolvers<void>()
  // Without a pause for the receiver in between.
  for (let n = 0; n < most; n += 1)
    udp.send(line, (error) => {
      expect(error).toBeNull()
      sent += 1
      if (sent === most) all.resolve()
    })
  await all.promise
  await fetched(port)
  const { events, syslog } = await run.stop()
  udp.close()
  expect(syslog?.lost).toBeGreaterThan(0)
  expect(events + (syslog?.lost ?? 0)).toBe(most)
})
