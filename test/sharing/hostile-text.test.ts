import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { affectedCsv, htmlReport, terminalAssessment, type CaseView } from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

const cases = path.resolve(import.meta.dirname, '../cases/report')
const read = <T>(name: string, file: string): T => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8')) as T

// What the code itself switches on or the standard fixes; everything else is text that evidence could carry.
const fixedKeys = new Set([
  'kind',
  'status',
  'zone',
  'bound',
  'at',
  'held',
  'standing',
  'source',
  'generatedAt',
  'due',
  'unit',
  'met',
  'from',
  'to',
])

/** Every text of the view replaced by the hostile one, beside the original, so that no place is forgotten. */
function poison(value: unknown, hostile: string, key = ''): unknown {
  if (typeof value === 'string') return fixedKeys.has(key) ? value : `${hostile}${value}`
  if (Array.isArray(value)) return value.map((one) => poison(one, hostile, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poison(one, hostile, name)]))
}

const tags =
  'a,b,body,br,caption,code,div,footer,h1,h2,h3,head,header,html,li,main,meta,nav,p,rect,section,span,style,svg,table,tbody,td,th,thead,title,tr,ul'
const attributes = 'aria-hidden,charset,class,content,height,href,http-equiv,id,lang,name,preserveaspectratio,viewbox,width'

/** Tags and attributes, as a browser's parser sees them, that the report itself never writes. */
function strangers(page: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, given) {
      if (!tags.split(',').includes(name)) found.push(name)
      for (const key of Object.keys(given)) if (!attributes.split(',').includes(key)) found.push(`${name} ${key}`)
      if (given['href'] !== undefined && !given['href'].startsWith('#')) found.push(given['href'])
    },
  })
  parser.end(page)
  return found
}

describe('hostile text in every field', () => {
  for (const name of readdirSync(cases)) {
    const { about, text } = read<{ about: string; text: string }>(name, 'in.json')
    test(`${name}: ${about}`, () => {
      const want = read<{ absentFromHtml: string[]; absentFromTerminal: string[]; csvCell?: string }>(name, 'want.json')
      const view = poison(madeUpView(), text) as CaseView
      for (const releaseHolders of [true, false]) {
        const page = htmlReport(view, { releaseHolders })
        for (const absent of want.absentFromHtml) expect(page.split(absent).length - 1).toBe(0)
        expect(page.match(/<style>/g)).toHaveLength(1)
        expect(page.match(/<meta /g)).toHaveLength(5)
        expect(strangers(page)).toEqual([])
        const screen = terminalAssessment(view, { width: 100, releaseHolders })
        for (const absent of want.absentFromTerminal) expect(screen).not.toContain(absent)
        expect(screen).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
        expect(screen.split('\n').length).toBeLessThanOrEqual(40)
      }
      const csv = affectedCsv(view.affected)
      for (const line of csv.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+@\t]/)
      if (want.csvCell !== undefined) {
        const cell = affectedCsv({
          floor: 10,
          notes: [],
          groups: [{ source: text, category: 'x', suppressed: false, text: 'x', cites: [] }],
        })
        expect(cell).toContain(`\r\n${want.csvCell},x,`)
      }
    })
  }
})
