import { fileSource } from '../base/index.ts'
import { addTokens, decoysNeeded, hitProbability, readIdentifiers, removeTokens, tokensOf } from '../disclosure/index.ts'
import type { Signer } from '../evidence/index.ts'
import { withDiscretion } from './discretion.ts'
import { workspaceTokenKey } from './keys.ts'
import { recordAct } from './workspace-custody.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** Adds owned numbers to the decoys, or takes them away; only tokens are kept. Gives how many changed and how many tokens there are. */
export async function changeDecoys(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly file: string
  readonly country: string
  readonly change: 'add' | 'remove'
}): Promise<{ readonly changed: number; readonly tokens: number }> {
  const { workspace, signer, change } = options
  const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
  const lists = await readIdentifiers(await fileSource(options.file), { key, country: options.country })
  const tokens = lists.flat()
  const done = withDiscretion(workspace, (db) => ({
    changed: change === 'add' ? addTokens(db, 'decoys', tokens) : removeTokens(db, 'decoys', tokens),
    tokens: tokensOf(db, 'decoys').length,
  }))
  recordAct(workspace, { act: 'decoys-changed', by: signer, detail: { change, identifiers: lists.length } })
  return done
}

/** A part of the subscriber base that an actor may choose from: a system, a segment, a range of numbers. */
export interface DecoySegment {
  readonly name: string
  /** Subscribers in it, and how many of them the actor to be met reads. */
  readonly size: number
  readonly reads: number
}

/** Where decoys are needed, and how many. */
export interface DecoyPlan {
  readonly probability: number
  readonly segments: readonly (DecoySegment & {
    /** Decoys by which the actor reads one with `probability`, their share of the segment, and the probability with exactly so many. */
    readonly decoys: number
    readonly share: number
    readonly reached: number
    /** One decoy in so many consecutive numbers: an actor who reads a run of `reads` numbers meets one for certain. */
    readonly every: number
    /** The probability with as many decoys as can be kept up. */
    readonly affordable: number
    readonly advice: string
  })[]
  readonly formula: string
}

/** How many decoys each segment needs. */
export function planDecoys(options: {
  readonly segments: readonly DecoySegment[]
  readonly probability: number
  /** Decoys that can be kept up in one segment. */
  readonly affordable: number
}): DecoyPlan {
  const { probability, affordable } = options
  return {
    probability,
    segments: options.segments.map((segment) => {
      const decoys = decoysNeeded({ ...segment, probability })
      const most = Math.min(affordable, segment.size)
      return {
        ...segment,
        decoys,
        share: decoys / segment.size,
        reached: hitProbability({ ...segment, decoys }),
        every: segment.reads,
        affordable: hitProbability({ ...segment, decoys: most }),
        advice: adviceFor({ decoys, affordable }),
      }
    }),
    formula: 'P(hit) = 1 - C(N - m, k) / C(N, k): N subscribers, m decoys, k read at random, none twice',
  }
}

function adviceFor({ decoys, affordable }: { readonly decoys: number; readonly affordable: number }): string {
  return decoys <= affordable
    ? 'plant them here, in every system that holds these records'
    : 'not here: more than can be kept up; plant them in the smaller segments such an actor chooses from'
}
