import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromCacao, lintPlaybook, minutesOf, toCacao, type Playbook } from '../../../src/response/index.ts'

const folder = join(import.meta.dirname, '../../../data/playbooks')
const shipped = readdirSync(folder).map((file) => ({ file, ...lintPlaybook(readFileSync(join(folder, file), 'utf8')) }))
const at = '2026-01-05T08:00:00.000Z'

test('the seven playbooks are sound, and the first step of each leaves the suspected channel', () => {
  expect(shipped.map(({ file }) => file)).toEqual([
    'claim-of-breach.yml',
    'covert-record-access.yml',
    'defacement.yml',
    'insider.yml',
    'recycled-or-fabricated.yml',
    'vendor-breach.yml',
    'web-shell-to-directory.yml',
  ])
  for (const { file, playbook, flaws } of shipped) {
    expect(flaws, file).toEqual([])
    expect(`${playbook?.id}.yml`).toBe(file)
    expect(playbook?.steps[0]?.id).toBe('out-of-band')
    expect(playbook?.steps.slice(1).every(({ after }) => after.length > 0)).toBe(true)
  }
})

test.each<[string, string, string, number, string]>([
  [
    'a wrong key',
    'id: a\nname: A\nwhen: now\nsteps:\n  - id: x\n    does: y\n    who: z\n    gives: g\n',
    'steps.0.do',
    5,
    'expected string',
  ],
  [
    'a step twice',
    'id: a\nname: A\nwhen: now\nsteps:\n  - {id: x, do: y, who: z, gives: g}\n  - {id: x, do: y, who: z, gives: g}\n',
    'steps.1.id',
    6,
    'stands twice',
  ],
  [
    'a step that waits for nobody',
    'id: a\nname: A\nwhen: now\nsteps:\n  - id: x\n    do: y\n    who: z\n    gives: g\n    after: [w]\n',
    'steps.0.after.0',
    9,
    'names no step: "w"',
  ],
  [
    'a circle',
    'id: a\nname: A\nwhen: now\nsteps:\n  - {id: x, do: y, who: z, gives: g, after: [w]}\n  - {id: w, do: y, who: z, gives: g, after: [x]}\n',
    'steps.0.after',
    5,
    'waits for itself: x, w',
  ],
  [
    'a duration in words',
    'id: a\nname: A\nwhen: now\nsteps:\n  - {id: x, do: y, who: z, gives: g, within: soon}\n',
    'steps.0.within',
    5,
    'PT4H',
  ],
  ['no YAML', 'id: [', '', 1, ''],
])('%s is named by line and field', (_, text, field, line, what) => {
  const { playbook, flaws } = lintPlaybook(text)
  expect(playbook).toBeUndefined()
  const found = flaws.find((one) => one.field === field)
  expect(found).toMatchObject({ line })
  expect(found?.what).toContain(what)
})

test('aliases that multiply are refused', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
    { length: 8 },
    (_, n) =>
      `${String.fromCodePoint(98 + n)}: &${String.fromCodePoint(98 + n)} [${Array(9)
        .fill(`*${String.fromCodePoint(97 + n)}`)
        .join()}]`,
  ).join('\n')}\n`
  expect(lintPlaybook(bomb).flaws[0]?.what).toBe('the file refers to itself too often')
})

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const words = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,.]{0,40}[a-z]$/)
const playbooks = fc
  .tuple(
    name,
    words,
    words,
    fc.uniqueArray(name, { minLength: 1, maxLength: 8 }),
    fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    fc.array(words, { minLength: 24, maxLength: 24 }),
  )
  .map(([id, title, when, ids, numbers, texts]): Playbook => {
    const pick = (at: number): number => numbers[at % numbers.length] ?? 0
    return {
      id,
      name: title,
      when,
      steps: ids.map((step, index) => ({
        id: step,
        do: texts[index] ?? 'x',
        who: texts[index + 8] ?? 'x',
        gives: texts[index + 16] ?? 'x',
        after: ids.slice(0, index).filter((_, before) => pick(index * 5 + before) % 3 === 0),
        disruptive: pick(index) % 2 === 0,
        ...(pick(index + 9) % 2 === 0 ? { within: 'P1DT2H' } : {}),
        ...(pick(index + 17) % 7 === 0 ? { expands: 'containment' as const } : {}),
      })),
    }
  })

test('a playbook goes to CACAO and comes back the same', () => {
  for (const { playbook } of shipped)
    if (playbook !== undefined) expect(fromCacao(toCacao(playbook, at), 'x').playbook).toEqual(playbook)
  fc.assert(
    fc.property(playbooks, (one) => {
      expect(fromCacao(toCacao(one, at), 'x')).toEqual({ playbook: one, remarks: [] })
    }),
  )
})

test('branches, conditions and a circle of a foreign playbook: steps wait for what is before them, commands are text', () => {
  const id = (kind: string, n: number): string => `${kind}--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const action = (name: string, next: string, more: object = {}): object => ({
    type: 'action',
    name,
    commands: [{ type: 'bash', command: 'rm -rf /' }],
    agent: id('group', 9),
    on_completion: next,
    ...more,
  })
  const document = {
    type: 'playbook',
    spec_version: 'cacao-2.0',
    id: id('playbook', 1),
    name: 'Foreign',
    workflow_start: id('start', 1),
    agent_definitions: { [id('group', 9)]: { type: 'group', name: 'soc' } },
    workflow: {
      [id('start', 1)]: { type: 'start', on_completion: id('action', 1) },
      [id('action', 1)]: action('First', id('parallel', 1)),
      [id('parallel', 1)]: { type: 'parallel', next_steps: [id('action', 2), id('action', 3)] },
      [id('action', 2)]: action('Left', id('if-condition', 1)),
      [id('action', 3)]: action('Right', id('action', 4)),
      [id('if-condition', 1)]: {
        type: 'if-condition',
        name: 'More?',
        condition: '__x__:value = 1',
        on_true: id('action', 1),
        on_false: id('action', 4),
      },
      [id('action', 4)]: action('Last', id('end', 1)),
      [id('end', 1)]: { type: 'end' },
    },
  }
  const { playbook } = fromCacao(document, 'foreign.json')
  expect(playbook.steps.map(({ id, after, who }) => [id, [...after].toSorted(), who])).toEqual([
    ['first', [], 'soc'],
    ['left', ['first'], 'soc'],
    ['right', ['first'], 'soc'],
    ['more', ['left'], 'incident lead'],
    ['last', ['more', 'right'], 'soc'],
  ])
  expect(playbook.steps[0]?.do).toBe('(bash) rm -rf /')
  expect(playbook.steps.find(({ id }) => id === 'more')?.do).toBe('decide: __x__:value = 1')
  for (const odd of [null, [], {}, { type: 'playbook', spec_version: 'cacao-1.1' }, { ...document, workflow: {} }])
    expect(() => fromCacao(odd, 'odd.json')).toThrow(/^odd\.json /)
})

test('minutes of durations', () => expect(['PT30M', 'PT4H', 'P1D', 'P1DT2H5M'].map(minutesOf)).toEqual([30, 240, 1_440, 1_565]))

const schemas = join(import.meta.dirname, '../../../../shared/data/schemas/cacao/schemas')

test.skipIf(!existsSync(schemas))(
  `what is exported fits the OASIS schemas of CACAO 2.0${existsSync(schemas) ? '' : ' (skipped: no shared data)'}`,
  () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    addFormats.default(ajv)
    for (const file of readdirSync(schemas, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.json')) ajv.addSchema(JSON.parse(readFileSync(join(schemas, file), 'utf8')) as object)
    const validate = ajv.getSchema('https://raw.githubusercontent.com/oasis-open/cacao-json-schemas/main/schemas/playbook.json')
    for (const { playbook } of shipped) {
      if (playbook === undefined) continue
      const document = JSON.parse(JSON.stringify(toCacao(playbook, at))) as Record<string, unknown>
      expect(validate?.(document), JSON.stringify(validate?.errors?.slice(0, 3))).toBe(true)
      expect(validate?.({ ...document, workflow_start: 'nowhere' })).toBe(false)
      expect(validate?.({ ...document, spec_version: 'cacao-1.0' })).toBe(false)
    }
  },
)
