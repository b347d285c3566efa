/** One word read in a picture: its text, how sure the reader is (0 to 100), and where it stands in pixels. */
export interface PictureWord {
  readonly text: string
  readonly confidence: number
  readonly region: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** A line of words and its text. */
export interface PictureLine {
  readonly text: string
  readonly region: PictureWord['region']
}

/** What the file says of itself beside its pixels, as stored: anybody can write or remove it. */
export interface PictureMark {
  readonly what: 'software' | 'device' | 'taken' | 'changed' | 'place'
  readonly from: 'exif' | 'xmp' | 'png'
  readonly text: string
}

/** What was read in one picture; sizes and regions in pixels of the picture as stored, confidence 0 to 100. */
export interface PictureReading {
  readonly kind: 'picture'
  readonly format: string
  readonly width: number
  readonly height: number
  readonly text: string
  readonly confidence: number
  readonly lines: readonly PictureLine[]
  readonly words: readonly PictureWord[]
  /** Perceptual hash, 16 hex digits: see `perceptualHash`. */
  readonly hash?: string
  readonly marks?: readonly PictureMark[]
}

/** What the child answers: a reading, or why there is none. */
export type ChildAnswer =
  | { readonly ok: true; readonly reading: PictureReading }
  | {
      readonly ok: false
      readonly code: 'picture-unreadable' | 'picture-too-large' | 'picture-reader-failed'
      readonly what: string
    }
