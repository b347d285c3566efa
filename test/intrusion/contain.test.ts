import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withContainment, type ContainmentPlan, type Story } from '../../src/intrusion/index.ts'
import { readInventoryToml } from '../../src/inventory/index.ts'

const cases = join(import.meta.dirname, '../cases/intrusion/contain')

function planOf(name: string): { readonly story: Story; readonly plan: ContainmentPlan } {
  const given = JSON.parse(readFileSync(join(cases, name, 'in.json'), 'utf8')) as { inventory: string; story: Story }
  const { entries } = readInventoryToml(given.inventory, 'inventory.toml')
  const told = withContainment({ stories: [given.story], detections: 1, events: 1, unjoined: 0 }, entries)
  return { story: given.story, plan: told.stories[0]?.containment as ContainmentPlan }
}

/** A plan as lines that people can read in `want.json`. */
function lines({ open, steps, watch }: ContainmentPlan): string[] {
  const numbers = (all: readonly number[]): string => (all.length === 0 ? '-' : all.join(' '))
  return [
    ...open.map((one) => `open: ${one.text}`),
    ...steps.map(
      (one) =>
        `${one.n} ${one.phase}, ${one.rests}: ${one.text} | removes ${one.removes === undefined ? '-' : `${one.removes.kind} ${one.removes.name}`} | story ${numbers(one.steps)} | after ${numbers(one.after)} | ${one.cites.length} cites`,
    ),
    ...watch.map((one) => `watch: ${one.text}`),
  ]
}

for (const name of readdirSync(cases)) {
  test(`plan of ${name}`, () => {
    expect(lines(planOf(name).plan)).toEqual(JSON.parse(readFileSync(join(cases, name, 'want.json'), 'utf8')))
  })

  test(`the order of ${name} destroys no evidence, and every step rests on something`, () => {
    const { story, plan } = planOf(name)
    const phases = ['prepare', 'preserve', 'cut', 'reset', 'rebuild']
    const at = plan.steps.map((one) => phases.indexOf(one.phase))
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(plan.steps.map((one) => one.n)).toEqual(plan.steps.map((_, index) => index + 1))
    for (const one of plan.steps) {
      for (const earlier of one.after) expect(earlier).toBeLessThan(one.n)
      for (const step of one.steps) expect(story.steps[step - 1]).toBeDefined()
      if (one.phase !== 'prepare') expect(one.cites.length).toBeGreaterThan(0)
      expect(one.text.includes('suspicion')).toBe(one.rests === 'suspected')
    }
    const isolated = plan.steps.filter((one) => one.removes?.kind === 'host' && one.phase === 'cut')
    for (const one of isolated) expect(plan.steps[(one.after[0] ?? 0) - 1]?.text).toContain(one.removes?.name ?? 'a host')
  })
}

test('krbtgt is changed twice only where the directory was copied or a controller is held', () => {
  const changes = (name: string): number => planOf(name).plan.steps.filter((one) => one.removes?.name === 'krbtgt').length
  expect(changes('directory-copied')).toBe(2)
  expect(changes('vendor-session')).toBe(0)
})

test('accounts of machines and of the system are never to be disabled, and one account under two names is one', () => {
  const texts = planOf('directory-copied').plan.steps.map((one) => one.text)
  expect(texts.filter((text) => /iis apppool|nt authority|dc-1\$/.test(text))).toEqual([])
  const vendor = planOf('vendor-session').plan.steps.filter((one) => one.removes?.name.endsWith('v.northgate'))
  expect(vendor.map((one) => `${one.phase} ${one.removes?.kind}`)).toEqual(['cut access', 'reset secret'])
})
