import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { test } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'

/** The program as it is started in a checkout. */
export const main = join(import.meta.dirname, '../../src/cli/main.ts')
/** The browser of this machine, if there is one. */
export const executablePath = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const inBrowser = test.skipIf(executablePath === undefined)

/** The real program, until stopped; there when it has printed the link that opens the page. */
export async function startProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly link: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const link = await new Promise<string>((resolve, reject) => {
    let output = ''
    const see = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = /The page: (http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    server.stdout.on('data', see)
    server.stderr.on('data', see)
    server.on('exit', (code) => reject(new Error(`the program ended with ${code}: ${output.slice(-2000)}`)))
  })
  return {
    link,
    async stop() {
      if (server.exitCode !== null) return
      const gone = once(server, 'exit')
      server.kill('SIGTERM')
      await gone
    },
  }
}

/** A browser that opened a link; `complaints` gathers what its console calls an error. */
export async function openBrowser(
  link: string,
): Promise<{ readonly page: Page; readonly complaints: string[]; close(): Promise<void> }> {
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(link)
  await page.getByRole('main').waitFor()
  return { page, complaints, close: () => browser.close() }
}

/** What stands in the way of people who do not see or point (WCAG A and AA), on the page as it is now. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate<string[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }).then((result) => result.violations.map((one) => one.id + ' ' + one.nodes[0].html))`,
  )
}
