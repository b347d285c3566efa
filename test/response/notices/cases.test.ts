import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { letterGiven, noticeGiven, type Given } from './given.ts'

const cases = path.resolve(import.meta.dirname, '../../cases/notices')
const read = (name: string, file: string): unknown => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8'))

/** What a case is held against: every field, every point that is not answered, all that changed or does not fit. */
function told(given: Given): object {
  if (given.kind === 'letter') {
    const { sections, points, contradictions, remarks, items } = letterGiven(given)
    return {
      items,
      sections: Object.fromEntries(sections.map((one) => [one.key, one.lines.map((line) => `${line.rests}: ${line.text}`)])),
      open: points.filter((one) => one.state !== 'answered').map((one) => `${one.point}: ${one.todo ?? ''}`),
      points: points.length,
      contradictions: contradictions.map((one) => one.text),
      remarks: remarks.map((one) => `${one.where}: ${one.text}`),
    }
  }
  const { phase, fields, points, changes, contradictions, apart } = noticeGiven(given)
  return {
    phase,
    fields: Object.fromEntries(
      fields.map((one) => [
        one.label,
        one.answers.length > 0 ? one.answers.map((answer) => `${answer.rests}: ${answer.text}`) : (one.notNeeded ?? 'open'),
      ]),
    ),
    points: Object.fromEntries(points.flatMap((one) => (one.state === 'answered' ? [] : [[one.point, one.state]]))),
    changes,
    contradictions: contradictions.map((one) => `${one.said === true ? 'said: ' : ''}${one.text}`),
    apart: apart.map((one) => one.text),
  }
}

describe('notices and letters', () => {
  test('there are at least fifteen cases', () => expect(readdirSync(cases).length).toBeGreaterThanOrEqual(15))
  for (const name of readdirSync(cases)) {
    const given = read(name, 'in.json') as Given
    test(`${name}: ${given.about}`, () => expect(told(given)).toEqual(read(name, 'want.json')))
  }
})
