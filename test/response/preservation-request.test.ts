import { expect, test } from 'vitest'
import { losing, type LogSource, type Registered } from '../../src/inventory/index.ts'
import { preservationRequest } from '../../src/response/index.ts'

const vpn: Registered<LogSource> = {
  kind: 'log_source',
  id: 'vpn-2',
  entry: 'log_source:vpn-2',
  revision: 1,
  host: 'vpn02',
  type: 'vpn',
  retentionDays: 30,
  owner: 'Network team',
}

function text(source: Registered<LogSource>, now: string): string {
  const [one] = losing({ sources: [source], now, from: '2026-01-06', to: '2026-01-20' })
  if (one === undefined) throw new Error('a source')
  return preservationRequest({ losing: one, reference: 'P_0123456789ab', by: 'Aisha Rahman', now, zone: '+08:00' })
}

test('source, host, days, until when in both zones, how, hashes, and how to answer', () => {
  const request = text(vpn, '2026-02-04T09:00:00Z')
  expect(request).toContain('Log source: vpn-2 (vpn of host vpn02)')
  expect(request).toContain('- 2026-01-06 to 2026-01-20, both days included')
  expect(request).toContain('Before 2026-02-05 00:00 UTC, 2026-02-05 08:00 (+08:00)')
  expect(request).toContain('To: Network team')
  expect(request).toContain('SHA-256 of every file')
  expect(request).toContain('P_0123456789ab')
  expect(request).not.toContain('EVTX')
  expect(request).not.toContain('Already past')
})

test('a day that is going is asked for at once; one that is gone is looked for in backups; none is promised where retention is unknown', () => {
  const late = text(vpn, '2026-02-07T09:00:00Z')
  expect(late).toContain('At once: the records of 2026-01-08 are being overwritten now')
  expect(late).toMatch(/backups, archives[^\n]*\n {2}- 2026-01-06 to 2026-01-07/)
  const { retentionDays: _, owner: __, ...unknown } = vpn
  const asked = text(unknown, '2026-02-07T09:00:00Z')
  expect(asked).toContain('How long these records are kept is not known here')
  expect(asked).not.toContain('Before 2026')
  expect(asked).toContain('To: the owner of this log source (not recorded')
})

test('what is kept how follows the kind of log, and evidence in names cannot write control characters', () => {
  expect(text({ ...vpn, type: 'evtx' }, '2026-01-21T00:00:00Z')).toContain('as EVTX')
  expect(text({ ...vpn, type: 'unheard-of', id: 'x' }, '2026-01-21T00:00:00Z')).toContain('as they were written')
  expect(text({ ...vpn, host: 'a\u001b[31mb' }, '2026-01-21T00:00:00Z')).not.toContain('\u001b')
})
