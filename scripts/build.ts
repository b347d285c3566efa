// Builds what the published package carries: `dist/` (compiled sources) and `web/dist/` (the page).
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

function tool(name: string, args: readonly string[]): void {
  const { status } = spawnSync(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}

if (!process.argv.includes('--page-only')) {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  tool('tsc', ['-p', 'tsconfig.build.json'])
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(ts|md)$/.test(entry.name)) continue
    const from = join(entry.parentPath, entry.name)
    cpSync(from, join(root, 'dist', relative(join(root, 'src'), from)))
  }
}
tool('vite', ['build', 'web', '--logLevel', 'warn'])
