import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breachline, ownFolder, type Ended } from './run-breachline.ts'

const own = ownFolder('network')
afterAll(() => own.release())

const repository = resolve(import.meta.dirname, '../..')
const preload = `--import=${pathToFileURL(join(import.meta.dirname, 'no-network.mjs')).href}`
const traces = (...more: string[]): boolean => spawnSync('strace', [...more, '-f', '-qq', '-o', '/dev/null', 'true']).status === 0
const strace = traces()
let run: Ended

/** One demo, watched from within by Node and, where there is strace, from outside by the kernel. */
beforeAll(async () => {
  const demo = ['demo', '--no-serve', '--size', '1000', '--workspace', own.path('workspace')]
  // The text reader of pictures is given an empty environment: only the kernel sees it.
  const env = { ...own.env, NODE_OPTIONS: preload, BREACHLINE_TEST_NETWORK_RECORD: own.path('record') }
  if (!strace) {
    run = await breachline(demo, { env })
    return
  }
  const calls = ['-s', '400', '-e', 'trace=connect,sendto,sendmsg,execve', '-o', own.path('trace')]
  const { status, signal, stdout, stderr } = spawnSync(
    'strace',
    [
      ...(traces('--seccomp-bpf') ? ['--seccomp-bpf'] : []),
      '-ff',
      '-qq',
      ...calls,
      process.execPath,
      join(repository, 'bin', 'breachline'),
      ...demo,
    ],
    { env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', BREACHLINE_NO_INSTALL: '1', ...env }, encoding: 'utf8' },
  )
  run = { code: status, signal, out: stdout, err: stderr }
})

test('the demo reaches for nothing outside this machine, as Node sees it', () => {
  expect(run.code, run.err).toBe(0)
  expect(existsSync(own.path('workspace', 'cases'))).toBe(true)
  const lines = readFileSync(own.path('record'), 'utf8').trimEnd().split('\n')
  expect(lines.filter((line) => line.startsWith('watching')).length).toBeGreaterThan(0)
  expect(lines.filter((line) => !line.startsWith('watching'))).toEqual([])
})

test('the watch itself works: a connection outside is refused and written down', () => {
  const record = own.path('proof')
  const reach = (code: string): void => {
    const { status } = spawnSync(process.execPath, [preload, '--input-type=module', '-e', code], {
      env: { PATH: process.env['PATH'] ?? '', BREACHLINE_TEST_NETWORK_RECORD: record },
    })
    expect(status).not.toBe(0)
  }
  reach(`import { connect } from 'node:net'; connect(443, '192.0.2.1')`)
  reach(`import { connect } from 'node:tls'; connect({ port: 443, host: 'example.invalid' })`)
  reach(`import { lookup } from 'node:dns/promises'; await lookup('example.invalid')`)
  reach(`await fetch('https://example.invalid/')`)
  expect(readFileSync(record, 'utf8')).toMatch(
    /connect 192\.0\.2\.1:443[^]*connect example\.invalid:443[^]*dns lookup example\.invalid[^]*fetch https:/,
  )
})

test.skipIf(!strace)(
  `no process of the demo, the text reader of pictures included, opens a socket to another machine${strace ? '' : ' (skipped: no strace)'}`,
  () => {
    expect(run.code, run.err).toBe(0)
    const calls = readdirSync(own.path())
      .filter((name) => name.startsWith('trace.'))
      .flatMap((name) => readFileSync(own.path(name), 'utf8').split('\n'))
    // The picture reader runs under the trace too.
    expect(calls.some((line) => line.startsWith('execve') && line.includes('picture/child'))).toBe(true)
    const abroad = calls.filter((line) => /sa_family=AF_INET6?\b/.test(line) && !/inet_addr\("127\.|"::1"/.test(line))
    expect(abroad).toEqual([])
  },
)
