import { expect, test } from 'vitest'
import { carriedIn, unwrap } from '../../src/events/envelope.ts'

test('envelopes are taken off, inside each other too', () => {
  expect(unwrap({ preview: false, result: { _raw: 'x' } })).toEqual([{ _raw: 'x' }])
  expect(unwrap({ _index: 'i', _source: { a: 1 } })).toEqual([{ a: 1, _index: 'i' }])
  expect(unwrap({ took: 1, hits: { total: 2, hits: [{ _source: { a: 1 } }, { _source: { a: 2 } }] } })).toEqual([
    { a: 1 },
    { a: 2 },
  ])
  expect(unwrap({ '@odata.context': 'x', value: [{ a: 1 }] })).toEqual([{ a: 1 }])
  expect(unwrap({ Schema: [], Results: [{ a: 1 }, { a: 2 }] })).toHaveLength(2)
  expect(unwrap({ tables: [{ columns: [{ name: 'a' }, { name: '__proto__' }], rows: [[1, 2]] }] })).toEqual([{ a: 1 }])
})

test('lines that carry no record give none', () => {
  expect(unwrap({ index: { _index: 'i', _id: '1' } })).toEqual([])
  expect(unwrap({ preview: false, lastrow: true })).toEqual([])
  expect(unwrap({ results: [] })).toEqual([])
})

test('records that only look like envelopes stay as they are', () => {
  for (const value of [
    { result: { a: 1 }, time: 'x' },
    { index: { name: 'page', views: 5 } },
    { value: [{ a: 1 }], user: 'x' },
    { records: ['a'] },
    { tables: [{ name: 'a' }] },
    { _source: 'text' },
    { Channel: 'Security', EventID: 1, results: [{ a: 1 }] },
    {},
  ])
    expect(unwrap(value)).toEqual([value])
})

test('a nest of envelopes ends at a depth', () => {
  let value: object = { a: 1 }
  for (let i = 0; i < 40; i += 1) value = { _source: value }
  expect(unwrap(value as never)).toHaveLength(1)
})

test('text is carried only by envelopes that have not parsed it', () => {
  expect(carriedIn({ _raw: 'x', _time: 't', host: 'h', sourcetype: 's' })).toMatchObject({
    text: 'x',
    time: 't',
    host: 'h',
    app: 's',
  })
  expect(carriedIn({ '@timestamp': 't', message: 'x', 'host.name': 'h' })).toMatchObject({ text: 'x', host: 'h' })
  expect(carriedIn({ '@timestamp': 't', message: 'x', 'event.category': 'network' })).toBeUndefined()
  expect(carriedIn({ message: 'x' })).toBeUndefined()
  expect(carriedIn({ log: 'x' })).toBeUndefined()
  expect(carriedIn({ log: 'x', stream: 'stdout', time: 't' })).toMatchObject({ text: 'x' })
})
