import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject } from 'vitest'
import { writeDrill } from '../../src/drill/index.ts'
import { breachline, envOf, type Ended } from './run-breachline.ts'

// What several files begin with is made by the first of them; each gets a copy of its own, with the keys. What a test is about is never taken from here.

/** The demo of 1,000 subscribers, answered: `workspace` and `keys` under `to`; gives how its run ended. */
export function demoIn(to: string): Promise<Ended> {
  return begun('demo', to, (at) =>
    breachline(['demo', '--no-serve', '--json', '--size', '1000', '--workspace', join(at, 'workspace')], { env: envOf(at) }),
  )
}

/** Id of the workspace of `drillIn`: it names the token key. */
export const drillWorkspaceId = '11111111-1111-4111-8111-111111111111'

/** A generated case, investigated: `drill`, `workspace` and `keys` under `to`; gives how its run ended. */
export function drillIn(to: string): Promise<Ended> {
  return begun('drill', to, async (at) => {
    await writeDrill({ scenario: 'demo', seed: 5, size: 1500, out: join(at, 'drill'), watch: {} })
    mkdirSync(join(at, 'workspace'))
    writeFileSync(join(at, 'workspace', 'workspace-id'), `${drillWorkspaceId}\n`)
    return breachline(['investigate', join(at, 'drill', 'case'), '--json', '--workspace', join(at, 'workspace')], {
      env: envOf(at),
    })
  })
}

async function begun(name: string, to: string, make: (at: string) => Promise<Ended>): Promise<Ended> {
  const at = join(inject('sharedFolder'), name)
  const told = join(at, 'ended.json')
  if (isFirst(at)) {
    const ended = await make(at).catch((error: unknown): Ended => ({ code: 1, signal: null, out: '', err: String(error) }))
    writeFileSync(`${told}.new`, JSON.stringify(ended))
    renameSync(`${told}.new`, told)
  } else while (!existsSync(told)) await new Promise((again) => setTimeout(again, 50))
  const ended = JSON.parse(readFileSync(told, 'utf8')) as Ended
  expect(ended.code, ended.err).toBe(0)
  // Large files of a case are referenced where they lie: the copy refers to the first, which stays as it is.
  cpSync(at, to, { recursive: true, preserveTimestamps: true })
  return ended
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
