/** What the process that opens 7z and encrypted ZIP archives is asked for. Secrets stand here and nowhere else. */
export interface UnpackRequest {
  readonly name: string
  readonly size: number
  readonly kind: '7z' | 'zip'
  readonly passwords: readonly string[]
  readonly members: number
  readonly bytes: number
  readonly ratio: number
  readonly ratioFloorBytes: number
}

/** What it answers: the bytes of a member come between its `member` and its `done`. */
export type UnpackMessage =
  | { readonly kind: 'member'; readonly path: string; readonly record: number }
  | { readonly kind: 'done'; readonly record: number }
  /** A member that was not, or not wholly, unpacked; what came of it is to be thrown away. */
  | { readonly kind: 'failed'; readonly record: number; readonly why: MemberFailure; readonly detail?: string }
  | { readonly kind: 'problem'; readonly problem: ArchiveProblem; readonly detail?: string }

export type MemberFailure = 'unsafe' | 'link' | 'encrypted' | 'wrong-password' | 'damaged' | 'ratio' | 'archive'
export type ArchiveProblem = 'encrypted' | 'wrong-password' | 'damaged' | 'bomb'
