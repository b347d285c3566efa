import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pictureFiles, type PictureFile } from '../src/app/index.ts'
import { readInventoryToml } from '../src/inventory/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { dashboards, type Dashboard } from './pictures/dashboards.ts'
import { drawn, looks } from './pictures/draw.ts'
import { inventoryOf, screenOf } from './pictures/lot.ts'
import { scorePicture } from './pictures/score.ts'
import { tableOnly, type Screen } from './pictures/screen.ts'

/** Seeds below are for fitting; those from here on are reported. */
const firstReported = 100

/** Screenshots drawn of invented dashboards, read by the real text reader and compared with what was drawn. `--size` is the number of seeds. */
function picturesFrom(first: number, what: string): Measure {
  return {
    about: `screenshots of ${dashboards.length} invented dashboards, read and compared with what was drawn, ${what}`,
    needs: 'nothing',
    drill: 1,
    runs: 1,
    rates: [{ unit: 'pictures/s', count: 'pictures', time: 'read' }],
    async run({ size, scratch }) {
      const watch = new Stopwatch()
      const counts: Record<string, number> = { pictures: 0 }
      const workspace = join(scratch, 'workspace')
      await mkdir(scratch, { recursive: true })
      for (let seed = first; seed < first + size; seed++) {
        const { entries } = readInventoryToml(inventoryOf(seed), 'inventory.toml')
        for (const dashboard of dashboards)
          for (const [at, look] of looks.entries()) {
            if (look.page === 'table' && dashboard.twin === true) continue
            const whole = screenOf(dashboard, seed * looks.length + at)
            const screen = look.page === 'table' ? tableOnly(whole) : whole
            const file = join(scratch, `${seed}-${dashboard.kind}-${at}`)
            await writeFile(file, await watch.time('draw', () => drawn(screen, look)))
            const { pictures } = await watch.time('read', () =>
              pictureFiles({ paths: [file], entries, workspace, at: '2026-01-01T00:00:00Z', watch: {} }),
            )
            await rm(file)
            count(counts, { dashboard, screen, picture: pictures[0], name: `${seed} ${dashboard.kind} ${at}` })
          }
      }
      return { counts, times: watch.times, cores: watch.cores }
    },
  }
}

function count(
  counts: Record<string, number>,
  {
    dashboard,
    screen,
    picture,
    name,
  }: {
    readonly dashboard: Dashboard
    readonly screen: Screen
    readonly picture: PictureFile | undefined
    readonly name: string
  },
): void {
  const add = (what: string, by = 1): void => {
    counts[what] = (counts[what] ?? 0) + by
  }
  const tell = (text: string): void => {
    if (process.env['BENCH_DETAILS'] !== undefined) process.stderr.write(`${name} ${text}\n`)
  }
  add('pictures')
  if (picture === undefined) return add('pictures not read')
  const score = scorePicture(screen, picture.shown)
  for (const [what, title] of scores) {
    const { right, missed, extra } = score[what]
    add(`${title}: right`, right)
    add(`${title}: missed`, missed.length)
    add(`${title}: too much`, extra.length)
    if (missed.length + extra.length > 0) tell(`${what}: missed ${missed.join(', ')}; too much ${extra.join(', ')}`)
  }
  const { kind, systems } = picture.answer
  const shownWhole = screen.title !== ''
  const group = dashboard.twin
    ? 'same program elsewhere'
    : dashboard.ours
      ? shownWhole
        ? 'ours'
        : 'ours, table alone'
      : 'of others'
  const right = dashboard.twin
    ? kind !== 'ours'
    : dashboard.ours
      ? kind === 'ours' && systems.length === 1 && systems[0] === dashboard.kind
      : kind === 'none of ours'
  add(`${group}: pictures`)
  add(`${group}: ${right ? 'right' : kind === 'ours' ? 'another system named' : kind === 'open' ? 'left open' : 'excluded'}`)
  if (!right) tell(`system: ${kind} ${systems.join(', ')}`)
  if (shownWhole) {
    add('clock: right', screen.clock === picture.shown.clock?.text ? 1 : 0)
    add('user: right', picture.shown.users.some((one) => one.text === screen.user) ? 1 : 0)
  }
  add('another picture taken for seen before', picture.seen.length > 0 ? 1 : 0)
}

const scores = [
  ['labels', 'labels'],
  ['hosts', 'hosts, letter by letter'],
  ['alike', 'hosts, look-alike letters as one'],
] as const

/** On seeds from 100 on, which nothing was fitted on. */
export const pictures = picturesFrom(firstReported, 'on seeds that nothing was fitted on')

/** On seeds from 1 on. */
export const picturesFit = picturesFrom(1, 'on the seeds used while fitting')
