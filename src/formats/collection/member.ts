import type { ByteSource } from '../../base/index.ts'

/** A file of what a collector brought, by its path inside. */
export interface CollectionMember {
  readonly path: string
  readonly source: ByteSource
}

export type CollectionTool = 'kape' | 'velociraptor' | 'uac' | 'cylr'
