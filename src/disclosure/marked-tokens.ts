import type { Db } from '../store/index.ts'

/** Lists of subscribers that are kept as tokens only. */
type MarkedList = 'decoys' | 'protected'

/** Adds tokens to a list; gives how many were new. */
export function addTokens(db: Db, list: MarkedList, tokens: readonly string[]): number {
  return db.transaction(() =>
    tokens.reduce((sum, token) => sum + db.run('INSERT OR IGNORE INTO marked (list, token) VALUES (?, ?)', list, token), 0),
  )
}

/** Takes tokens from a list; gives how many stood there. */
export function removeTokens(db: Db, list: MarkedList, tokens: readonly string[]): number {
  return db.transaction(() =>
    tokens.reduce((sum, token) => sum + db.run('DELETE FROM marked WHERE list = ? AND token = ?', list, token), 0),
  )
}

/** Which of some tokens stand on a list. */
export function markedTokens(db: Db, list: MarkedList, asked: readonly string[]): ReadonlySet<string> {
  return new Set(
    asked.filter((token) => db.get('SELECT 1 AS found FROM marked WHERE list = ? AND token = ?', list, token) !== undefined),
  )
}

/** A whole list, sorted. */
export function tokensOf(db: Db, list: MarkedList): readonly string[] {
  return db.all<{ token: string }>('SELECT token FROM marked WHERE list = ? ORDER BY token', list).map((row) => row.token)
}
