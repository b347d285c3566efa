import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cite } from '../../../src/evidence/index.ts'
import { applyChanges, readChange, recordsOf, type DecidedChange, type Story } from '../../../src/intrusion/index.ts'

const cite = (n: number): Cite => ({ kind: 'exhibit', sha256: 'a'.repeat(64), file: 'security.evtx', at: { kind: 'record', n } })
const time = (minute: number): string => `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000000Z`

const step = (n: number, host: string): Story['steps'][number] => ({
  time: time(n),
  host,
  tactic: 'execution',
  techniques: [],
  level: 'high',
  text: `step ${n}`,
  cites: [cite(n)],
})

/** A web server, from it a file server, and a backup host that an admin used. */
const web: Story = {
  id: 'S_web',
  score: 60,
  from: time(1),
  to: time(6),
  title: 'From WEB-1 over 3 hosts',
  initialAccess: { kind: 'web-server', where: 'WEB-1', time: time(1), certainty: 0.9, text: 'The first step.', cites: [cite(1)] },
  hosts: ['WEB-1', 'FILE-1', 'BACKUP-1'].map((name, at) => ({ name, status: 'compromised' as const, cites: [cite(at + 1)] })),
  accounts: [
    { name: 'svc-web', status: 'compromised', cites: [cite(1), cite(2)] },
    { name: 'backup', status: 'compromised', cites: [cite(5)] },
  ],
  lateralMovement: [
    { from: 'WEB-1', to: 'FILE-1', account: 'svc-web', time: time(2), means: 'smb', certainty: 0.9, cites: [cite(2)] },
    { from: 'FILE-1', to: 'BACKUP-1', account: 'backup', time: time(4), means: 'rdp', certainty: 0.6, cites: [cite(4)] },
  ],
  steps: [step(1, 'WEB-1'), step(2, 'FILE-1'), step(3, 'FILE-1'), step(5, 'BACKUP-1'), step(6, 'BACKUP-1')],
  reached: [{ what: 'archive on BACKUP-1', kind: 'collection', text: 'packed', cites: [cite(6)] }],
  gaps: [{ text: 'No log from BACKUP-1 between 02:00 and 04:00.', cites: [] }],
}
const later: Story = {
  ...web,
  id: 'S_later',
  score: 20,
  from: time(40),
  to: time(41),
  title: 'Steps over 1 host',
  hosts: [{ name: 'WEB-1', status: 'suspected', cites: [cite(40)] }],
  accounts: [],
  lateralMovement: [],
  steps: [step(40, 'WEB-1'), step(41, 'WEB-1')],
  reached: [],
  gaps: [],
}
const { initialAccess: _, ...withoutEntry } = later
const stories: readonly Story[] = [web, withoutEntry]

const cutBackup: DecidedChange = { change: { kind: 'cut', records: recordsOf(web, [4, 5]) }, decision: 'D1' }
const joinBoth: DecidedChange = {
  change: { kind: 'join', records: [web, later].flatMap((one) => recordsOf(one).slice(0, 1)) },
  decision: 'D2',
}
const texts = (all: readonly Story[]): string[] => all.flatMap((one) => one.steps.map(({ text }) => text)).toSorted()

test('what is cut becomes a story of its own: its host, account, archive and gap go with it, the way in stays', () => {
  const [rest, cut, other] = applyChanges(stories, [cutBackup])
  expect(rest).toMatchObject({ title: 'From WEB-1 over 2 hosts', score: 36, decisions: ['D1'], to: time(3) })
  expect(rest?.initialAccess?.where).toBe('WEB-1')
  expect(rest?.hosts.map((host) => host.name)).toEqual(['WEB-1', 'FILE-1'])
  expect(rest?.accounts.map((one) => one.name)).toEqual(['svc-web'])
  // The move that was cut through is in neither part.
  expect(rest?.lateralMovement.map((hop) => hop.to)).toEqual(['FILE-1'])
  expect([rest?.reached, rest?.gaps]).toEqual([[], []])
  expect(cut).toMatchObject({ title: 'Steps over 1 host', score: 24, decisions: ['D1'], from: time(5), to: time(6) })
  expect(cut?.initialAccess).toBeUndefined()
  expect(cut?.hosts.map((host) => host.name)).toEqual(['BACKUP-1'])
  expect(cut?.accounts.map((one) => one.name)).toEqual(['backup'])
  expect([cut?.lateralMovement.length, cut?.reached.length, cut?.gaps.length]).toEqual([0, 1, 1])
  expect(other).toBe(withoutEntry)
})

test('joined stories have the earlier way in, every host once with its strongest status, and all steps in order of time', () => {
  const [joined, ...others] = applyChanges([withoutEntry, web], [joinBoth])
  expect(others).toEqual([])
  expect(joined).toMatchObject({ score: 80, from: time(1), to: time(41), decisions: ['D2'], title: 'From WEB-1 over 3 hosts' })
  expect(joined?.hosts.find((host) => host.name === 'WEB-1')?.status).toBe('compromised')
  expect(joined?.hosts.find((host) => host.name === 'WEB-1')?.cites).toHaveLength(2)
  expect(joined?.steps.map((one) => one.time)).toEqual([1, 2, 3, 5, 6, 40, 41].map(time))
})

test('a change that does not fit changes nothing', () => {
  const strange: DecidedChange = { change: { kind: 'cut', records: ['R_unknown'] }, decision: 'D9' }
  const whole: DecidedChange = { change: { kind: 'cut', records: recordsOf(web) }, decision: 'D9' }
  const alone: DecidedChange = { change: { kind: 'join', records: recordsOf(web) }, decision: 'D9' }
  expect(applyChanges(stories, [strange, whole, alone])).toEqual(stories)
  expect(readChange({ kind: 'cut', records: [1] })).toBeUndefined()
  expect(readChange({ kind: 'drop', records: [] })).toBeUndefined()
  expect(readChange(cutBackup.change)).toEqual(cutBackup.change)
})

test('no change loses or doubles a step, and to apply all of them again gives the same', () => {
  const records = stories.flatMap((one) => recordsOf(one))
  const change = fc.record({ kind: fc.constantFrom('cut' as const, 'join' as const), records: fc.subarray(records) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
      const decided = changes.map((one, at) => ({ change: one, decision: `D${at + 1}` }))
      const once = applyChanges(stories, decided)
      expect(texts(once)).toEqual(texts(stories))
      const lastOnly = decided.slice(-1)
      expect(texts(applyChanges(once, decided))).toEqual(texts(stories))
      expect(applyChanges(once, lastOnly).map((one) => one.id)).toEqual(once.map((one) => one.id))
    }),
    { numRuns: 300 },
  )
})
