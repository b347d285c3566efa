import { expect, test } from 'vitest'
import {
  htmlReport,
  posteriorOf,
  propositionsText,
  redactHolders,
  terminalAssessment,
  type CaseView,
} from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

type Verdict = CaseView['provenance'][number]['verdict']

const cite = madeUpView().assessment.assertions[0]?.cite

function verdictOf(view: CaseView): Verdict {
  const verdict = view.provenance[0]?.verdict
  if (verdict === undefined) throw new Error('no verdict')
  return verdict
}

/** A verdict with every member filled in; the names of copies hold a part of the holder's name, or none of it. */
function full(): CaseView {
  const view = madeUpView()
  const verdict = verdictOf(view)
  const [first, own] = verdict.sources
  if (first === undefined || own === undefined || cite === undefined) throw new Error('no source')
  const march = { ...first, copy: 'kestrel-march', cutDay: '2026-03-31', alsoHeldBy: ['kb', 'crm-own'] }
  const short = { ...first, copy: 'kb', cutDay: '2026-03-31', posterior: 0.0001, alsoHeldBy: ['kestrel-march'] }
  return {
    ...view,
    exhibits: view.exhibits.map((one) => (one.id === 'E4' ? { ...one, file: 'copies/Kestrel_March.csv' } : one)),
    provenance: [
      {
        sample: 'sample/sample.csv',
        verdict: {
          ...verdict,
          columns: [{ name: 'msisdn', meaning: 'msisdn', why: 'as in kestrel-march' }],
          sources: [march, short, { ...own, copy: 'crm-own' }],
          merged: { copies: ['kestrel-march', 'kb'], shares: [0.6, 0.4] },
          statement: 'The sample agrees with the extract cut for Kestrel Billing; it cannot be told apart from kb, crm-own.',
          propositions: {
            first: 'the rows were taken from the extract cut for Kestrel Billing Sdn Bhd on 2026-03-31',
            second: "the rows were taken from a copy of the operator's records that is not registered",
            log10LR: 3.42,
            words: 'strong support',
          },
          wouldChange: ['Registering the other hand-outs of the kind cut for Kestrel Billing would show whether one agrees.'],
          cannotShow: ['A sample says nothing about rows that were not shown.', 'Nor where kestrel-march has been.'],
          signs: [
            { sign: 'check-digits', log10LR: 1.5, sentence: { text: '99 % of the check digits are right.', cites: [cite] } },
          ],
          expert: {
            heat: {
              rows: [1, 2],
              copies: [
                { copy: 'kestrel-march', agreement: [10, 9] },
                { copy: 'kb', agreement: [4, -1] },
              ],
            },
            days: [{ from: '2026-03-30', to: '2026-03-31', log: 0 }],
            order: [
              { copy: 'kestrel-march', kept: 1, points: [[1, 1]] },
              { copy: 'crm-own', kept: 0.5, points: [[1, 7]] },
            ],
          },
        },
      },
    ],
  }
}

test('the report shows both propositions with ratio and words, the posterior with its prior, day, signs, limits', () => {
  const page = htmlReport(full(), { releaseHolders: true }).replaceAll(/\s+/g, ' ')
  expect(page).toContain(
    'The figures give strong support (log10 LR 3.4, ENFSI scale) for the proposition that the rows were taken from the extract cut for Kestrel Billing Sdn Bhd on 2026-03-31, over the proposition that the rows were taken from a copy of the operator&#39;s records that is not registered.',
  )
  expect(page).toContain('Posterior 99.3 %. equal over the four registered copies, 10 % for an unknown copy')
  expect(page).toContain('As of: 2026-09-30 (95 %: 2026-09-29 to 2026-10-01).')
  expect(page).toMatch(/What would change this.*other hand-outs.*What a sample cannot show.*rows that were not shown/)
  expect(page).toMatch(/<td class="nowrap">check digits<\/td> <td class="n">\+1\.5<\/td>/)
  expect(page).toContain('at least 6')
  expect(page).toContain('<td>msisdn</td> <td>msisdn</td> <td>as in kestrel-march</td>')
})

test('the terminal shows them as far as there is room, and never more than 40 lines', () => {
  const screen = terminalAssessment(full(), { width: 120, releaseHolders: true })
  expect(screen.split('\n').length).toBeLessThanOrEqual(40)
  const text = screen.replaceAll(/\s+/g, ' ')
  expect(text).toContain('strong support (log10 LR 3.4, ENFSI scale)')
  expect(text).toContain('As of 2026-09-30 (95 %: 2026-09-29 to 2026-10-01).')
  expect(text).toContain('equal over the four registered copies')
  expect(text).toContain('Would change it: Registering')
  expect(text).toContain('Cannot show: A sample says nothing')
  expect(text).toContain('Sign of real rows: 99 % of the check digits')
  expect(text).toMatch(/Copy .*How in .*Records .*Due .*Gaps /)
})

test('no member of a verdict names a holder or a copy named after one, unless released', () => {
  const view = full()
  for (const text of [JSON.stringify(redactHolders(view)), htmlReport(view), terminalAssessment(view, { width: 160 })]) {
    expect(text).not.toMatch(/kestrel/i)
    expect(text).not.toMatch(/\bkb\b/)
  }
  expect(htmlReport(view, { releaseHolders: true })).toContain('kestrel-march')
})

test('a copy goes by one name wherever it is told, copies of one holder and day stay apart, own copies keep theirs', () => {
  const verdict = verdictOf(redactHolders(full()))
  const [march, short, own] = verdict.sources
  const letter = march?.holder ?? ''
  expect(letter).toMatch(/^Holder [AB]$/)
  expect([march?.copy, short?.copy].toSorted()).toEqual([`${letter} (2026-03-31)`, `${letter} (2026-03-31, 2)`])
  expect(own?.copy).toBe('crm-own')
  expect(march?.alsoHeldBy).toEqual([short?.copy, 'crm-own'])
  expect(verdict.merged?.copies).toEqual([march?.copy, short?.copy])
  expect(verdict.expert?.heat.copies.map((one) => one.copy)).toEqual([march?.copy, short?.copy])
  expect(verdict.expert?.order.map((one) => one.copy)).toEqual([march?.copy, 'crm-own'])
  expect(verdict.propositions?.first).toBe(`the rows were taken from the extract cut for ${letter} on 2026-03-31`)
  expect(verdict.wouldChange?.[0]).toContain(letter)
  expect(verdict.expert?.heat.rows).toEqual([1, 2])
})

test('a ratio below one supports the second proposition; one near one supports neither', () => {
  const said = { first: 'A', second: 'B', log10LR: -2.5, words: 'moderately strong support' }
  expect(propositionsText(said)).toBe(
    'The figures give moderately strong support (log10 LR 2.5, ENFSI scale) for the proposition that B, over the proposition that A.',
  )
  expect(propositionsText({ ...said, log10LR: 0.1, words: 'no support for one over the other' })).toMatch(
    /no support for one .* \(log10 LR 0\.1\): that A; that B\.$/,
  )
  expect(propositionsText({ ...said, log10LR: 6, words: 'extremely strong support' })).toContain(
    '(log10 LR at least 6, ENFSI scale)',
  )
})

test('the posterior shown is that of the answer given', () => {
  const verdict = verdictOf(full())
  expect(posteriorOf(verdict)).toBe(0.9934)
  expect(posteriorOf({ ...verdict, verdict: 'unknown-copy', unknownCopy: 0.97 })).toBe(0.97)
  expect(posteriorOf({ ...verdict, verdict: 'recycled' })).toBe(0.0004)
  expect(posteriorOf({ ...verdict, verdict: 'login-list', fabricated: 0.97 })).toBe(0.97)
  expect(posteriorOf({ ...verdict, verdict: 'copies-not-separable' })).toBeCloseTo(0.9934 + 0.0001 + 0.0041, 6)
  expect(posteriorOf({ ...verdict, verdict: 'not-established' })).toBeUndefined()
})

test('thousands of columns do not fill the report, and none of them is markup', () => {
  const view = full()
  const columns = Array.from({ length: 2_000 }, (_, n) => ({ name: `<b>c${n}</b>`, meaning: 'ignored' }))
  const page = htmlReport({ ...view, provenance: [{ sample: 's', verdict: { ...verdictOf(view), columns } }] })
  expect(page).toContain('And 1,940 further columns.')
  expect(page).toContain('&lt;b&gt;c59&lt;/b&gt;')
  expect(page).not.toContain('c60&lt;')
  expect(page).not.toContain('<b>c')
})

test('a holder of two letters is not named either, and no other word is touched for it', () => {
  const view = madeUpView()
  const verdict = { ...verdictOf(view), statement: 'The sample agrees with the extract cut for KP on 2026-03-31; kp stays.' }
  const page = htmlReport({ ...view, holders: ['KP'], provenance: [{ sample: 's', verdict }] })
  expect(page).toMatch(/cut for Holder [AB] on 2026-03-31; kp stays/)
})
