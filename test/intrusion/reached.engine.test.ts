import { expect, test } from 'vitest'
import { storyFiles } from '../../src/app/index.ts'
import type { Story } from '../../src/intrusion/index.ts'
import { generated, type Generated } from '../drill/scenarios/generated.ts'

/** The stories told from the case folder of a generated estate. */
async function told(estate: Generated): Promise<readonly Story[]> {
  return (await storyFiles({ paths: [estate.path('.')], rules: [], watch: {} })).stories
}

const far = new Set(['read', 'staged', 'left'])

test('data unloaded from a warehouse: both objects with rows, bytes and categories, and no other object of the inventory', async () => {
  const estate = await generated('cloud-warehouse', 5, { work: 0.3 })
  try {
    const stories = await told(estate)
    const story = stories.find((one) => one.hosts.some(({ name }) => name === 'warehouse'))
    const reached = (story?.reached ?? []).flatMap(({ data, what }) => (data === undefined ? [] : [{ ...data, what }]))
    const objects = estate.truth.objects.map((one) => `${one.object} on warehouse`).sort()
    expect(objects.length).toBeGreaterThan(0)
    const left = reached.filter((one) => one.certainty === 'left')
    expect(left.map((one) => one.what).sort()).toEqual(objects)
    for (const one of left) {
      const wanted = estate.truth.objects.find((object) => `${object.object} on warehouse` === one.what)
      expect(one.categories).toEqual(wanted?.categories)
      expect(one.rows?.low).toBeGreaterThan(1_000_000)
      expect(one.first?.slice(0, 4)).toBe('2026')
    }
    const bytes = left.reduce((sum, one) => sum + (one.bytes?.high ?? 0), 0)
    expect(bytes).toBe(estate.truth.bytesOut)
    expect(reached.filter((one) => far.has(one.certainty) && !objects.includes(one.what))).toEqual([])
    expect(story?.containment?.steps.some((one) => one.removes?.kind === 'session')).toBe(true)
  } finally {
    estate.remove()
  }
}, 90_000)

test('three waves: directory and call records, packed and gone; what is read there every day is not said to be read', async () => {
  const estate = await generated('softcell', 5, { work: 0.3 })
  try {
    const stories = await told(estate)
    const reached = stories
      .flatMap((one) => one.reached)
      .flatMap(({ data, what, cites }) => (data === undefined ? [] : [{ ...data, what, cites }]))
    for (const { host, object } of estate.truth.objects) {
      const one = reached.find(({ what }) => what === `${object} on ${host}`)
      expect(far.has(one?.certainty ?? '')).toBe(true)
      expect(one?.object).toBeDefined()
      expect(one?.cites.length).toBeGreaterThan(0)
    }
    expect(reached.some((one) => one.certainty === 'left' && one.what.startsWith('transfer'))).toBe(true)
    const databases = reached.filter((one) => far.has(one.certainty) && one.object !== undefined && one.rows !== undefined)
    const wanted = new Set(estate.truth.objects.map(({ host, object }) => `${object} on ${host}`))
    expect(databases.filter((one) => !wanted.has(one.what))).toEqual([])
    const plans = stories.flatMap((one) => one.containment?.steps ?? [])
    expect(plans.filter((one) => one.removes?.name === 'krbtgt')).toHaveLength(2)
  } finally {
    estate.remove()
  }
}, 90_000)
