import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { journal, marksIn, request, watchFolder } from '../app/watch-run.ts'
import { run } from './fake.ts'

const main = resolve(import.meta.dirname, '../../src/cli/main.ts')

interface Started {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly code: Promise<number | null>
}

/** The command as a process of its own. */
function start(at: ReturnType<typeof watchFolder>, args: readonly string[]): Started {
  const given = ['watch', ...args, '--only-rules', at.rules, '--workspace', at.workspace]
  const child = spawn(process.execPath, [main, ...given], {
    env: { ...process.env, BREACHLINE_KEYS: join(at.folder, 'keys') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()))
  return { child, out: () => out, err: () => err, code: once(child, 'close').then(([code]) => code as number | null) }
}

async function until(what: string, condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !condition();) {
    if (performance.now() > end) throw new Error(`never came: ${what}`)
    await pause(10)
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % below
  }
}

test(
  'killed again and again while lines are written and files are rotated: nothing is lost, nothing told twice',
  { timeout: 240_000 },
  async () => {
    const at = watchFolder()
    const plain = join(at.logs, 'plain.log')
    const turned = join(at.logs, 'turned.log')
    writeFileSync(plain, '')
    writeFileSync(turned, request(0))
    const draw = numbers(7)
    const marks = { plain: [] as number[], turned: [] as number[] }
    let n = 0
    let rest = ''
    const writing = new AbortController()
    let rotations = 0
    let mayRotate = false
    const line = (into: number[]): string => {
      n += 1
      const mark = draw(5) === 0
      if (mark) into.push(n)
      return request(n, { mark, ip: `198.51.100.${draw(4)}`, minute: Math.floor(n / 40) % 60 })
    }
    const writer = (async () => {
      while (!writing.signal.aborted) {
        const text = rest + Array.from({ length: 1 + draw(30) }, () => line(marks.plain)).join('')
        const cut = draw(text.length)
        appendFileSync(plain, text.slice(0, cut))
        rest = text.slice(cut)
        appendFileSync(turned, Array.from({ length: 1 + draw(10) }, () => line(marks.turned)).join(''))
        if (mayRotate) {
          mayRotate = false
          rotations += 1
          if (rotations % 2 === 0) renameSync(turned, `${turned}.${rotations}`)
          else {
            copyFileSync(turned, `${turned}.${rotations}`)
            truncateSync(turned, 0)
          }
          writeFileSync(turned, line(marks.turned), { flag: 'a' })
        }
        await pause(draw(20))
      }
    })()
    for (let kills = 0; kills < 6; kills += 1) {
      const one = start(at, [plain, turned, '--json', '--segment-bytes', '40000'])
      await until('the start', () => one.err().includes('following'))
      // A rotation each time: while it runs, or between two runs.
      if (kills % 2 === 0) mayRotate = true
      await pause(draw(700))
      one.child.kill('SIGKILL')
      expect(await one.code).toBeNull()
      if (kills % 2 === 1) mayRotate = true
      await pause(draw(100))
    }
    writing.abort()
    await writer
    appendFileSync(plain, rest)
    const last = start(at, [plain, turned, '--once', '--json'])
    expect(await last.code).toBe(0)

    const all = journal(at.workspace)
    expect(rotations).toBeGreaterThan(3)
    expect(all.map((one) => one.seq)).toEqual(all.map((_, index) => index + 1))
    const told = (path: string): number[] => marksIn(all.filter((one) => one.source === path))
    expect(told(plain).toSorted((a, b) => a - b)).toEqual(marks.plain)
    expect(told(turned).toSorted((a, b) => a - b)).toEqual(marks.turned)
    // The same as over the whole file.
    const whole = await run(['detect', plain, '--only-rules', at.rules, '--json'], at.folder)
    const found = whole.out
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => JSON.parse(each) as { rule?: string; place?: string; correlation?: unknown })
    const places = found.flatMap(({ rule, place, correlation }) =>
      rule === undefined || correlation !== undefined ? [] : [`${rule} ${place}`],
    )
    const watched = all.flatMap((one) =>
      one.kind === 'detection' && one.source === plain ? [`${one.rule} ${plain}#line ${one.line}`] : [],
    )
    expect(places.length).toBeGreaterThan(50)
    expect(watched.toSorted()).toEqual(places.toSorted())
    const segments = all.flatMap((one) => (one.kind === 'segment' && one.source === plain ? [one] : []))
    expect(segments.map((one) => one.segment)).toEqual(segments.map((_, index) => index + 1))
    expect(segments.map((one) => one.from)).toEqual([0, ...segments.slice(0, -1).map((one) => one.to)])
  },
)

test('with a case, closed segments become exhibits with custody, and the case verifies', { timeout: 60_000 }, async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  expect((await run(['case', 'new', '--title', 'Watched', '--workspace', at.workspace], at.folder)).code).toBe(0)
  writeFileSync(log, request(1) + request(2, { mark: true }))
  const one = start(at, [log, '--case', 'watched', '--json'])
  await until('a detection', () => one.out().includes('Marked request'))
  one.child.kill('SIGINT')
  expect(await one.code).toBe(130)
  const lines = one.out().trim().split('\n')
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ summary: { detections: 1, events: 2, segments: 1 } })
  const [detection, segment] = journal(at.workspace, 'cases', 'watched', 'watch')
  expect(detection).toMatchObject({ kind: 'detection', segment: 1, at: { kind: 'line', n: 2 } })
  expect(segment).toMatchObject({ kind: 'segment', segment: 1, exhibit: 'E1', why: 'stopped' })
  const shown = await run(['case', 'show', 'watched', '--cite', 'E1 line 2', '--workspace', at.workspace, '--json'], at.folder)
  expect(shown.out).toContain('mark=2')
  const verified = await run(['verify', 'watched', '--workspace', at.workspace, '--json'], at.folder)
  expect(verified.code).toBe(0)
})

test('a later segment of a log under its own header is an exhibit that is read by itself', { timeout: 60_000 }, async () => {
  const at = watchFolder()
  const log = join(at.logs, 'u_ex260701.log')
  const head = '#Software: invented\n#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n'
  const row = (second: number): string => `2026-07-01 05:20:0${second} 203.0.113.9 GET /p mark=${second} 200\n`
  expect((await run(['case', 'new', '--title', 'Headed', '--workspace', at.workspace], at.folder)).code).toBe(0)
  const once = [log, '--case', 'headed', '--once']
  writeFileSync(log, head + row(1))
  expect(await start(at, once).code).toBe(0)
  appendFileSync(log, row(2) + row(3))
  expect(await start(at, once).code).toBe(0)
  const all = journal(at.workspace, 'cases', 'headed', 'watch')
  const segments = all.flatMap((one) => (one.kind === 'segment' ? [one] : []))
  expect(segments.map((one) => [one.exhibit, one.headerLines])).toEqual([
    ['E1', undefined],
    ['E2', 2],
  ])
  // The journal's hash is of what was read; the exhibit has the header in front.
  expect(segments[1]?.sha256).toBe(sha256(Buffer.from(row(2) + row(3))))
  const last = all.findLast((one) => one.kind === 'detection')
  expect(last?.at).toEqual({ kind: 'line', n: 2 })
  const shown = async (cite: string): Promise<string> =>
    (await run(['case', 'show', 'headed', '--cite', cite, '--workspace', at.workspace, '--json'], at.folder)).out
  expect(await shown('E2 line 2')).toContain('#Fields: date time')
  expect(await shown('E2 line 4')).toContain('mark=3')
  expect((await run(['verify', 'headed', '--workspace', at.workspace], at.folder)).code).toBe(0)
})

test('killed while segments become exhibits: every byte is in one exhibit, once', { timeout: 120_000 }, async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  expect((await run(['case', 'new', '--title', 'Killed', '--workspace', at.workspace], at.folder)).code).toBe(0)
  const draw = numbers(3)
  let text = ''
  const write = (count: number): void => {
    const more = Array.from({ length: count }, (_, n) => request(text.length + n, { mark: n % 7 === 0 })).join('')
    text += more
    appendFileSync(log, more)
  }
  write(200)
  const args = [log, '--case', 'killed', '--segment-bytes', '3000']
  for (let kills = 0; kills < 4; kills += 1) {
    const one = start(at, args)
    await until('the start', () => one.err().includes('following'))
    for (let n = 0; n < 10; n += 1) {
      write(1 + draw(30))
      await pause(draw(40))
    }
    one.child.kill('SIGKILL')
    await one.code
    write(40)
  }
  expect(await start(at, [...args, '--once']).code).toBe(0)
  const all = journal(at.workspace, 'cases', 'killed', 'watch')
  const segments = all.flatMap((one) => (one.kind === 'segment' ? [one] : []))
  expect(segments.map((one) => one.from)).toEqual([0, ...segments.slice(0, -1).map((one) => one.to)])
  expect(segments.at(-1)?.to).toBe(Buffer.byteLength(text))
  expect(segments.map((one) => one.sha256)).toEqual(segments.map((one) => sha256(Buffer.from(text).subarray(one.from, one.to))))
  expect(segments.map((one) => one.exhibit)).toEqual(segments.map((_, index) => `E${index + 1}`))
  expect((await run(['verify', 'killed', '--workspace', at.workspace], at.folder)).code).toBe(0)
  const hits = text.split('\n').filter((line) => line.includes('mark=')).length
  expect(marksIn(all)).toHaveLength(hits)
})

test('--once with --fail-on ends with 10 when something reaches the level; wrong use ends with 2', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, request(1, { mark: true }))
  const args = ['--only-rules', at.rules, '--workspace', at.workspace, '--once']
  const loud = await run(['watch', log, ...args, '--fail-on', 'medium'], at.folder)
  expect([loud.code, loud.out.split('\n')[0]]).toEqual([
    10,
    `medium        2026-07-01T05:00:01.000000Z  Marked request (11111111-1111-4111-8111-111111111111) at ${log} line 1`,
  ])
  expect((await run(['watch', log, ...args, '--fail-on', 'low'], at.folder)).code).toBe(0)
  expect((await run(['watch', ...args], at.folder)).code).toBe(2)
  expect((await run(['watch', '--syslog', '70000', ...args], at.folder)).code).toBe(2)
  expect((await run(['watch', join(at.folder, 'no', 'such.log'), ...args], at.folder)).code).toBe(3)
})

test('leads of kept indicators are printed with source, date and markings', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  const list = join(at.folder, 'invented.csv')
  writeFileSync(log, request(1, { ip: '198.51.100.7' }) + request(2))
  writeFileSync(list, 'value,type,source,first_seen,tlp,pap\n198.51.100[.]7,ip,invented feed,2026-06-30,AMBER,GREEN\n')
  expect((await run(['hunt', '--iocs', list, '--keep', '--workspace', at.workspace], at.folder)).code).toBe(0)
  const args = ['--only-rules', at.rules, '--workspace', at.workspace, '--once']
  const told = await run(['watch', log, ...args, '--fail-on', 'low'], at.folder)
  expect([told.code, told.out.split('\n')[0]]).toEqual([
    0,
    `lead          2026-07-01T05:00:01.000000Z  ip 198.51.100.7 in c-ip (invented feed, 2026-06-30, TLP:AMBER, PAP:GREEN) at ${log} line 1`,
  ])
  expect(told.err).toContain('1 lead of 1 kept indicator')
})
