import { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { run } from './fake.ts'

const docs = readFileSync(join(import.meta.dirname, '../../docs/commands.md'), 'utf8')

/** Every command that does something, as it is typed: `copy add`. */
function leaves(): string[] {
  const program = new Command('breachline')
  const context = { exit: () => undefined } as unknown as Parameters<(typeof commands)[number]>[1]
  for (const register of commands) register(program, context)
  const walk = (command: Command, path: readonly string[]): string[] =>
    command.commands.length === 0 ? [path.join(' ')] : command.commands.flatMap((one) => walk(one, [...path, one.name()]))
  return walk(program, [])
}

test.each(leaves())('%s: help shows examples and --json, and the command stands in docs/commands.md', async (name) => {
  const { code, out } = await run([...name.split(' '), '--help'])
  expect(code).toBe(0)
  expect(out).toMatch(new RegExp(`Examples:\\n  breachline ${name}`))
  if (name !== 'serve') expect(out).toContain('--json')
  expect(docs).toContain(`breachline ${name}`)
})

test('what docs/commands.md shows is a command', () => {
  const known = leaves()
  const shown = [...docs.matchAll(/^ *breachline ([a-z-]+(?: [a-z-]+)?)/gm)].map((match) => match[1] ?? '')
  expect(shown.length).toBeGreaterThan(20)
  for (const one of shown) expect(known.some((name) => one === name || one.startsWith(`${name} `))).toBe(true)
})
