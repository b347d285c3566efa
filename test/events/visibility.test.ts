import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readVisibilityTable, visibilityReader } from '../../src/events/index.ts'

const table = readVisibilityTable(readFileSync(path.resolve(import.meta.dirname, '../../data/attack-visibility.json'), 'utf8'))
const reader = visibilityReader(table)
const seen = (...names: string[]): { kinds: { name: string; first: string; last: string }[] }[] => [
  { kinds: names.map((name) => ({ name, first: '2026-01-06T00:00:00.000000Z', last: '2026-01-08T00:00:00.000000Z' })) },
]

test('every technique stands in one list, and nothing is visible without logs', () => {
  expect(table.attack.version).toBe('18.1')
  const none = reader.of([])
  expect(none.could).toEqual([])
  expect(none.unsure).toEqual([])
  expect(none.not.length + none.unnamed.length).toBe(none.techniques)
  const some = reader.of(seen('eventlog/Security/4688'))
  const all = [...some.could, ...some.unsure, ...some.not, ...some.unnamed]
  expect(new Set(all).size).toBe(some.techniques)
  expect(all).toHaveLength(some.techniques)
})

test('a channel counts for the event ids that occur in it; without them the source is at hand and no more', () => {
  const logons = reader.of(seen('eventlog/Security/4624'))
  const processes = reader.of(seen('eventlog/Microsoft-Windows-Sysmon/Operational/1'))
  // Command and scripting interpreter, PowerShell: process creation or script blocks.
  expect(processes.could).toContain('T1059.001')
  expect(logons.could).not.toContain('T1059.001')
  expect(logons.could).toContain('T1078')
  // Security 4688 tells what Sysmon 1 tells.
  expect(reader.of(seen('eventlog/Security/4688')).could).toContain('T1059.001')
  // LSASS memory rests on process access: Sysmon 10.
  const lsass = reader.of(seen('eventlog/Microsoft-Windows-Sysmon/Operational/10'))
  expect(lsass.could).toContain('T1003.001')
  expect(reader.of(seen('eventlog/Microsoft-Windows-Sysmon/Operational/5')).unsure).toContain('T1003.001')
})

test('Linux, network and cloud logs count for their own analytics and not for those of Windows', () => {
  const audit = reader.of(seen('linux/auditd/SYSCALL/execve'))
  expect(audit.could).toContain('T1059.004')
  expect(audit.could).not.toContain('T1003.001')
  const reads = reader.of(seen('linux/auditd/SYSCALL/ptrace'))
  expect(reads.could).not.toContain('T1059.004')
  expect(reader.of(seen('//webserver')).could).toContain('T1190')
  expect(reader.of(seen('netflow//')).could.length).toBeGreaterThan(0)
  expect(reader.of(seen('azure/signinlogs/')).could).toContain('T1110.003')
  expect(reader.of(seen('postgresql//', 'other//', '//')).could.length).toBeLessThan(5)
})

test('the records of an endpoint product count like those of Sysmon', () => {
  expect(reader.of(seen('windows//process_creation')).could).toContain('T1059.001')
  expect(reader.of(seen('windows//')).could).toEqual([])
  const linux = reader.of(seen('linux//process_creation'))
  expect(linux.could.length).toBeGreaterThan(0)
  expect(linux.could).not.toContain('T1003.001')
  expect(reader.of(seen('solaris/auditd/')).could).toEqual([])
})

test('only kinds that occur within the period count', () => {
  const rows = seen('eventlog/Microsoft-Windows-Sysmon/Operational/1')
  expect(reader.of(rows, { from: '2026-01-08', to: '2026-01-09T23:59:59.999999Z' }).could).toContain('T1059.001')
  expect(reader.of(rows, { from: '2026-01-09', to: '2026-01-10' }).could).toEqual([])
})
