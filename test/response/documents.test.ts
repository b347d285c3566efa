import { expect, test } from 'vitest'
import {
  assessHarm,
  breachRegister,
  duties,
  icsOf,
  leavingDue,
  nextDue,
  notNotifiedText,
  proposals,
  readFacts,
  registerCsv,
  type Facts,
} from '../../src/response/index.ts'
import { shipped } from './laws.ts'

const now = Date.parse('2026-10-06T00:00:00Z')
const facts = (more: object = {}): Facts =>
  readFacts({
    file: 'f',
    text: JSON.stringify({
      jurisdictions: ['MY', 'EU'],
      roles: ['controller'],
      designations: { ncii: 'yes' },
      zone: '+08:00',
      judgements: { 'personal-data': 'yes', 'ncii-incident': 'yes' },
      candidates: [{ kind: 'detection', at: '2026-10-05T08:00:00', text: 'Found.' }],
      entries: { mitigation: '=cmd, "closed"', summary: 'An extract\nwas posted.' },
      ...more,
    }),
  })
const answer = (more: object = {}): ReturnType<typeof duties> =>
  duties({ facts: facts(more), laws: shipped.laws.filter((one) => /^(my-|eu-gdpr)/.test(one.id)), now })
const about = { title: 'Meridian, exercise; one', id: 'meridian', now: '2026-10-06T00:00:00.000000Z' }

test('R33 what rests on a designation is no finding, leaves in no answer, and is in no calendar unless asked for', () => {
  const due = answer()
  expect(due.duties.some((one) => one.id.startsWith('my-act-854/') && one.confidential === true)).toBe(true)
  expect(JSON.stringify(proposals(due))).not.toMatch(/854|NACSA|critical infrastructure/i)
  expect(JSON.stringify(leavingDue(due))).not.toMatch(/854|NACSA|critical information/i)
  expect(icsOf(due, about)).not.toMatch(/NACSA|initial particulars/)
  expect(icsOf(due, { ...about, confidential: true })).toMatch(/initial particulars/)
})

test('R33 a question about a designation, and the answer "no", do not leave either', () => {
  for (const designations of [{}, { ncii: 'no' }])
    expect(JSON.stringify(leavingDue(answer({ designations })))).not.toMatch(/854|critical information/i)
})

test('the calendar: lines of at most 75 octets with CRLF, one event a dated duty, reminders, text escaped, the same UID when the end moves', () => {
  const ics = icsOf(answer(), about)
  expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true)
  for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(ics.replaceAll('\r\n', '')).not.toContain('\n')
  expect(ics).toContain(String.raw`Meridian\, exercise\; one`)
  const dated = leavingDue(answer()).duties.filter((one) => one.due !== undefined)
  expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(dated.length)
  expect(ics.match(/BEGIN:VALARM/g)).toHaveLength(dated.length * 4)
  expect(ics).toContain('DTSTART:20261008T000000Z')
  expect(ics).toContain('STATUS:TENTATIVE')
  const moved = icsOf(answer({ decisions: [{ at: '2026-10-05T12:00:00', by: 'DPO', reason: 'x' }] }), about)
  const uids = (text: string): string[] => [...text.matchAll(/UID:(\S+)/g)].map((one) => one[1] ?? '').sort()
  expect(uids(moved)).toEqual(uids(ics))
  expect(moved).toContain('DTSTART:20261008T040000Z')
  expect(moved).toContain('STATUS:CONFIRMED')
})

test('R38 the calendar leaves out what is done, decided against, or has no date', () => {
  const done = { done: [{ duty: 'my-pdpa-12b/commissioner', at: '2026-10-05T12:00:00' }] }
  const against = { notNotified: [{ duty: 'eu-gdpr-33-34/authority', by: 'DPO', at: '2026-10-05T12:00:00', reason: 'x' }] }
  const ics = icsOf(answer({ ...done, ...against }), about)
  expect(ics).not.toContain('Notify the Commissioner')
  expect(ics).not.toContain('Notify the supervisory authority')
  expect(nextDue(leavingDue(answer({ ...done, ...against })))?.id).toBe('my-pdpa-12b/data-subjects')
})

test('R42 the decision not to notify says what was known: thresholds, exemptions, harm with who decided, the head of the chain', () => {
  const known = facts({
    harm: { data: ['contact'] },
    judgements: { 'personal-data': 'yes', 'high-risk': { answer: 'no', by: 'Dana | Or', reason: 'Few # data' } },
  })
  const due = duties({ facts: known, laws: shipped.laws.filter((one) => one.id === 'eu-gdpr-33-34'), now })
  const duty = due.duties[0]
  const text = notNotifiedText({
    decision: {
      number: 'D4',
      duty: 'eu-gdpr-33-34/authority',
      by: 'Dana | Or',
      at: '2026-10-06T00:00:00Z',
      reason: 'No <b>risk</b>',
      custody: { hash: 'ab12', count: 7 },
    },
    ...(duty === undefined ? {} : { duty }),
    law: duty?.law ?? '',
    harm: assessHarm(known),
    caseTitle: 'Meridian',
  })
  expect(text).toContain('# Decision D4: no notice under')
  expect(text).toContain('7 entries, head ab12')
  expect(text).toContain('Threshold, met: yes: personal data are involved')
  expect(text).toContain('Exemption, not decided: a risk to the rights and freedoms of persons is unlikely')
  expect(text).toContain('decided no by Dana \\| Or: Few \\# data')
  expect(text).toContain('no person has decided on it')
  expect(text).toContain('No \\<b\\>risk\\</b\\>')
  expect(text).not.toContain('<b>')
})

test('R43 the breach register: facts, effects, remedial action; what nobody entered says so; nothing confidential; no formula', () => {
  const lines = breachRegister([
    {
      id: 'b',
      title: 'Second',
      opened: '2026-10-06',
      facts: facts(),
      due: answer(),
      findings: [],
      measures: ['D2 Accounts disabled'],
      notNotified: [
        { number: 'D5', duty: 'eu-gdpr-33-34/authority', by: 'DPO', at: '2026-10-06', reason: 'Risk unlikely' },
        { number: 'D6', duty: 'my-act-854/six-hours', by: 'DPO', at: '2026-10-06', reason: 'Not reached' },
      ],
    },
    {
      id: 'a',
      title: 'First',
      opened: '2026-10-01',
      facts: facts({ entries: {} }),
      due: { ...answer(), duties: [] },
      findings: [],
      measures: [],
      notNotified: [],
    },
  ])
  expect(lines.map((one) => one.case)).toEqual(['a', 'b'])
  expect(lines[0]).toMatchObject({
    facts: '[MISSING]',
    effects: '[MISSING]',
    remedial: '[MISSING]',
    notified: 'no duty on the facts known',
    aware: 'not decided',
  })
  expect(lines[1]?.remedial).toContain('D2 Accounts disabled')
  expect(lines[1]?.notNotified).toContain('D5 eu-gdpr-33-34/authority')
  expect(JSON.stringify(lines)).not.toContain('854')
  const csv = registerCsv(lines)
  expect(csv.split('\r\n')).toHaveLength(4)
  for (const cell of csv.split('\r\n').flatMap((line) => line.split('","'))) expect(cell).not.toMatch(/^"?[=+@]/)
})
