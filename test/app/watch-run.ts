import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watchSources, type WatchEntry, type WatchSummary } from '../../src/app/index.ts'

/** A folder of a test's own with rules in it: invented, one per sign in a request, and a correlation of three of them. */
export function watchFolder(): { folder: string; rules: string; workspace: string; logs: string } {
  const folder = mkdtempSync(join(tmpdir(), 'breachline-watch-'))
  const rules = join(folder, 'rules')
  const logs = join(folder, 'logs')
  mkdirSync(rules)
  mkdirSync(logs)
  writeFileSync(
    join(rules, 'request.yml'),
    `title: Marked request
name: marked_request
id: 11111111-1111-4111-8111-111111111111
logsource: { category: webserver }
detection:
  selection: { cs-uri-query|contains: 'mark=' }
  condition: selection
level: medium
`,
  )
  writeFileSync(
    join(rules, 'login.yml'),
    `title: Refused login
id: 22222222-2222-4222-8222-222222222222
logsource: { product: linux }
detection:
  words: ['Failed password']
  condition: words
level: low
`,
  )
  writeFileSync(
    join(rules, 'many.yml'),
    `title: Many marked requests
id: 33333333-3333-4333-8333-333333333333
level: high
correlation:
  type: event_count
  rules: [marked_request]
  group-by: [c-ip]
  timespan: 5m
  condition: { gte: 3 }
  generate: true
`,
  )
  return { folder, rules, logs, workspace: join(folder, 'workspace') }
}

/** A line of an access log; with a mark it hits. */
export function request(n: number, options: { mark?: boolean; ip?: string; minute?: number } = {}): string {
  const { mark = false, ip = '203.0.113.9', minute = Math.floor(n / 60) % 60 } = options
  const clock = `${String(5 + (Math.floor(n / 3600) % 12)).padStart(2, '0')}:${String(minute).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
  return `${ip} - - [01/Jul/2026:${clock} +0000] "GET /p.jsp?${mark ? 'mark' : 'n'}=${n} HTTP/1.1" 200 512 "-" "invented"\n`
}

type Options = Partial<Parameters<typeof watchSources>[0]> & { readonly paths: readonly string[] }

/** Follows in this process; `until` waits for a state of what was told. */
export function following(at: { rules: string; workspace: string }, options: Options): Following {
  const abort = new AbortController()
  const entries: WatchEntry[] = []
  const opened = Promise.withResolvers<number | undefined>()
  const ended = watchSources({
    rules: [at.rules],
    onlyGiven: true,
    workspace: at.workspace,
    world: { now: () => new Date().toISOString(), pid: process.pid, env: {}, home: at.workspace, user: 'tester' },
    once: false,
    told: (entry) => entries.push(entry),
    warn: () => undefined,
    ready: opened.resolve,
    signal: abort.signal,
    ...options,
  })
  ended.catch(opened.reject)
  opened.promise.catch(() => undefined)
  return {
    entries,
    ready: opened.promise,
    until: async (what, condition) => {
      for (const end = performance.now() + 20_000; !condition(entries);) {
        if (performance.now() > end) throw new Error(`never came: ${what}; there are ${JSON.stringify(entries)}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    stop: () => {
      abort.abort()
      return ended
    },
    ended,
  }
}

interface Following {
  readonly entries: readonly WatchEntry[]
  readonly ready: Promise<number | undefined>
  readonly until: (what: string, condition: (entries: readonly WatchEntry[]) => boolean) => Promise<void>
  readonly stop: () => Promise<WatchSummary>
  readonly ended: Promise<WatchSummary>
}

/** The marks that were told of, in order. */
export function marksIn(entries: readonly WatchEntry[]): number[] {
  return entries.flatMap((one) =>
    one.kind === 'detection' && one.title === 'Marked request'
      ? [Number(/mark=(\d+)/.exec(one.fields['cs-uri-query'] ?? '')?.[1])]
      : [],
  )
}

/** The journal on disk. */
export function journal(workspace: string, ...folder: readonly string[]): WatchEntry[] {
  return readFileSync(join(workspace, ...(folder.length === 0 ? ['run', 'watch'] : folder), 'journal.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as WatchEntry)
}
