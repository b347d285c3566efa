import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parentSource, request, tell, tellEnd } from '../../../src/formats/child/ask-parent.ts'

const may = (step: () => void): boolean => {
  try {
    step()
    return true
  } catch {
    return false
  }
}
const wanted = request() as { name: string; size: number }
tell(wanted)
tell(parentSource(wanted.name, wanted.size).read(2, 6))
tell({
  environment: Object.keys(process.env)
    .filter((name) => name === 'TZ' || !name.startsWith('_'))
    .sort(),
  writes: may(() => writeFileSync('/tmp/breachline-child-must-not-write', 'x')),
  starts: may(() => spawnSync('true')),
})
tellEnd()
