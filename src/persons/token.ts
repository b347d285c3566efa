import { createHash } from 'node:crypto'
import { invariant } from '../base/index.ts'
import type { CanonicalKind } from './kinds.ts'
import { partsSql } from './parts.ts'
import { sipHash128 } from './siphash.ts'

/** The secret of a workspace's tokens: 128 bits and a public name that is safe to write beside tokens. */
export interface TokenKey {
  /** 16 hex digits derived from the key by SHA-256; tokens compare only under the same id. */
  readonly id: string
  readonly bytes: Uint8Array
}

/** A key from 16 random bytes; the caller draws and keeps them. Throws on any other length. */
export function tokenKey(bytes: Uint8Array): TokenKey {
  invariant(bytes.length === 16, 'a token key has 16 bytes')
  const id = createHash('sha256').update('breachline token key\u0000').update(bytes).digest('hex').slice(0, 16)
  return { id, bytes: Uint8Array.from(bytes) }
}

const tagForm = /^[a-z][a-z0-9:_-]{0,80}$/
const encoder = new TextEncoder()

/**
 * The keyed token of a canonical text: SipHash-2-4-128 over tag, 0x1F and the text in UTF-8, 32 lower-case hex digits.
 * The tag (`msisdn`, `field:plan`) keeps values of different fields from comparing; it holds no 0x1F.
 */
export function tokenOf(key: TokenKey, tag: string, canonicalText: string): string {
  return sipHash128(key.bytes, encoder.encode(`${tag}\u001f${canonicalText}`))
}

/**
 * The same token in SQL as FixedString(16); the empty text gives 16 zero bytes (no value). `textSql` is an SQL expression of our own making;
 * the query binds `tokenParams(key)`. The tag is checked, not escaped.
 */
export function tokenSql(tag: string, textSql: string): string {
  invariant(tagForm.test(tag), 'token tag')
  const named = /^[a-z][a-z0-9_]*$/.test(textSql)
  const text = named ? textSql : 's'
  const hash = `sipHash128ReferenceKeyed(({token_k0:UInt64}, {token_k1:UInt64}), concat('${tag}\\x1F', ${text}))`
  const token = `if(${text} = '', toFixedString('', 16), ${hash})`
  return named ? token : `arrayMap(s -> ${token}, [${textSql}])[1]`
}

/**
 * Tokens of the parts of a value in SQL as Array(FixedString(8)): the first half of the token of each part under the tag `TAG#part`;
 * in TypeScript the same is `tokenOf(key, partTag(tag), part).slice(0, 16)`. `formSql` gives a canonical form or ''.
 */
export function partTokensSql(tag: string, kind: CanonicalKind, formSql: string): string {
  invariant(tagForm.test(tag), 'token tag')
  const texts = partsSql(kind, formSql)
  if (texts === undefined) return "CAST([], 'Array(FixedString(8))')"
  const hash = `sipHash128ReferenceKeyed(({token_k0:UInt64}, {token_k1:UInt64}), concat('${partTag(tag)}\\x1F', p))`
  return `arrayMap(p -> toFixedString(substring(${hash}, 1, 8), 8), ${texts})`
}

/** The tag under which parts of a value are hashed. */
export function partTag(tag: string): string {
  return `${tag}#part`
}

/** The two halves of the key as bound parameters of a query made with `tokenSql`; never put them into a message. */
export function tokenParams(key: TokenKey): { readonly token_k0: string; readonly token_k1: string } {
  const words = new DataView(key.bytes.buffer, key.bytes.byteOffset, 16)
  return { token_k0: words.getBigUint64(0, true).toString(), token_k1: words.getBigUint64(8, true).toString() }
}
