/** How many bytes from `at` are those of `other` from `otherAt`, at most so many. */
export function agreeing(view: DataView, at: number, other: DataView, otherAt: number, most: number): number {
  let n = 0
  // Sixteen at once: fewer branches, and what is read does not wait for them.
  while (
    n + 16 <= most &&
    ((view.getInt32(at + n) ^ other.getInt32(otherAt + n)) |
      (view.getInt32(at + n + 4) ^ other.getInt32(otherAt + n + 4)) |
      (view.getInt32(at + n + 8) ^ other.getInt32(otherAt + n + 8)) |
      (view.getInt32(at + n + 12) ^ other.getInt32(otherAt + n + 12))) ===
      0
  )
    n += 16
  while (n + 4 <= most && view.getInt32(at + n) === other.getInt32(otherAt + n)) n += 4
  while (n < most && view.getUint8(at + n) === other.getUint8(otherAt + n)) n += 1
  return n
}
