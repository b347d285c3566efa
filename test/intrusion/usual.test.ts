import { expect, test } from 'vitest'
import type { Entry } from '../../src/inventory/index.ts'
import { isInside, shortName } from '../../src/intrusion/names.ts'
import { usualAdministration } from '../../src/intrusion/usual/administration.ts'
import { rolesOf } from '../../src/intrusion/usual/roles.ts'
import { move, sighting } from './made.ts'

const system = (id: string, type: string, hosts: readonly string[]): Entry => ({
  kind: 'system',
  id,
  name: id,
  type,
  hosts,
  internetFacing: false,
  data: [],
})
const roles = rolesOf([
  system('jump', 'jump host', ['JMP-1.corp.meridian.example']),
  system('patch', 'software distribution', ['patch-1']),
  system('calls', 'database', ['cdr-db-1']),
  {
    kind: 'vendor',
    id: 'kestrel',
    name: 'Kestrel Field Services',
    status: 'active',
    services: ['VPN account v.kestrel from 192.0.2.9'],
  },
  { kind: 'leaver', id: 'l1', account: 'MERIDIAN\\noor', left: '2026-03-10', systems: [] },
])
const span = { from: '2026-03-01T00:00:00.000000Z', to: '2026-03-30T00:00:00.000000Z' }
const day = (of: number, clock = '09:00'): string => `2026-03-${String(of).padStart(2, '0')}T${clock}:00.000000Z`
const admin = 'meridian\\adm.mei'

/** The administrator's days: from the desk to the jump host, from there to a server. */
const days = [2, 3, 4, 5, 9].flatMap((of) => [
  move({ time: day(of), from: 'ws-7', to: 'jmp-1', account: admin, control: true }),
  move({ time: day(of, '09:05'), from: 'jmp-1', to: `srv-${of}`, account: admin, control: true }),
])
const usual = (
  more: Parameters<typeof usualAdministration>[0] = [],
  odd: Parameters<typeof usualAdministration>[1]['odd'] = [],
) => usualAdministration([...days, ...more], { roles, span, odd, measured: new Set(['cdr-db-1']) })

test('an inventory tells roles, vendors and leavers; hosts by short name', () => {
  expect(roles.roleOf('jmp-1')).toBe('jump')
  expect(roles.roleOf('patch-1')).toBe('manager')
  expect(roles.roleOf('cdr-db-1')).toBe('store')
  expect(roles.roleOf('ws-7')).toBeUndefined()
  expect(roles.vendorOf('MERIDIAN\\v.kestrel')?.id).toBe('kestrel')
  expect(roles.vendorOf('kestrel')).toBeUndefined()
  expect(roles.vendorOf('')).toBeUndefined()
  expect(roles.leftOn('meridian\\noor')).toBe('2026-03-10')
})

test('what an administrator does from the usual jump host by the usual way is usual', () => {
  expect(usual()(sighting({ time: day(9, '09:06'), host: 'jmp-1', account: admin }))).toBe(true)
  expect(usual()(sighting({ time: day(9, '09:06'), host: 'srv-9', account: admin }))).toBe(true)
  // A service without an account belongs to whoever controlled the host just before.
  expect(usual()(sighting({ time: day(9, '09:06'), host: 'srv-9' }))).toBe(true)
  expect(usual()(sighting({ time: day(9, '15:00'), host: 'srv-9' }))).toBe(false)
})

test('the same account from another host, or by another way, is not usual', () => {
  const stolen = [move({ time: day(12), from: 'web-1', to: 'srv-1', account: admin, control: true })]
  expect(usual(stolen)(sighting({ time: day(12, '09:01'), host: 'srv-1', account: admin }))).toBe(false)
  const byAnotherWay = [
    move({ time: day(12), from: 'web-1', to: 'jmp-1', account: admin, control: true }),
    move({ time: day(12, '09:05'), from: 'jmp-1', to: 'srv-1', account: admin, control: true }),
  ]
  expect(usual(byAnotherWay)(sighting({ time: day(12, '09:06'), host: 'srv-1', account: admin }))).toBe(false)
  const other = sighting({ time: day(9, '09:06'), host: 'jmp-1', account: 'meridian\\adm.other' })
  expect(usual()(other)).toBe(false)
})

test('what came by mail or a removable drive is not usual, whoever opened it', () => {
  const seen = { time: day(9, '09:10'), host: 'jmp-1', account: admin } as const
  expect(usual()(sighting(seen))).toBe(true)
  for (const technique of ['T1566', 'T1566.001', 'T1091'])
    expect(usual()(sighting({ ...seen, techniques: [technique] }))).toBe(false)
  for (const technique of ['T1204.002', 'T1566x', 'T1059'])
    expect(usual()(sighting({ ...seen, techniques: [technique] }))).toBe(true)
})

test('for a day after a session from a strange place nothing of that account is usual', () => {
  const entry = { kind: 'vpn', text: 'It begins at the gateway.' } as const
  const strange = sighting({ time: day(9, '07:00'), host: 'vpn-1', account: 'adm.mei', entry })
  expect(usual([], [strange])(sighting({ time: day(9, '09:06'), host: 'jmp-1', account: admin }))).toBe(false)
  expect(usual([], [strange])(sighting({ time: day(4, '09:06'), host: 'jmp-1', account: admin }))).toBe(true)
})

test('a server that manages others is usual with an account used from there alone, and with no other', () => {
  const deploys = [move({ time: day(12), from: 'patch-1', to: 'srv-1', account: 'meridian\\svc_deploy', control: true })]
  const installed = sighting({ time: day(12, '09:01'), host: 'srv-1' })
  expect(usual(deploys)(installed)).toBe(true)
  const elsewhere = move({ time: day(12, '08:00'), from: 'web-1', to: 'srv-2', account: 'meridian\\svc_deploy', control: true })
  expect(usual([...deploys, elsewhere])(installed)).toBe(false)
})

test('where rows are counted a rule about reads counts in full only beside something unusual', () => {
  const read = sighting({ time: day(12), host: 'cdr-db-1', account: 'etl', eventClass: 'datastore' })
  expect(usual()(read)).toBe(true)
  const much = sighting({ time: day(12), host: 'cdr-db-1', account: 'etl', eventClass: 'datastore', bits: 6 })
  expect(usual([], [much])(read)).toBe(false)
  expect(usual()({ ...read, host: 'other-db' })).toBe(false)
})

test('logs of under two weeks tell nothing usual', () => {
  const short = { from: day(2), to: day(9) }
  const told = usualAdministration(days, { roles, span: short, odd: [], measured: new Set() })
  expect(told(sighting({ time: day(9, '09:06'), host: 'jmp-1', account: admin }))).toBe(false)
})

test('names lose their domain, addresses stay whole', () => {
  expect(shortName('FS-01.corp.meridian.example')).toBe('fs-01')
  expect(shortName('cifs/FS-01')).toBe('fs-01')
  expect(shortName('10.0.0.5')).toBe('10.0.0.5')
  expect(shortName('\\\\10.0.0.5')).toBe('10.0.0.5')
  expect(shortName('fd00::5')).toBe('fd00::5')
  expect(shortName('-')).toBe('')
  expect(['10.1.2.3', '172.20.0.1', 'fd00::1', 'srv-1', '100.64.0.9'].every(isInside)).toBe(true)
  expect(['192.0.2.1', '172.32.0.1', '2001:db8::1', '100.128.0.1'].some(isInside)).toBe(false)
})
