import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { duties, factsAt, readCalendars, readFacts, readLaws, withOwnCalendars } from '../../src/response/index.ts'
import { shipped, shippedCalendars } from './laws.ts'

interface WantedDuty {
  status: string
  start?: string
  provisional?: boolean
  due?: string
  between?: [string, string]
  delayed?: string
  met: string[]
  exemptions?: string[]
  readings?: [string, string | null, boolean][]
  notes?: string[]
  notNotes?: string[]
  text?: string
  confidential?: boolean
}
interface Case {
  about: string
  now: string
  /** Only what was known at `now`: time travel. */
  asKnown?: boolean
  laws: string[]
  facts: object
}
interface Wanted {
  duties: Record<string, WantedDuty>
  notTriggered: Record<string, string>
  /** Beginning of the field of everything that is asked. */
  asked?: string[]
  earliest: string | null
}

const cases = path.resolve(import.meta.dirname, '../cases/response')
const read = <T>(name: string, file: string): T => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8')) as T

/** Own files of a case (`laws/*.yml`): contracts, licences, policies, invented. */
function ownLaws(name: string): ReturnType<typeof readLaws>['laws'] {
  const folder = path.join(cases, name, 'laws')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).map((file) => ({ name: file, text: readFileSync(path.join(folder, file), 'utf8') }))
  const { laws, faults } = readLaws(files)
  expect(faults).toEqual([])
  return laws
}

/** Own lists of holidays of a case (`calendars/*.yml`), before the shipped ones. */
function calendarsOf(name: string): ReturnType<typeof withOwnCalendars> {
  const folder = path.join(cases, name, 'calendars')
  if (!existsSync(folder)) return shippedCalendars.calendars
  const { calendars, faults } = readCalendars(
    readdirSync(folder).map((file) => ({ name: file, text: readFileSync(path.join(folder, file), 'utf8') })),
  )
  expect(faults).toEqual([])
  return withOwnCalendars(calendars, shippedCalendars.calendars)
}

test('there are at least 60 cases', () => {
  expect(readdirSync(cases).length).toBeGreaterThanOrEqual(60)
})

describe('due', () => {
  for (const name of readdirSync(cases)) {
    const input = read<Case>(name, 'in.json')
    test(`${name}: ${input.about}`, () => {
      const want = read<Wanted>(name, 'want.json')
      const now = Date.parse(input.now)
      const read1 = readFacts({ file: 'facts.json', text: JSON.stringify(input.facts) })
      const facts = input.asKnown === true ? factsAt(read1, now) : read1
      const all = [...shipped.laws, ...ownLaws(name)]
      const laws = all.filter((one) => input.laws.includes(one.id))
      expect(laws).toHaveLength(input.laws.length)
      const answer = duties({ facts, laws, calendars: calendarsOf(name), now })

      const got = Object.fromEntries(
        answer.duties.map((duty) => {
          const wanted = want.duties[duty.id]
          const shown: WantedDuty = {
            status: duty.status,
            ...(duty.start === undefined ? {} : { start: duty.start.event, provisional: duty.start.provisional }),
            ...(duty.due === undefined ? {} : { due: duty.due }),
            ...(duty.between === undefined ? {} : { between: [...duty.between] }),
            ...(duty.delayed === undefined ? {} : { delayed: duty.delayed.until }),
            met: duty.thresholds.map((one) => one.met),
            ...(duty.confidential === undefined ? {} : { confidential: true }),
          }
          const also: Partial<WantedDuty> = {
            ...(wanted?.exemptions === undefined ? {} : { exemptions: duty.exemptions.map((one) => one.text) }),
            ...(wanted?.readings === undefined
              ? {}
              : { readings: duty.readings?.map((one) => [one.event, one.due ?? null, one.contested]) ?? [] }),
          }
          const { notes, notNotes, text } = wanted ?? {}
          for (const note of notes ?? []) expect(duty.notes?.join('\n')).toContain(note)
          for (const note of notNotes ?? []) expect(duty.notes?.join('\n')).not.toContain(note)
          if (text !== undefined) expect(duty.dueText).toContain(text)
          const words = { ...(notes && { notes }), ...(notNotes && { notNotes }), ...(text !== undefined && { text }) }
          return [duty.id, { ...shown, ...also, ...words }]
        }),
      )
      expect(got).toEqual(want.duties)

      const missing = Object.entries(want.notTriggered).filter(
        ([key, why]) => !answer.notTriggered.some((one) => (one.duty === key || one.law.includes(key)) && one.why.includes(why)),
      )
      expect(missing).toEqual([])
      expect(answer.notTriggered.map((one) => one.duty ?? one.law)).toHaveLength(Object.keys(want.notTriggered).length)
      expect(answer.asked.map((one) => one.field)).toEqual(want.asked ?? [])
      expect(answer.triggerEvents.find((one) => one.earliest)?.id ?? null).toBe(want.earliest)
      expect(answer.triggerEvents.filter((one) => one.earliest).length).toBeLessThanOrEqual(1)
    })
  }
})
