import { expect, test } from 'vitest'
import { bytesSource } from '../../../src/base/index.ts'
import { openRecords } from '../../../src/formats/index.ts'
import { writeHandover, type CaseView } from '../../../src/sharing/index.ts'
import { madeUpView } from '../made-up-view.ts'

const view = madeUpView()
const inHouse = { releaseHolders: false }

interface Line {
  readonly message: string
  readonly datetime: string
  readonly timestamp: number
  readonly timestamp_desc: string
  readonly hostname?: string
  readonly status?: string
  readonly tag: readonly string[]
  readonly evidence: string
}

const linesOf = (of: CaseView): readonly Line[] =>
  writeHandover(of, 'timesketch', inHouse)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

test('every line for Timesketch has what it asks for, in order of time, and says where it stands in the evidence', () => {
  const [story] = view.stories?.stories ?? []
  if (view.stories === undefined || story === undefined) throw new Error('the view has no story')
  const move = {
    from: 'web-01',
    to: 'app-02',
    account: 'svc_batch',
    time: '2026-08-15T01:05:00.000000Z',
    means: 'SMB',
    certainty: 1,
    cites: story.steps[0]?.cites ?? [],
  }
  const lines = linesOf({ ...view, stories: { ...view.stories, stories: [{ ...story, lateralMovement: [move] }] } })
  expect(lines.map(({ timestamp_desc }) => timestamp_desc)).toEqual(
    expect.arrayContaining(['Post', 'Statement', 'Attack step', 'Lateral movement']),
  )
  for (const { message, datetime, timestamp, timestamp_desc, evidence } of lines) {
    expect(message).not.toBe('')
    expect(timestamp_desc).not.toBe('')
    expect(datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
    expect(timestamp).toBe(Date.parse(datetime) * 1_000 + Number(datetime.slice(23, 26)))
    expect(evidence).not.toBe('')
  }
  expect(lines.map(({ timestamp }) => timestamp)).toEqual(lines.map(({ timestamp }) => timestamp).toSorted((a, b) => a - b))
  expect(lines.find(({ timestamp_desc }) => timestamp_desc === 'Post')?.evidence).toMatch(/^E\d+ record 1$/)
})

test('a story says what was done with it; one that was rejected is left out, of every format', () => {
  const steps = (of: CaseView): readonly Line[] => linesOf(of).filter(({ timestamp_desc }) => timestamp_desc === 'Attack step')
  expect(steps(view).length).toBeGreaterThan(0)
  const [story] = view.stories?.stories ?? []
  const subject = `story:${story?.id ?? ''}`
  const [any] = view.findings
  if (any === undefined || story === undefined) throw new Error('the view has neither finding nor story')
  const ruled = (status: 'adopted' | 'rejected'): CaseView => ({
    ...view,
    findings: [...view.findings.filter((one) => one.subject !== subject), { ...any, kind: 'story', subject, status }],
  })
  expect(new Set(steps(ruled('adopted')).map(({ status }) => status))).toContain('adopted')
  const others = (view.stories?.stories ?? []).slice(1).flatMap(({ steps }) => steps).length
  expect(steps(ruled('rejected')).length).toBe(others)
  for (const format of ['iris', 'thehive'] as const)
    expect(writeHandover(ruled('rejected'), format, inHouse)).not.toContain(story.steps[0]?.text)
})

test('events for DFIR-IRIS are a table of its ten columns, whatever the text', async () => {
  const [thread] = view.threads
  if (thread === undefined) throw new Error('the view has no thread')
  const [post] = thread.posts
  if (post === undefined) throw new Error('the thread has no post')
  const odd = {
    ...view,
    threads: [{ ...thread, actor: 'a|b;c', posts: [{ ...post, text: '=cmd("x"), "quoted"\nnext line \u202e' }] }],
  }
  const table = await openRecords(bytesSource('events.csv', Buffer.from(writeHandover(odd, 'iris', inHouse))), 'csv')
  expect(table.columns).toEqual([
    'event_date',
    'event_tz',
    'event_title',
    'event_category',
    'event_content',
    'event_raw',
    'event_source',
    'event_assets',
    'event_iocs',
    'event_tags',
  ])
  const rows: (readonly string[])[] = []
  for await (const batch of table.rows) for (const { values } of batch.records) rows.push(values)
  expect(rows.length).toBe(linesOf(odd).length)
  for (const row of rows) {
    expect(row.length).toBe(10)
    expect(row[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
    expect(row[1]).toBe('+00:00')
  }
  const asPosted = rows.find((row) => row[9]?.includes('a b c'))
  expect(asPosted?.[4]).not.toMatch(/^=|\u202e|\n/)
})

test('a case for TheHive has its title, what stands, techniques, and tasks for what is due; nothing of it is markup or a link', () => {
  const made = JSON.parse(writeHandover(view, 'thehive', inHouse)) as {
    title: string
    description: string
    severity: number
    startDate: number
    tags: string[]
    tlp: number
    tasks: { title: string; group: string; dueDate?: number }[]
  }
  expect(made.title).toBe(view.case.title)
  expect([made.severity, made.tlp]).toEqual([2, 2])
  expect(made.description).toContain('contradicted: "Full customer base"')
  expect(made.startDate).toBe(
    Math.min(
      ...linesOf(view)
        .filter((line) => line.timestamp_desc !== 'Decision')
        .map(({ datetime }) => Date.parse(datetime)),
    ),
  )
  expect(made.tags).toContain('breachline')
  expect(made.tasks.length).toBe(view.due.duties.filter(({ status }) => status === 'running' || status === 'overdue').length)
  const hostile = { ...view, assessment: { ...view.assessment, headline: '<img src=x onerror=alert(1)> [here](http://x)' } }
  const { description } = JSON.parse(writeHandover(hostile, 'thehive', inHouse)) as { description: string }
  expect(description).not.toMatch(/<img|\[here\]\(|http:/)
})

test('holders of copies are named only when they are released', () => {
  for (const format of ['timesketch', 'iris', 'thehive'] as const) {
    expect(writeHandover(view, format, inHouse)).not.toMatch(/Kestrel/i)
    expect(writeHandover(view, format, { releaseHolders: true })).toMatch(format === 'thehive' ? /Kestrel/i : /./)
  }
})
