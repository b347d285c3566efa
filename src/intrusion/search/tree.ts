import type { Edge } from '../graph/edge.ts'
import type { HostStatus } from '../story.ts'
import type { Sighting } from '../sighting.ts'

/** How an intruder came in. */
export type EntryKind =
  | 'web-server'
  | 'vpn'
  | 'vendor-session'
  | 'rdp'
  | 'remote-logon' // from an address outside, by other means than remote desktop
  | 'mail' // a child of a mail, office or web browsing program
  | 'usb'
  | 'partner-network'
  | 'first-seen' // how it was reached is not shown

/** The way in. `first-seen` has no edge when nothing leads on from it. */
export interface Entry {
  readonly node: string
  readonly kind: EntryKind
  readonly time: string
  /** How sure the way from here to the first alert is, 0 to 1. */
  readonly certainty: number
  readonly edge?: Edge
}

/** Why a node has its label. */
export type Why =
  | 'alert' // a detection lies on it
  | 'led-on' // what it did led to a detection
  | 'accessed' // reached from the story, nothing seen on it
  | 'doubtful-link' // joined by an edge of certainty below one half
  | 'origin' // a logon came from it; nothing seen on it

/** A node of a story. */
export interface TreeNode {
  readonly id: string
  readonly label: HostStatus
  readonly why: readonly Why[]
  /** When the story reaches it, fixed-width UTC. */
  readonly arrived: string
}

/** An object that was reached, or a transfer out. */
export interface Sink {
  readonly kind: 'object' | 'transfer'
  readonly node: string
  readonly edge: Edge
  /** Named by the inventory as what must not be lost. */
  readonly crown: boolean
}

/** Bits, additive; they rank and are no probability. */
export interface TreeScore {
  readonly total: number
  readonly alerts: number
  readonly order: number
  readonly hosts: number
  /** What the edges cost; taken off. */
  readonly connecting: number
  /** The dearest path from the entry or the nearest alert above to an alert: what `calibrate` fits ceilings on. */
  readonly dearest: number
}

/** One attack story as a tree that grows in time from its entry. */
export interface Tree {
  readonly id: string
  readonly nodes: readonly TreeNode[]
  /** One edge into every node but the entry, in order of time and every one after the edge into its source; `seen-with` where only a hint joins. */
  readonly edges: readonly Edge[]
  readonly entry: Entry
  /** Ways in of later waves that were joined to this story, in order of time. */
  readonly waves: readonly Entry[]
  readonly sinks: readonly Sink[]
  /** Detections by the node they lie on, in order of time. */
  readonly sightings: ReadonlyMap<string, readonly Sighting[]>
  readonly score: TreeScore
  /** The next best way in for the same alerts. */
  readonly alternative?: {
    readonly entry: Entry
    /** Bits by which it is worse. */
    readonly costDifference: number
    readonly onlyHere: readonly Edge[]
    readonly onlyThere: readonly Edge[]
  }
  /** Why the search went no further back, and at which node. */
  readonly stopped?: { readonly why: 'budget' | 'silence'; readonly where: string }
}
