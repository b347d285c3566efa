// Runs a script of `scripts/` on the right runtime: `node bin/task.js check`.
import { join } from 'node:path'
import { ensureInstalled, root, run } from './runtime.js'

ensureInstalled()
const [name, ...args] = process.argv.slice(2)
run(join(root, 'scripts', `${name}.ts`), args)
