import { join } from 'node:path'
import type { Product, Sample } from './product.ts'
import { Site } from './site.ts'

/** What driving one product gave: its logs, or the reason why there are none. */
export interface Driven {
  readonly product: string
  /** Time before its start and after its end, ISO with microseconds. */
  readonly since: string
  readonly until: string
  readonly samples: readonly Sample[]
  readonly reason?: string
}

/** Drives products one after the other, each in a folder of its own; every program is stopped before the next begins. */
export async function driveAll(products: readonly Product[], folder: string): Promise<readonly Driven[]> {
  const driven: Driven[] = []
  for (const product of products) {
    process.stderr.write(`${product.name}\n`)
    const site = new Site(join(folder, product.name))
    // Logs of whole seconds may say the second in which the run began.
    const since = instant(-1_500)
    let outcome: Pick<Driven, 'samples' | 'reason'>
    try {
      outcome = { samples: await product.drive(site) }
    } catch (error) {
      outcome = { samples: [], reason: error instanceof Error ? error.message : String(error) }
    } finally {
      await site.close()
    }
    driven.push({ product: product.name, since, until: instant(1_500), ...outcome })
  }
  return driven
}

function instant(shift: number): string {
  return new Date(Date.now() + shift).toISOString().replace('Z', '000Z')
}
