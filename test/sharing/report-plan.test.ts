import { expect, test } from 'vitest'
import { htmlReport, type CaseView } from '../../src/sharing/index.ts'
import type { ContainmentPlan } from '../../src/intrusion/index.ts'
import { madeUpView } from './made-up-view.ts'

const act = (n: number, phase: ContainmentPlan['steps'][number]['phase'], text: string): ContainmentPlan['steps'][number] => ({
  n,
  phase,
  text,
  rests: 'shown',
  steps: [1],
  after: [],
  cites: [],
})

function withPlan(containment: ContainmentPlan): CaseView {
  const view = madeUpView()
  const { stories } = view
  if (stories === undefined) throw new Error('the made-up case has stories')
  return { ...view, stories: { ...stories, stories: stories.stories.map((story) => ({ ...story, containment })) } }
}

test('the plan stands in the report in the order in which it is done, with what each act removes and rests on', () => {
  const page = htmlReport(
    withPlan({
      open: [{ text: 'The way in is not established.', cites: [] }],
      steps: [
        act(1, 'prepare', 'Agree on one window.'),
        { ...act(2, 'preserve', 'Memory of web-01 first.'), steps: Array.from({ length: 12 }, (_, n) => n + 1) },
        { ...act(3, 'cut', 'Isolate web-01.'), removes: { kind: 'host', name: 'web-01<b>' }, after: [2], rests: 'suspected' },
        act(4, 'rebuild', 'Build web-01 anew.'),
      ],
      watch: [{ text: 'A logon of svc_batch.', cites: [] }],
    }),
  )
  const places = [
    'Open before',
    'Agree on one',
    'Memory of web-01',
    'Isolate web-01.',
    'Build web-01 anew',
    'A logon of svc_batch',
  ]
  const found = places.map((text) => page.indexOf(text))
  expect(found.every((at) => at > 0)).toBe(true)
  expect(found).toEqual(found.toSorted((a, b) => a - b))
  expect(page).toContain('host web-01&lt;b&gt;')
  expect(page).not.toContain('web-01<b>')
  expect(page).toContain('1, 2, 3, 4, 5, 6, 7, 8 and 4 more')
  expect(page).toContain('<span class="mark">suspected</span>')
  expect(page).not.toContain('Reset what is known')
})

test('a story without a plan has no heading for one', () => {
  expect(htmlReport(madeUpView())).not.toContain('Containment plan')
})
