import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breachline, ownFolder } from './run-breachline.ts'

const own = ownFolder('package')
afterAll(() => own.release())

const repository = resolve(import.meta.dirname, '../..')
const installed = own.path('project', 'node_modules', 'breachline')
let files: readonly string[] = []

beforeAll(() => {
  const copy = own.path('copy')
  const parts = [
    'bin',
    'src',
    'scripts',
    'rules',
    'data',
    'web',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'README.md',
    'LICENSE',
  ]
  for (const part of parts)
    if (existsSync(join(repository, part)))
      cpSync(join(repository, part), join(copy, part), {
        recursive: true,
        filter: (path) => !/\/(?:node_modules|dist)$/.test(path),
      })
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'))
  const env = { ...process.env, BREACHLINE_NO_INSTALL: '1' }
  const packed = execFileSync('npm', ['pack', '--json', '--loglevel=error'], {
    cwd: copy,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [tarball] = JSON.parse(packed.slice(packed.search(/^\[/m))) as { filename: string; files: { path: string }[] }[]
  files = tarball?.files.map((one) => one.path) ?? []
  mkdirSync(own.path('project'))
  writeFileSync(own.path('project', 'package.json'), '{ "private": true }\n')
  execFileSync(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', join(copy, tarball?.filename ?? '')],
    {
      cwd: own.path('project'),
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
})

test('the package carries what it runs on, and no sources and no tests', () => {
  for (const needed of [
    'bin/breachline',
    'dist/cli/main.js',
    'dist/formats/picture/child.js',
    'web/dist/index.html',
    'README.md',
  ])
    expect(files).toContain(needed)
  for (const folder of ['rules', 'data/laws']) expect(files.some((path) => path.startsWith(`${folder}/`))).toBe(true)
  expect(files.filter((path) => /^(?:src|test|scripts|node_modules)\/|\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([])
})

test('installed from the tarball, it tells its version and answers the demo', async () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string }
  const run = { root: installed, cwd: own.path('project'), env: own.env }
  const told = await breachline(['--version'], run)
  expect(told.code, told.err).toBe(0)
  expect(told.out.trim()).toBe(version)
  const demo = await breachline(['demo', '--no-serve', '--size', '1000'], run)
  expect(demo.code, demo.err).toBe(0)
  expect(demo.out).toMatch(/Of \d+ assertions \d+ supported/)
  expect(demo.out).toMatch(/How in +From sc-web-07/)
  expect(existsSync(own.path('project', 'breachline-data', 'cases'))).toBe(true)
})
