import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, executablePath, inBrowser, openBrowser, startProgram } from './in-browser.ts'

let directory: string
let program: Awaited<ReturnType<typeof startProgram>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let page: Page

/** The real program on a small generated case; the printed link opens the page. */
beforeAll(async () => {
  if (executablePath === undefined) return
  directory = mkdtempSync(join(tmpdir(), 'breachline-page-'))
  const env = { ...process.env, BREACHLINE_KEYS: join(directory, 'keys') }
  program = await startProgram(['demo', '--size', '3000', '--workspace', join(directory, 'ws')], env)
  browser = await openBrowser(program.link)
  page = browser.page
})

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
})

/** Machines that do other things too take their time. */
const poll = <T>(ask: () => T): ReturnType<typeof expect.poll<T>> => expect.poll(ask, { timeout: 20_000 })

inBrowser('the assessment comes first, every assertion with a status in words', async () => {
  await poll(() => page.getByText('We have full access to the backend', { exact: false }).count()).toBeGreaterThan(0)
  const text = await page.getByRole('main').innerText()
  expect(text).toMatch(/supported/i)
  expect(text).toMatch(/open/i)
})

inBrowser('a cite opens the original with its hash and custody, Escape closes it', async () => {
  await page
    .getByRole('button', { name: /^E\d+ / })
    .first()
    .click()
  const drawer = page.getByRole('dialog')
  await drawer.waitFor()
  await poll(() => drawer.innerText()).toMatch(/[0-9a-f]{16}/)
  await page.keyboard.press('Escape')
  await poll(() => page.getByRole('dialog').count()).toBe(0)
})

inBrowser('all pages stand, are accessible, and break no rule of the content policy', async () => {
  const names = await page.locator('nav.rail ol a').allInnerTexts()
  expect(names.length).toBeGreaterThanOrEqual(7)
  for (const index of names.keys()) {
    await page.locator('nav.rail ol a').nth(index).click()
    await page.getByRole('main').waitFor()
    await page.waitForTimeout(300)
    const found = await barriers(page)
    expect(found, names[index]).toEqual([])
  }
  expect(browser.complaints).toEqual([])
})

inBrowser('a ruling by a person shows at once and survives a reload', async () => {
  const reason = 'checked against the original post'
  await page.locator('nav.rail ol a').first().click()
  await page
    .getByRole('button', { name: /^adopt/i })
    .first()
    .click()
  await page.getByLabel(/^Adopt as .+, because$/).fill(reason)
  await page.locator('form.inline button[type=submit]').click()
  await poll(() => page.getByText(reason).count()).toBeGreaterThan(0)
  await page.reload()
  await poll(() => page.getByText(reason).count()).toBeGreaterThan(0)
})

inBrowser('steps cut from a story are a story of their own, joined again they are one; both by decisions', async () => {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /How in/ })
    .click()
  await page.locator('section.story').waitFor()
  const stories = (): Promise<number> => page.getByRole('list', { name: 'Stories' }).getByRole('button').count()
  const form = page.locator('details.change-story form')
  const changed = async (act: 'Cut' | 'Join', reason: string): Promise<void> => {
    if ((await page.locator('details.change-story[open]').count()) === 0)
      await page.locator('details.change-story summary').click()
    const one = form.filter({ has: page.getByRole('button', { name: new RegExp(`^${act} as`) }) })
    if (act === 'Cut') await one.locator('select[name=host]').selectOption({ index: 2 })
    await one.locator('textarea').fill(reason)
    await one.getByRole('button').click()
    await poll(() => page.getByText(reason).count()).toBeGreaterThan(0)
  }
  const before = await stories()
  await changed('Cut', 'work of the reporting team')
  await poll(stories).toBe(Math.max(2, before + 1))
  expect(await page.getByText('The assessment follows at the next investigation').count()).toBe(1)
  await changed('Join', 'one after all')
  await poll(stories).toBe(before)
})

inBrowser(
  'the story by keyboard: from a step to its records and the original, a host of the graph unfolded, a step annotated',
  async () => {
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /How in/ })
      .click()
    const timeline = page.getByRole('application', { name: /^Timeline/ })
    await timeline.waitFor()
    await poll(() => page.locator('.timeline .strip').count()).toBeGreaterThan(1)
    await timeline.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('n')
    await page.keyboard.press('N')
    expect(await page.locator('.at-cursor output').innerText()).toMatch(/: [\d,]+ events?, steps? \d/)
    await page.keyboard.press('Enter')
    const records = page.getByRole('region', { name: /^Records of/ })
    await records.getByRole('row').nth(1).waitFor()
    await page.keyboard.press('j')
    await records.getByRole('row').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').locator('.line.cited').waitFor()
    await page.reload()
    await page.getByRole('dialog').locator('.line.cited').waitFor()
    await page.keyboard.press('Escape')
    const graph = page.getByRole('application', { name: /^Graph/ })
    await page.locator('.graph canvas').first().waitFor({ state: 'attached' })
    const nodes = async (): Promise<number> => Number(/of (\d+) node/.exec((await graph.getAttribute('aria-label')) ?? '')?.[1])
    const before = await nodes()
    await graph.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('region', { name: 'Chosen in the graph' }).getByRole('button', { name: 'Unfold' }).waitFor()
    await page.keyboard.press('Enter')
    await poll(nodes).toBeGreaterThan(before)
    await page.locator('#step-1').focus()
    await page.keyboard.press('n')
    await page.keyboard.type('asked the owner of the host')
    await page.locator('#step-1 form button[type=submit]').click()
    await poll(() => page.locator('#step-1 .note').innerText()).toContain('asked the owner of the host')
    expect(await page.locator('.note').count()).toBe(1)
    const found = await barriers(page)
    expect(found).toEqual([])
    expect(browser.complaints).toEqual([])
  },
)

inBrowser('a decision on awareness moves the clocks off their provisional start', async () => {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^7?\s*Due/ })
    .click()
  await page.getByRole('main').getByText('Nobody has decided yet', { exact: false }).waitFor()
  await page.locator('#awareness-moment').fill('2026-10-06T16:00:00+08:00')
  await page.locator('form:has(#awareness-moment) textarea').fill('the duty officer read the post')
  await page.locator('form:has(#awareness-moment) button[type=submit]').click()
  await poll(() => page.getByText('the duty officer read the post').count()).toBeGreaterThan(0)
})

inBrowser('without the cookie, with another Host or from another page nothing is answered', async () => {
  const { port } = new URL(program.link)
  const at = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' })
  expect((await at('/api/cases')).status).toBe(401)
  expect((await at('/')).status).toBe(401)
  expect((await at(new URL(program.link).pathname)).status).toBe(401)
  const note = JSON.parse(readFileSync(join(directory, 'ws/run/serve.json'), 'utf8')) as { token: string }
  const bearer = { authorization: `Bearer ${note.token}` }
  expect((await at('/api/cases', bearer)).status).toBe(200)
  expect((await at('/api/cases', { ...bearer, origin: 'http://evil.example' })).status).toBe(403)
  const answer = await at('/api/cases', bearer)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test('where there is no Chromium the tests say how to get one', () => {
  if (executablePath === undefined) console.warn('skipped: no Chromium; "apt-get install chromium"')
  expect(executablePath === undefined || existsSync(executablePath)).toBe(true)
})
