import { expect, test } from 'vitest'
import type { Desk } from '../../src/app/index.ts'
import { remoteLeaving } from '../../src/cli/remote-leaving.ts'
import { leavingRoutes } from '../../src/server/routes-leaving.ts'
import { throughRoutes, writingDown } from './through-routes.ts'

/** The desk behind the routes, as a command reaches it over HTTP; what reaches it is written down. */
function asking(): { readonly remote: ReturnType<typeof remoteLeaving>; readonly asked: unknown[] } {
  const asked: unknown[] = []
  const answers: Readonly<Record<string, unknown>> = {
    draft: { notice: { duty: 'x' }, bytes: Uint8Array.of(0, 255, 7) },
    letter: { letter: { lang: 'ms' }, bytes: Uint8Array.of(1, 2) },
    show: Uint8Array.of(37, 80, 68, 70),
    list: [{ number: 'notice-1' }],
    groups: [{ group: 'A' }],
    say: { number: 'D3' },
  }
  const desk = {
    notices: writingDown(asked, 'notices', (name) => answers[name] ?? { name }),
    telling: writingDown(asked, 'telling', (name) => ({ room: 'telling', name })),
    leave: (...given: unknown[]) => {
      asked.push(['leave', ...given])
      return Promise.resolve('a document')
    },
  }
  return { remote: remoteLeaving(throughRoutes(leavingRoutes(desk as unknown as Desk))), asked }
}

test('what a command asks of a served workspace reaches the desk as it was asked, and bytes come back as they were', async () => {
  const { remote, asked } = asking()
  const { notices, telling, leave } = remote
  const draft = await notices.draft('a b', { duty: 'law/step', format: 'pdf', phase: 'final' })
  expect([...draft.bytes]).toEqual([0, 255, 7])
  const letter = { duty: 'law/persons', lang: 'ms', items: ['name'], format: 'text' } as const
  expect([...(await notices.letter('a', letter)).bytes]).toEqual([1, 2])
  const filing = { duty: 'law/step', at: '2026-10-06T18:00:00Z', reason: 'Sent', told: 3 } as const
  await notices.file('a', filing)
  expect(await notices.list('a')).toEqual([{ number: 'notice-1' }])
  expect(Buffer.from(await notices.show('a', 'notice-1', 'pdf')).toString()).toBe('%PDF')
  const said = { part: 'summary', lang: 'en', text: 'What happened.' } as const
  expect(await notices.say('a', said, 'x')).toEqual({ number: 'D3' })
  expect(await notices.groups('a')).toEqual([{ group: 'A' }])
  await telling.groups('a')
  await telling.approve('a', { purpose: 'Letters', reason: 'x' })
  await telling.export('a', { approval: 'D5' })
  const sitrep = { kind: 'sitrep', json: false, releaseHolders: true, since: '2026-10-06T18:00:00Z' } as const
  expect(await leave('a', sitrep)).toBe('a document')
  await leave('a', { kind: 'affected' })
  expect(asked).toEqual([
    ['notices.draft', 'a b', { duty: 'law/step', format: 'pdf', phase: 'final' }],
    ['notices.letter', 'a', letter],
    ['notices.file', 'a', filing],
    ['notices.list', 'a'],
    ['notices.show', 'a', 'notice-1', 'pdf'],
    ['notices.say', 'a', said, 'x'],
    ['notices.groups', 'a'],
    ['telling.groups', 'a'],
    ['telling.approve', 'a', { purpose: 'Letters', reason: 'x' }],
    ['telling.export', 'a', { approval: 'D5' }],
    ['leave', 'a', sitrep],
    ['leave', 'a', { kind: 'affected' }],
  ])
})

test('what does not fit is refused before it reaches the desk', async () => {
  const { remote, asked } = asking()
  await expect(remote.leave('a', { kind: 'report', format: 'exe' } as never)).rejects.toThrow()
  await expect(remote.notices.draft('a', { duty: '', format: 'pdf' })).rejects.toThrow()
  await expect(remote.telling.approve('a', { purpose: ' ', reason: 'x' })).rejects.toThrow()
  expect(asked).toEqual([])
})
