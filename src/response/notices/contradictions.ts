import { figuresOf, isBefore, sameFigure, tellingFigure, type Figure } from './figures.ts'
import type { FiledNotice } from './filed.ts'

/** What does not fit together: within the notice, or with one that was filed in the same case. */
export interface Contradiction {
  readonly about: Figure['about']
  readonly text: string
  /** The filed notice it disagrees with. */
  readonly with?: string
  /** The notice follows that one and says the change itself. */
  readonly said?: true
}

type Fields = Parameters<typeof figuresOf>[0]

const words: Readonly<Record<Figure['about'], string>> = {
  persons: 'number of persons',
  records: 'number of records',
  'incident-time': 'time of the incident',
  'detection-time': 'time of detection',
}
const compared = ['persons', 'records', 'incident-time', 'detection-time'] as const

/** Times and counts of a notice or letter held against each other and against every notice filed in the case. */
export function contradictions(options: {
  readonly fields: Fields
  /** Law and recipient of this notice. */
  readonly chain: string
  readonly filed: readonly FiledNotice[]
}): Contradiction[] {
  const own = figuresOf(options.fields)
  const found: Contradiction[] = [...withinOne(own)]
  // Of each chain the last word counts: what it corrected is corrected.
  const last = new Map(options.filed.map((one) => [one.chain, one]))
  for (const before of [...last.values()].toSorted((a, b) => (a.number < b.number ? -1 : 1)))
    for (const about of compared) {
      const mine = tellingFigure(own, about)
      const theirs = tellingFigure(figuresOf(before.fields), about)
      if (mine === undefined || theirs === undefined || sameFigure(mine, theirs)) continue
      const said = before.chain === options.chain
      found.push({
        about,
        with: before.number,
        text: `The ${words[about]} is ${mine.text} here and ${theirs.text} in ${before.number} to ${before.recipient}.`,
        ...(said ? { said: true } : {}),
      })
    }
  return found
}

function withinOne(own: readonly Figure[]): Contradiction[] {
  const found: Contradiction[] = []
  const persons = [...new Map(own.filter((one) => one.about === 'persons').map((one) => [one.value, one])).values()]
  const [first, second] = persons
  if (first !== undefined && second !== undefined)
    found.push({
      about: 'persons',
      text: `Different numbers of persons stand in it: ${persons.map((one) => `${one.text} ("${one.field}")`).join(', ')}. Say what each counts, or correct one.`,
    })
  const incident = tellingFigure(own, 'incident-time')
  const detection = tellingFigure(own, 'detection-time')
  if (incident !== undefined && detection !== undefined && isBefore(detection, incident))
    found.push({
      about: 'detection-time',
      text: `It says that the breach was detected (${detection.text}) before it happened (${incident.text}).`,
    })
  return found
}
