import { expect, test } from 'vitest'
import { assess, type Findings } from '../../src/assessment/index.ts'
import type { Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'

const cite: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'a.evtx', at: { kind: 'whole' } }
const thread: Thread = {
  id: 'thread:x',
  actor: 'X',
  victims: [{ name: 'Meridian Telekom', standing: 'named', cites: [cite] }],
  posts: [],
  assertions: [{ id: 'A1', kind: 'access', by: 'actor', text: 'We are inside', cite }],
  demands: [],
  deadlines: [],
  statements: [],
  thirdParties: [],
}
const seen = { attackVersion: '18.1', techniques: 691, unsure: [], unnamed: [], byTactic: [] }
const coverage: Findings['coverage'] = {
  sources: [{ source: 'Security', hosts: ['app01'], from: '', to: '', events: 15, cites: [cite] }],
  gaps: [{ text: 'The log Security of app01 was cleared.', cites: [cite] }],
  visibility: [
    { ...seen, from: '', to: '', could: ['T1078', 'T1059.001'], not: ['T1190'] },
    { ...seen, from: '2026-01-06', to: '2026-01-20T23:59:59.999999Z', could: ['T1078'], not: ['T1059.001', 'T1190'] },
  ],
}

test('an open assertion stands beside what the logs could have shown in the period needed, and what speaks against them', () => {
  const [one] = assess([thread], { coverage, stories: { stories: [], detections: 0, events: 15, unjoined: 0 } }).assertions
  expect(one?.status).toBe('open')
  expect(one?.coverage.map((sentence) => sentence.text)).toEqual([
    'Security: 15 records of app01, times unreadable.',
    'Of the 691 techniques of ATT&CK 18.1 these logs could have shown 1 between 2026-01-06 and 2026-01-20; 2 are not visible in them at all.',
    'The log Security of app01 was cleared.',
  ])
  expect(one?.coverage[1]?.cites).toEqual([cite])
})

test('without logs nothing is said of what they could have shown', () => {
  const [one] = assess([thread], { coverage: { ...coverage, sources: [], gaps: [] } }).assertions
  expect(one?.coverage.map((sentence) => sentence.text)).toEqual(['No log of any system has been handed over.'])
})
