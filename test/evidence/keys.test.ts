import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listKeys, loadKey, newKey } from '../../src/evidence/index.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'breachline-keys-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return join(made, 'keys')
}

test('a key is stored with mode 600 and loads under the name of its person', () => {
  const directory = folder()
  const person = newKey({ directory, name: 'Aisha Rahman', role: 'incident lead' })
  const [name = ''] = readdirSync(directory)
  expect(name).toBe(`aisha-rahman-${person.fingerprint.slice(0, 8)}`)
  expect(statSync(join(directory, name, 'private.pem')).mode & 0o777).toBe(0o600)
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(loadKey({ directory, name: 'AISHA rahman' })).toMatchObject(person)
  expect(listKeys(directory)).toEqual([person])
})

test('names outside Latin letters work', () => {
  const directory = folder()
  newKey({ directory, name: '陳小明', role: 'analyst' })
  expect(loadKey({ directory, name: '陳小明' }).role).toBe('analyst')
})

test('a second key of the same name, an unknown name and an empty name are refused', () => {
  const directory = folder()
  newKey({ directory, name: 'Daniel', role: 'analyst' })
  expect(() => newKey({ directory, name: 'daniel ', role: 'analyst' })).toThrow(expect.objectContaining({ code: 'key-exists' }))
  expect(() => loadKey({ directory, name: 'Aisha' })).toThrow(expect.objectContaining({ code: 'key-missing' }))
  expect(() => newKey({ directory, name: '  ', role: 'analyst' })).toThrow(expect.objectContaining({ code: 'key-name' }))
})

test('a key others can read is refused; strange folders are passed over', () => {
  const directory = folder()
  newKey({ directory, name: 'Daniel', role: 'analyst' })
  mkdirSync(join(directory, 'junk'))
  writeFileSync(join(directory, 'junk', 'person.json'), '{"name":"Eve","role":"","publicKey":"x","fingerprint":"y"}')
  expect(listKeys(directory).map((person) => person.name)).toEqual(['Daniel'])
  const [name = ''] = readdirSync(directory).filter((each) => each !== 'junk')
  chmodSync(join(directory, name, 'private.pem'), 0o644)
  expect(() => loadKey({ directory, name: 'Daniel' })).toThrow(expect.objectContaining({ code: 'key-exposed' }))
  chmodSync(join(directory, name, 'private.pem'), 0o600)
  writeFileSync(join(directory, name, 'private.pem'), 'no key')
  expect(() => loadKey({ directory, name: 'Daniel' })).toThrow(expect.objectContaining({ code: 'key-unreadable' }))
})
