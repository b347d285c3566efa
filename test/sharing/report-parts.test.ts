import { expect, test } from 'vitest'
import { assess } from '../../src/assessment/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import { htmlReport, terminalAssessment, type CaseView } from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

const cite: Cite = { kind: 'exhibit', sha256: '1'.repeat(64), file: 'f1', at: { kind: 'record', n: 1 } }

/** The invented case with its claim judged part by part. */
function judged(): CaseView {
  const view = madeUpView()
  const { threads, mismatches } = assess(
    [
      {
        ...view.threads[0]!,
        readings: [
          { id: 'R1', kind: 'access', by: 'actor', text: 'we own <b>your</b> systems', cite },
          { id: 'R2', kind: 'access', by: 'victim', text: 'We found nothing in our systems', cite },
        ],
      },
    ],
    {
      operator: 'Meridian Telekom',
      coverage: { sources: [], gaps: [] },
      inventory: [
        { kind: 'vendor', id: 'k', name: 'Kestrel Billing', status: 'active', services: [], entry: 'vendor:k', revision: 1 },
        { kind: 'log_source', id: 'vpn', owner: 'Network team', retentionDays: 30, entry: 'log_source:vpn', revision: 1 },
      ],
      needed: { from: '2026-10-01', to: '2026-10-06' },
      handed: [{ name: 'the server pam-01', kind: 'server', by: 'Kestrel Billing', installed: '2026-10-08', cites: [cite] }],
    },
  )
  return {
    ...view,
    holders: ['Kestrel Billing'],
    assessment: { ...view.assessment, threads: threads ?? [], mismatches: mismatches ?? [] },
  }
}

test('the report shows every part with what would settle it, whom to ask and by when', () => {
  const html = htmlReport(judged(), { releaseHolders: true })
  for (const text of [
    'The claim of v0idcrew, part by part',
    'Nothing of this claim is decided',
    'Somebody without leave was in systems of the operator.',
    'Ask Network team for vpn of 2026-10-01 to 2026-10-06',
    'Ask Kestrel Billing',
    'Handed over, and does not fit claim or sample',
    'was installed anew on 2026-10-08, 3 days after the claim became known on 2026-10-05',
    'Said, no evidence',
  ])
    expect(html).toContain(text)
})

test('a report without released holders asks nobody by the name of a holder, and escapes the words posted', () => {
  const html = htmlReport(judged())
  expect(html).not.toContain('Kestrel')
  expect(html).toMatch(/Ask Holder [A-Z]/)
  expect(html).not.toContain('<b>your</b>')
})

test('the terminal tells the claim in one sentence and what does not fit, within its 40 lines', () => {
  const lines = terminalAssessment(judged(), { width: 100 }).split('\n')
  expect(lines.length).toBeLessThanOrEqual(40)
  expect(lines.join(' ')).toContain('Nothing of this claim is decided')
  expect(lines.find((one) => one.startsWith('Handed'))).toContain('The server pam-01 was installed anew')
})

test('an answer kept before there were parts is shown without them', () => {
  const html = htmlReport(madeUpView())
  expect(html).not.toContain('part by part')
  expect(html).not.toContain('Handed over, and does not fit')
})
