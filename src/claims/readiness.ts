import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Checklist, Reading } from './thread.ts'

const lists = z
  .array(z.object({ key: z.string(), title: z.string(), words: z.string(), items: z.array(z.string()).min(1) }).strict())
  .parse(parse(readFileSync(join(import.meta.dirname, '..', '..', 'data', 'claims', 'lists', 'readiness.yaml'), 'utf8')))
  .map((one) => ({ ...one, words: new RegExp(one.words, 'i') }))

/** Checklists for the disruptions that the actor announces, each once, with the announcements they answer. */
export function readinessFor(readings: readonly Reading[]): Checklist[] {
  const announced = readings.filter((one) => one.kind === 'capability')
  return lists.flatMap((list): Checklist[] => {
    const answers = announced.filter((one) => lists.find((each) => each.words.test(one.text)) === list)
    return answers.length === 0
      ? []
      : [
          {
            key: list.key,
            title: list.title,
            items: list.items,
            readings: answers.map((one) => one.id),
            cites: answers.map((one) => one.cite),
          },
        ]
  })
}
