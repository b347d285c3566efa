import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A `breachline serve` of the test's own. */
export interface Serving {
  readonly port: number
  readonly token: string
  /** Opens the page, once. */
  readonly link: string
  stop(): Promise<void>
}

/** Serves a workspace in the name of a person; there when the page can be opened. */
export async function serving(workspace: string, as: string, env: Readonly<Record<string, string>>): Promise<Serving> {
  const server = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../../bin/breachline'), 'serve', '--workspace', workspace, '--as', as],
    {
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', BREACHLINE_NO_INSTALL: '1', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let told = ''
  for await (const chunk of server.stdout) {
    told += String(chunk)
    if (told.includes('Ctrl-C')) break
  }
  if (!told.includes('Ctrl-C')) throw new Error(`the server ended: ${told}`)
  const note = JSON.parse(readFileSync(join(workspace, 'run', 'serve.json'), 'utf8')) as { port: number; token: string }
  return {
    ...note,
    link: /http:\S+\/open\/\S+/.exec(told)?.[0] ?? '',
    async stop() {
      if (server.exitCode !== null) return
      const ended = new Promise((resolved) => server.once('exit', resolved))
      server.kill('SIGINT')
      await ended
    },
  }
}
