import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readIris, readTheHive, writeHandover } from '../../../src/sharing/index.ts'
import { madeUpView } from '../made-up-view.ts'

const view = madeUpView()

test('a case handed to TheHive comes back: title, tags, tasks with their dates', () => {
  const written = JSON.parse(writeHandover(view, 'thehive', { releaseHolders: true })) as {
    title: string
    tags: string[]
    tasks: { title: string; dueDate?: number }[]
  }
  const read = readTheHive(written, 'case.json')
  expect(read).toMatchObject({ tool: 'TheHive', title: written.title, observables: [], faults: [] })
  expect(written.tasks.length).toBeGreaterThan(0)
  expect(read?.tasks.map((one) => [one.text.split('\n')[0], one.due === undefined ? undefined : Date.parse(one.due)])).toEqual(
    written.tasks.map((one) => [`${one.title} (due)`, one.dueDate]),
  )
  for (const tag of written.tags) expect(read?.description).toContain(tag)
  expect(readIris(written, 'case.json')).toBeUndefined()
})

test('events handed to DFIR-IRIS come back as it exports them: times, titles, words, tags', () => {
  const [head = '', ...rows] = writeHandover(view, 'iris', { releaseHolders: true }).trimEnd().split('\n')
  const names = head.split(',')
  const cells = (row: string): string[] =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((one) => (one[1] ?? one[2] ?? '').replaceAll('""', '"'))
  const timeline = rows.map((row) => Object.fromEntries(cells(row).map((cell, at) => [names[at] ?? '', cell])))
  expect(timeline.length).toBeGreaterThan(3)
  // IRIS keeps the time in UTC without a zone, and the local time with its zone beside it.
  const exported = timeline.map(({ event_date = '', event_tz = '', ...rest }) => ({
    ...rest,
    event_date,
    event_tz,
    event_date_wtz: event_date,
    assets: ['web-01 (Linux Server)'],
  }))
  const read = readIris({ case: { name: 'Meridian' }, timeline: exported, iocs: [] }, 'case.json')
  expect(read?.faults).toEqual([])
  expect(read?.entries.map((one) => one.happened?.at.slice(0, 23))).toEqual(timeline.map((one) => one['event_date']))
  expect(read?.entries.every((one) => one.happened?.zone === 'stated')).toBe(true)
  for (const [at, one] of timeline.entries()) {
    expect(read?.entries[at]?.text).toContain(one['event_title'])
    expect(read?.entries[at]?.text).toContain('assets: web-01 (Linux Server)')
  }
  expect(readTheHive({ case: { name: 'Meridian' }, timeline: exported }, 'case.json')).toBeUndefined()
})

test('what does not fit is a fault with its place, and the rest is read', () => {
  const read = readIris(
    {
      case: { name: 'X', description: null },
      timeline: [{ event_title: 'no time' }, 7, { event_title: 'late', event_date: '2026-10-06 09:12:00', event_tz: '+00:00' }],
      iocs: [{ ioc_value: '203.0.113.9', type_name: 'ip-any' }, { type_name: 'ip-any' }],
      notes: [{ note_title: '', note_content: '' }],
      tasks: [{ task_title: 'Ask', task_status: 'Done' }],
      evidences: [{ filename: 'disk.e01' }],
    },
    'iris.json',
  )
  expect(read?.entries.map((one) => [one.kind, one.place])).toEqual([
    ['timeline', 'timeline[2]'],
    ['note', 'evidences[0]'],
  ])
  expect(read?.entries[0]?.happened).toMatchObject({ at: '2026-10-06T09:12:00.000000Z', zone: 'assumed' })
  expect(read?.tasks).toMatchObject([{ text: 'Ask', closed: 'Done in DFIR-IRIS' }])
  expect(read?.observables).toMatchObject([{ text: '203.0.113.9', bad: true, place: 'iocs[0]' }])
  expect(read?.faults.map((one) => [one.where.file, one.where.field])).toEqual([
    ['iris.json', 'timeline[0]'],
    ['iris.json', 'timeline[1]'],
    ['iris.json', 'notes[0]'],
    ['iris.json', 'iocs[1]'],
  ])
})

test('observables inside and beside a case of TheHive; files without data are named', () => {
  const read = readTheHive(
    {
      case: {
        title: 'T',
        severity: 3,
        startDate: 1_790_000_000_000,
        observables: [{ dataType: 'ip', data: '203.0.113.9', ioc: true, tlp: 2 }],
      },
      observables: [{ dataType: 'fqdn', data: 'cdn.example', ioc: false }, { dataType: 'file' }],
      tasks: [{ title: 'Ask', status: 'Completed', dueDate: 1_790_000_000_000 }],
    },
    'hive.json',
  )
  expect(read?.observables.map((one) => [one.text, one.bad, one.tlp])).toEqual([
    ['cdn.example', false, undefined],
    ['203.0.113.9', true, 'amber'],
  ])
  expect(read?.tasks).toMatchObject([{ closed: 'Completed in TheHive' }])
  expect(read?.faults.map((one) => one.where.field)).toEqual(['observables[1]'])
})

test('bounds: long texts are cut and said, entries past the limit are counted, no number of them is an error', () => {
  const read = readIris(
    {
      case: { name: 'X', description: 'd'.repeat(20_000) },
      iocs: Array.from({ length: 20_005 }, () => ({ ioc_value: 'cdn.example', type_name: 'domain' })),
    },
    'iris.json',
  )
  expect(read?.observables).toHaveLength(20_000)
  expect(read?.description.length).toBeLessThan(16_100)
  expect(read?.faults.map((one) => one.where.field)).toEqual(['iocs', 'case.description'])
})

test('whatever stands in a file, it is read, or it is no case', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
      for (const value of [
        a,
        { case: a, timeline: b, iocs: c },
        { title: 'x', severity: 1, tasks: a, observables: b, comments: c },
      ]) {
        readIris(value, 'x')
        readTheHive(value, 'x')
      }
    }),
    { numRuns: 300 },
  )
})
