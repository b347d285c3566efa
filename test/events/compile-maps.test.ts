import { expect, test } from 'vitest'
import { compileMaps } from '../../src/events/compile-maps.ts'
import type { RawRecord } from '../../src/events/raw-record.ts'
import type { SourceMap } from '../../src/events/source-map.ts'

const map = (more: Partial<SourceMap>): SourceMap => ({ name: 'a', documentation: 'Example manual', forms: ['text'], ...more })
const record = (more: Partial<RawRecord>): RawRecord => ({
  form: 'text',
  fields: {},
  text: '',
  app: '',
  outer: { host: '', times: [] },
  ...more,
})

test('a wrong map is refused', () => {
  expect(() => compileMaps([map({}), map({})])).toThrow('wrong or taken')
  expect(() => compileMaps([map({ name: 'A b' })])).toThrow('wrong or taken')
  expect(() => compileMaps([map({ forms: [] })])).toThrow('forms and documentation')
  expect(() => compileMaps([map({ documentation: '' })])).toThrow('forms and documentation')
  expect(() => compileMaps([map({ messages: [{ like: 'x {a:number}' }] })])).toThrow('unknown slot')
  expect(() => compileMaps([map({ kinds: [{ when: {} }] })])).toThrow('without a condition')
})

test('a map takes records by form, program and fields; the first that fits', () => {
  const find = compileMaps([
    map({ name: 'one', apps: ['ovpn*'] }),
    map({ name: 'two', when: { a: true, b: 'x', c: ['1', '2*'] } }),
    map({ name: 'three', forms: ['pairs', 'cef'] }),
  ])
  expect(find(record({ app: 'OVPN-server' }))?.source).toBe('one')
  expect(find(record({ app: 'vpn' }))).toBeUndefined()
  expect(find(record({ fields: { a: '1', b: 'X', c: '21' } }))?.source).toBe('two')
  expect(find(record({ fields: { a: '', b: 'x', c: '1' } }))).toBeUndefined()
  expect(find(record({ fields: { a: '1', b: 'x', c: '3' } }))).toBeUndefined()
  expect(find(record({ form: 'cef' }))?.source).toBe('three')
})

test('a message adds its slots and meaning, a kind adds to both, and only-messages maps leave the rest to others', () => {
  const find = compileMaps([
    map({
      name: 'one',
      class: 'other',
      set: { from: 'map' },
      messages: [{ like: 'login of {user}', class: 'authentication', set: { outcome: 'success' } }],
      kinds: [{ when: { user: 'root' }, category: 'x', set: { outcome: 'noted' } }],
      onlyMessages: true,
    }),
    map({ name: 'two' }),
  ])
  expect(find(record({ text: 'login of ops' }))).toMatchObject({
    source: 'one',
    fields: { user: 'ops' },
    meaning: { class: 'authentication', set: { from: 'map', outcome: 'success' } },
  })
  expect(find(record({ text: 'login of root' }))?.meaning).toMatchObject({
    category: 'x',
    set: { from: 'map', outcome: 'noted' },
  })
  expect(find(record({ text: 'logout of ops' }))?.source).toBe('two')
})
