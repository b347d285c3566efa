import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { duties, readFacts } from '../../src/response/index.ts'
import { shipped } from './laws.ts'

interface WantedDuty {
  status: string
  start?: string
  provisional?: boolean
  due?: string
  met: string[]
  readings?: [string, string, boolean][]
  notes?: string[]
  text?: string
}
interface Case {
  about: string
  now: string
  laws: string[]
  facts: object
}
interface Wanted {
  duties: Record<string, WantedDuty>
  notTriggered: Record<string, string>
  earliest: string | null
}

const cases = path.resolve(import.meta.dirname, '../cases/due')
const read = <T>(name: string, file: string): T => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8')) as T

describe('due', () => {
  for (const name of readdirSync(cases)) {
    const input = read<Case>(name, 'in.json')
    test(`${name}: ${input.about}`, () => {
      const want = read<Wanted>(name, 'want.json')
      const facts = readFacts({ file: 'facts.json', text: JSON.stringify(input.facts) })
      const laws = shipped.laws.filter((one) => input.laws.includes(one.id))
      expect(laws).toHaveLength(input.laws.length)
      const answer = duties({ facts, laws, now: Date.parse(input.now) })

      expect(answer.duties.map((one) => one.id).sort()).toEqual(Object.keys(want.duties).sort())
      for (const duty of answer.duties) {
        const wanted = want.duties[duty.id]
        expect({
          status: duty.status,
          start: duty.start?.event,
          provisional: duty.start?.provisional,
          due: duty.due,
          met: duty.thresholds.map((one) => one.met),
        }).toEqual({
          status: wanted?.status,
          start: wanted?.start,
          provisional: wanted?.provisional,
          due: wanted?.due,
          met: wanted?.met,
        })
        if (wanted?.readings !== undefined) {
          expect(duty.readings?.map((one) => [one.event, one.due, one.contested])).toEqual(wanted.readings)
        }
        for (const note of wanted?.notes ?? []) expect(duty.notes?.join('\n')).toContain(note)
        if (wanted?.text !== undefined) expect(duty.dueText).toContain(wanted.text)
        expect(duty.source.url).toMatch(/^https:/)
      }

      const missing = Object.entries(want.notTriggered).filter(
        ([key, why]) => !answer.notTriggered.some((one) => (one.duty === key || one.law.includes(key)) && one.why.includes(why)),
      )
      expect(missing).toEqual([])
      expect(answer.notTriggered).toHaveLength(Object.keys(want.notTriggered).length)
      expect(answer.triggerEvents.find((one) => one.earliest)?.id ?? null).toBe(want.earliest)
      expect(answer.triggerEvents.filter((one) => one.earliest).length).toBeLessThanOrEqual(1)
    })
  }
})
