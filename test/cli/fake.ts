import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '../../src/cli/run.ts'

/** A folder of a test's own, with a folder for keys in it. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'breachline-cli-'))
}

/** What opens an empty case of the invented operator. */
export function newCase(title: string, id?: string): readonly string[] {
  const named = id === undefined ? [] : ['--id', id]
  return ['case', 'new', '--title', title, '--operator', 'Meridian Telekom', '--country', 'MY', '--zone', '+08:00', ...named]
}

/** Runs one command in this process with a terminal of strings. */
export async function run(
  args: readonly string[],
  home = scratch(),
  now = '2026-10-07T00:00:00.000Z',
): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await runCli(args, {
    world: {
      now: () => now,
      pid: process.pid,
      env: { BREACHLINE_KEYS: join(home, 'keys') },
      home,
      user: 'tester',
    },
    signal: new AbortController().signal,
    cwd: process.cwd(),
    terminal: { out: (text) => (out += text), err: (text) => (err += text), isTty: false, width: 100 },
  })
  return { code, out, err }
}
