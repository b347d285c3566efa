import type { Watch } from '../../base/index.ts'
import type { Lake } from '../../store/index.ts'
import { keepFacts } from './keep-facts.ts'

/** Events worth a statement of their own: the engine takes about as long to read the statement as to answer it for this many. */
const worthReading = 80_000

/** Tells of a committed load and how many events it holds. */
type Committed = (load: string, events: number) => void

/**
 * Runs `work`, which reads logs and stores them, and reads what it says is committed for facts meanwhile, one statement at a time:
 * the engine has time then, and edges are had sooner. What is left at the end is read by `buildEdges`. Gives what `work` gives, throws what it
 * throws, else what reading for facts threw; nothing is under way any more then.
 */
export async function besideFacts<T>(
  { lake, watch, worth = worthReading }: { readonly lake: Lake; readonly watch: Watch; readonly worth?: number },
  work: (committed: Committed) => Promise<T>,
): Promise<T> {
  // Whoever reads the logs reports on them.
  const quiet = watch.signal === undefined ? {} : { signal: watch.signal }
  let waiting = new Set<string>()
  let held = 0
  let underWay: Promise<void> | undefined
  const read = async (): Promise<void> => {
    while (held >= worth) {
      const loads = [...waiting]
      waiting = new Set()
      held = 0
      await keepFacts({ lake, loads, watch: quiet })
    }
    underWay = undefined
  }
  const committed: Committed = (load, events) => {
    waiting.add(load)
    held += events
    if (underWay !== undefined || held < worth) return
    underWay = read()
    // Whoever awaits it hears of it; until then it is no unhandled failure.
    underWay.catch(() => {})
  }
  let given: T
  try {
    given = await work(committed)
  } catch (error) {
    // What is being read is the last.
    held = Number.NEGATIVE_INFINITY
    await underWay?.catch(() => {})
    throw error
  }
  await underWay
  return given
}
