import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

interface Line {
  readonly rule?: string
  readonly level?: string
  readonly time?: string
  readonly place?: string
  readonly correlation?: {
    type: string
    group: Record<string, string>
    count: number
    events: { file: string; at: { n: number } }[]
  }
  readonly summary?: {
    correlations: number
    filters: number
    detections: number
    correlated: { hits: number }
    notLoaded: unknown[]
  }
}

const folder = scratch()
const logs = join(folder, 'logs')
const rules = join(folder, 'rules')
mkdirSync(logs)
mkdirSync(rules)
// Invented requests, over two servers whose logs cover the same minutes.
const request = (minute: number, ip: string, status: number): string =>
  `${ip} - - [01/Jul/2026:05:${String(minute).padStart(2, '0')}:00 +0000] "GET /login HTTP/1.1" ${status} 512 "-" "-"`
writeFileSync(
  join(logs, 'a.log'),
  `${[request(1, '203.0.113.9', 401), request(2, '203.0.113.8', 401), request(5, '203.0.113.9', 401)].join('\n')}\n`,
)
writeFileSync(join(logs, 'b.log'), `${[request(3, '203.0.113.9', 401), request(6, '203.0.113.9', 200)].join('\n')}\n`)
const refused = '00000000-0000-4000-8000-000000000001'
const many = '00000000-0000-4000-8000-000000000002'
writeFileSync(
  join(rules, 'many.yml'),
  `title: Refused
id: ${refused}
name: refused
logsource: {category: webserver}
detection: {s: {sc-status: 401}, condition: s}
---
title: Many refused
id: ${many}
level: high
correlation:
    type: event_count
    rules: [refused]
    group-by: [client]
    timespan: 10m
    condition: {gte: 3}
`,
)
const pipeline = join(folder, 'client.yml')
writeFileSync(pipeline, 'transformations:\n  - {type: field_name_mapping, mapping: {client: c-ip}}\n')
const options = ['--only-rules', rules, '--pipeline', pipeline]

async function found(...more: string[]): Promise<Line[]> {
  const { code, out, err } = await run(['detect', logs, ...options, ...more, '--json'], folder)
  expect([code, err]).toEqual([0, err])
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

test('a correlation over two logs cites every record; the rule it rests on is not reported on its own', async () => {
  const all = await found()
  const summary = all.at(-1)?.summary
  expect(summary).toMatchObject({
    correlations: 1,
    filters: 0,
    notLoaded: [],
    correlated: { hits: 4, withoutTime: 0, notKept: 0 },
  })
  const ours = all.filter((one) => one.rule === refused || one.rule === many)
  expect(ours).toHaveLength(1)
  const [one] = ours
  expect(one).toMatchObject({ level: 'high', time: '2026-07-01T05:05:00.000000Z', place: `${join(logs, 'a.log')}#line 3` })
  expect(one?.correlation).toMatchObject({ type: 'event_count', group: { client: '203.0.113.9' }, count: 3 })
  expect(one?.correlation?.events.map((cite) => [cite.file, cite.at.n])).toEqual([
    [join(logs, 'a.log'), 1],
    [join(logs, 'b.log'), 1],
    [join(logs, 'a.log'), 3],
  ])
})

test('--explain tells for a record whether it is part of what a correlation found', async () => {
  const explain = async (place: string): Promise<{ explanation: { holds: boolean; of: { what: string; holds: boolean }[] } }> => {
    const { out } = await run(['detect', logs, ...options, '--explain', many, '--cite', place, '--json'], folder)
    return JSON.parse(out) as { explanation: { holds: boolean; of: { what: string; holds: boolean }[] } }
  }
  const part = await explain(`${join(logs, 'b.log')}#line 1`)
  expect(part.explanation.holds).toBe(true)
  expect(part.explanation.of[1]?.what).toBe('event_count at least 3 within 10m, by client: this record is part of one')
  const other = await explain(`${join(logs, 'a.log')}#line 2`)
  expect(other.explanation.of.map((one) => one.holds)).toEqual([true, false])
  const unasked = await explain(`${join(logs, 'b.log')}#line 2`)
  expect(unasked.explanation.of.map((one) => one.holds)).toEqual([false, false])
})

test('a pipeline that asks for more than is supported stops the run and is named with its line', async () => {
  const bad = join(folder, 'bad.yml')
  writeFileSync(bad, 'transformations:\n  - {type: drop_detection_item}\n  - {type: query_expression_placeholders}\n')
  const { code, err } = await run(['detect', logs, '--only-rules', rules, '--pipeline', bad], folder)
  expect(code).toBe(3)
  expect(err).toContain(`${bad}, line 3: the transformation 'query_expression_placeholders' is not supported`)
})

test('--placeholders gives values; without them the rule is listed as not loaded', async () => {
  writeFileSync(
    join(rules, 'ours.yml'),
    `title: Ours\nid: 00000000-0000-4000-8000-000000000003\nlogsource: {category: webserver}\ndetection: {s: {'c-ip|expand': '%Ours%'}, condition: s}\n`,
  )
  const values = join(folder, 'values.yml')
  writeFileSync(values, 'Ours: [203.0.113.8]\n')
  const third = (lines: readonly Line[]): number =>
    lines.filter((one) => one.rule?.endsWith('3') === true && one.rule.startsWith('0000')).length
  const without = await found()
  expect(third(without)).toBe(0)
  expect(without.at(-1)?.summary?.notLoaded).toMatchObject([{ why: "no values are given for the placeholder '%Ours%'" }])
  const lines = await found('--placeholders', values)
  expect(third(lines)).toBe(1)
  expect(lines.at(-1)?.summary?.notLoaded).toEqual([])
})
