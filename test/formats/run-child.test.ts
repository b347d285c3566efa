import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { runChild, stoppedFault } from '../../src/formats/child/run-child.ts'

/** Runs one of the processes written beside this test. */
async function run(name: string, ms?: number): Promise<unknown> {
  const module = new URL(`./children/${name}`, import.meta.url)
  const got: unknown[] = []
  try {
    for await (const message of runChild({
      module,
      extension: 'ts',
      source: bytesSource('in', Buffer.from('0123456789')),
      request: { word: 'x' },
      ...(ms === undefined ? {} : { ms }),
    }))
      got.push(message.kind === 'value' ? message.value : Buffer.from(message.bytes).toString())
  } catch (error) {
    return stoppedFault(error, { code: 'x', what: 'thing', file: 'in' }).code
  }
  return got
}

test('a process reads by asking, has no environment, and cannot write or start others', async () => {
  expect(await run('asks')).toEqual([
    { word: 'x', name: 'in', size: 10 },
    '2345',
    { environment: ['NODE_NO_WARNINGS', 'TZ'], writes: false, starts: false },
  ])
})

test('one that is silent, ends early or eats memory is stopped and told', async () => {
  expect(await run('silent', 300)).toBe('x-timeout')
  expect(await run('dies')).toBe('x-reader-failed')
  expect(await run('eats')).toBe('x-memory')
}, 60_000)
