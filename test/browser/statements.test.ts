import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { barriers, executablePath, inBrowser, main, openBrowser, startProgram } from './in-browser.ts'

let directory: string
let program: Awaited<ReturnType<typeof startProgram>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let page: Page
const env = (): NodeJS.ProcessEnv => ({ ...process.env, BREACHLINE_KEYS: join(directory, 'keys') })

async function run(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], { env: env(), maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

const workspace = (): string[] => ['--workspace', join(directory, 'ws')]

/** Operator, actor and persons are invented. */
async function prepare(): Promise<void> {
  mkdirSync(join(directory, 'case/claim'), { recursive: true })
  writeFileSync(
    join(directory, 'case/breachline-case.toml'),
    '[case]\nid = "words"\ntitle = "A claim"\noperator = "Meridian Telekom"\ncountry = "MY"\nzone = "+08:00"\nopened = "2026-10-06T09:00:00+08:00"\n',
  )
  writeFileSync(
    join(directory, 'case/claim/post.md'),
    '# Grey Kestrel, 5 October 2026\n\nGREY KESTREL wrote on 5 October 2026: "We have full access to the CRM of Meridian Telekom. We took the records of 5,000 customers."\n',
  )
  await run('key', 'new', 'Priya Nair', '--role', 'counsel')
  await run('key', 'new', 'Farid Hamzah', '--role', 'privacy officer')
  await run('key', 'new', 'Mei Tan', '--role', 'communications')
  await run('investigate', join(directory, 'case'), ...workspace(), '--as', 'Priya Nair')
}

beforeAll(async () => {
  if (executablePath === undefined) return
  directory = mkdtempSync(join(tmpdir(), 'breachline-words-'))
  await prepare()
  program = await startProgram(['serve', ...workspace(), '--as', 'Priya Nair'], env())
  browser = await openBrowser(program.link)
  page = browser.page
  await page.goto(new URL('/case/words/people', program.link).href)
  // Keys are heard from then on.
  await page.getByRole('heading', { name: /Notes and decisions/ }).waitFor()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
})

const poll = <T>(ask: () => T): ReturnType<typeof expect.poll<T>> => expect.poll(ask, { timeout: 30_000 })
const area = () => page.locator('textarea.statement')
const button = (name: string | RegExp) => page.getByRole('button', { name })

inBrowser('nothing adopted: no draft is written, and it says what to adopt', async () => {
  await page.locator('body').press('0')
  await page.getByRole('heading', { name: /What may be said/ }).waitFor()
  await button('Draft from adopted findings').click()
  await poll(() => page.getByRole('alert').innerText()).toMatch(/adopt what is claimed first/)
  browser.complaints.length = 0
})

inBrowser(
  'a draft rests on what was adopted and names what is not known; a refused phrase says why, and is not taken',
  async () => {
    const adopted = await page.evaluate(async () => {
      const { view } = (await (await fetch('/api/cases/words')).json()) as { view: { findings: { id: string; kind: string }[] } }
      const claims = view.findings.filter((one) => one.kind === 'claim')
      for (const { id } of claims)
        await fetch('/api/cases/words/rulings', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ finding: id, ruling: 'adopt', reason: 'read by the incident lead' }),
        })
      return claims.length
    })
    expect(adopted).toBeGreaterThan(0)
    await page.reload()
    await button('Draft from adopted findings').click()
    await poll(() => area().inputValue()).toMatch(/Meridian Telekom/)
    const rests = page.getByRole('region', { name: /rests on/ })
    await poll(() => rests.getByText('not known', { exact: true }).count()).toBeGreaterThan(0)
    expect(await rests.getByText('adopted').count()).toBeGreaterThan(0)
    const text = await area().inputValue()
    await area().fill(`${text}\nOur systems are unaffected.\n`)
    expect(await button(/Put up for sign-off/).isDisabled()).toBe(true)
    await button('Check this text').click()
    await page.getByText('may not be said as things stand').waitFor()
    const result = await page.getByRole('region', { name: 'Result of the check' }).innerText()
    expect(result).toMatch(/Instead: Say which systems were examined/)
    expect(result).toMatch(/missing/)
    expect(await button(/Put up for sign-off/).isDisabled()).toBe(true)
    await area().fill(text)
    await button('Check this text').click()
    await poll(() => page.getByText('nothing refused').count()).toBe(1)
  },
)

inBrowser(
  'three persons sign, the first by keyboard; only then may it leave, and its text is kept',
  async () => {
    const text = await area().inputValue()
    await button(/Put up for sign-off/).click()
    const row = page.locator('tr#S1')
    await row.waitFor()
    expect(await row.innerText()).toMatch(/Missing: legal, privacy, communications/)
    expect(await page.getByText('Release S1').count()).toBe(0)
    await row.focus()
    await row.press('a')
    await page.keyboard.type('Facts as adopted, nothing promised')
    await page.keyboard.press('Enter')
    await poll(() => row.innerText()).toMatch(/legal: signed off by Priya Nair/)
    expect(await row.innerText()).toMatch(/Missing: privacy, communications/)
    // The others sign beside the page that is served, each with their own key.
    for (const [name, role] of [
      ['Farid Hamzah', 'privacy'],
      ['Mei Tan', 'communications'],
    ] as const)
      await run('statement', 'sign', 'S1', '--for', role, '--reason', 'read', '--as', name, '--case', 'words', ...workspace())
    await page.reload()
    await page.getByText('Release S1').click()
    await row.getByLabel('To whom or where').fill('Press list')
    await row.getByLabel('Why now').fill('Deadline of the claim')
    await row.getByRole('button', { name: 'Release as Priya Nair' }).click()
    await poll(() => row.innerText()).toMatch(/released/)
    expect(await row.getByRole('button', { name: 'Sign off S1' }).count()).toBe(0)
    await row.locator('summary').first().click()
    expect((await row.locator('.words').innerText()).trimEnd()).toBe(text.trimEnd())
  },
  240_000,
)

inBrowser('what left before is held against the next text', async () => {
  await page.getByText('Record what left before').click()
  const form = page.locator('details.act form.block')
  await form.getByLabel('When it left').fill('2026-10-06T10:00')
  await form.getByLabel('To whom', { exact: true }).last().fill('Commissioner')
  await form.getByLabel('Its text').fill('The claim about Meridian Telekom was published on 1 October 2026.')
  await form.getByLabel('How it is known').fill('Sent by the privacy officer')
  await form.getByRole('button', { name: /Record as/ }).click()
  await page.locator('tr#S2').waitFor()
  await area().fill('The claim about Meridian Telekom was published on 5 October 2026.')
  await button('Check this text').click()
  const result = page.getByRole('region', { name: 'Result of the check' })
  await poll(() => result.innerText()).toMatch(/when the claim was published: before 2026-10-01, this text 2026-10-05/)
})

inBrowser('the page breaks no rule of accessibility or of the content policy', async () => {
  const found = await barriers(page)
  expect(found).toEqual([])
  expect(browser.complaints).toEqual([])
})
