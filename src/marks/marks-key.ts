import { createHmac } from 'node:crypto'
import { tokenKey, tokenOf, type TokenKey } from '../persons/index.ts'

/** The secret that the marks of a workspace are drawn with, derived from its key of tokens. */
export interface MarksKey {
  /** Public name; never the key. */
  readonly id: string
  /** 64 bits for a text, as two 32-bit numbers between 0 (inclusive) and 1. */
  draw(tag: string, text: string): readonly [number, number]
  /** 8-byte token of a cell or identifier for the index, 16 hex digits. */
  token(tag: string, text: string): string
}

/** Derives the marks key by HMAC-SHA-256, so that there is one secret to keep and neither can be had from the other's uses. */
export function marksKey(workspace: TokenKey): MarksKey {
  const derived = createHmac('sha256', workspace.bytes).update('breachline marks key 1').digest().subarray(0, 16)
  const key = tokenKey(derived)
  return {
    id: key.id,
    draw(tag, text) {
      const hex = tokenOf(key, tag, text)
      return [Number.parseInt(hex.slice(0, 8), 16) / 2 ** 32, Number.parseInt(hex.slice(8, 16), 16) / 2 ** 32]
    },
    token: (tag, text) => tokenOf(key, tag, text).slice(0, 16),
  }
}
