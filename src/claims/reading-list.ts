import { limits } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Known } from './estate.ts'
import { pricesIn } from './number.ts'
import { readingsIn, type Unlisted } from './reading.ts'
import type { Said } from './sentence.ts'
import type { Voice } from './course.ts'
import type { Reading } from './thread.ts'

/** Collects the readings of one thread: the same words said again are one reading with further places. */
export class ReadingList {
  private readonly found = new Map<string, { one: Unlisted; also: Cite[]; keys: Set<string>; title: boolean }>()
  private sold = false
  private unit: string | undefined

  /** Begins a post or a section. */
  open(): void {
    this.unit = undefined
  }

  /**
   * What one sentence says, before it is added; `sells` says that the post offers something to buyers. Of a sentence in which nobody is
   * named the readings are given to whoever spoke last (`maybe`), with that as a doubt.
   */
  read(
    said: Said,
    { voice, maybe }: { readonly voice: Voice; readonly maybe?: Voice },
    of: {
      readonly victims: readonly { name: string; form: string }[]
      readonly sells: boolean
      readonly known?: readonly Known[]
    },
  ): Unlisted[] {
    const price = of.sells && pricesIn(said.flat).length > 0
    const unit = this.unit === undefined ? {} : { unit: this.unit }
    const read = readingsIn(said, maybe ?? voice, {
      victims: of.victims,
      sold: this.sold,
      price,
      ...unit,
      ...(of.known === undefined ? {} : { known: of.known }),
    })
    for (const one of read) {
      if (one.kind === 'sale' && one.by === 'actor') this.sold = true
      if (one.unit !== undefined) this.unit = one.unit
    }
    if (maybe === undefined) return read
    return read.map((one) =>
      one.by === maybe.by ? { ...one, doubts: [`nobody is named here; the ${maybe.by} spoke last`, ...(one.doubts ?? [])] } : one,
    )
  }

  /** Adds what was read of one sentence; `keys` name the assertions it makes, `known` says that a demand, an offer or a deadline was read in it. */
  add(
    said: Said,
    voice: Voice,
    of: {
      readonly read: readonly Unlisted[]
      readonly victims: readonly { name: string }[]
      readonly keys: readonly string[]
      readonly known: boolean
    },
  ): void {
    const { read } = of
    const silent = read.length === 0 && !of.known && voice.by === 'actor' && said.flat.split(' ').length > 2
    const about = of.victims[0]?.name
    const unread: Unlisted = {
      kind: 'unread',
      by: voice.by,
      text: said.text,
      ...(about === undefined ? {} : { victim: about }),
      doubts: ['nothing was recognised in it'],
      cite: said.cite,
    }
    for (const one of silent ? [unread] : read) {
      const key = JSON.stringify([one.kind, one.by, one.text.replace(/\s+/g, ' '), one.quantity, one.unit])
      const known = this.found.get(key)
      if (known === undefined) {
        if (this.found.size < limits.claimsPerThread)
          this.found.set(key, { one, also: [], keys: new Set(of.keys), title: said.title === true })
      } else {
        if (known.also.length < limits.citesPerSentence) known.also.push(one.cite)
        for (const each of of.keys) known.keys.add(each)
      }
    }
  }

  /** A headline that says what the text says too is a further place of it. */
  private withoutHeadlines(): { one: Unlisted; also: Cite[]; keys: Set<string> }[] {
    const all = [...this.found.values()]
    return all.filter((headline) => {
      if (!headline.title) return true
      const { one } = headline
      const same = all.find(
        (other) =>
          !other.title &&
          other.one.kind === one.kind &&
          (one.kind !== 'quantity' || other.one.unit === one.unit || other.one.quantity === one.quantity),
      )
      same?.also.push(one.cite)
      return same === undefined && one.kind !== 'unread'
    })
  }

  /** All readings with their numbers; `numbers` are those of the assertions by key. */
  numbered(numbers: ReadonlyMap<string, string>): Reading[] {
    return this.withoutHeadlines().map(({ one, also, keys }, index) => {
      const assertions = [...keys].flatMap((key) => numbers.get(key) ?? [])
      return {
        id: `R${index + 1}`,
        ...one,
        ...(assertions.length > 0 ? { assertions } : {}),
        ...(also.length > 0 ? { also } : {}),
      }
    })
  }
}
