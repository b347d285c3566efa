/**
 * The one table of limits. The input comes from attackers: every loop over it is bounded by a name from here.
 * Sizes in bytes, times in milliseconds, the rest are counts.
 */
export const limits = {
  /** Longest line of any line-based format; a longer one is a fault and reading goes on at the next line. */
  lineBytes: 16 * 1024 * 1024,
  /** Largest single JSON value, SQL statement or free-text document read whole. */
  documentBytes: 64 * 1024 * 1024,
  /** Nesting depth of JSON, YAML, BinXML, conditions, archives' paths. */
  depth: 64,
  /** Nesting depth of elements of an HTML page. */
  htmlDepth: 512,
  /** Columns of a table. */
  columns: 2_000,
  /** Fields of one event after flattening. */
  eventFields: 1_000,
  /** Characters kept of one field of an event. */
  fieldChars: 65_536,
  /** Members of one archive. */
  archiveMembers: 20_000,
  /** Unpacked size of one archive, all members together. */
  archiveBytes: 32 * 1024 * 1024 * 1024,
  /** Unpacked / packed size of one member above which it is taken for a bomb (only from 64 MiB unpacked on). */
  archiveRatio: 200,
  archiveRatioFloorBytes: 64 * 1024 * 1024,
  /** Pixels of a picture handed to a decoder. */
  picturePixels: 50_000_000,
  pictureBytes: 50 * 1024 * 1024,
  /** Time for one picture in the reading child process. */
  pictureMs: 60_000,
  /** A process that reads a hostile format: silence, memory it may hold, and its heap. */
  readerMs: 60_000,
  readerBytes: 4 * 1024 ** 3,
  readerHeapMiB: 2_048,
  /** Unpacked size of one part of a workbook, and characters of its shared texts. */
  workbookPartBytes: 4 * 1024 ** 3,
  workbookTextChars: 400_000_000,
  /** Sheets of a workbook and tables of a dump that are given one by one. */
  tablesPerFile: 50,
  /** Distinct subscribers held of what an actor left behind; of more it is said that there are at least as many. */
  leftSubscribers: 1_000_000,
  /** Faults kept with their text per exhibit; further ones are only counted. */
  faultsKept: 1_000,
  /** Posts of one chat export, assertions of one post. */
  posts: 200_000,
  assertionsPerPost: 200,
  /** Assertions, and each of demands, deadlines, statements, kept of one claim thread. */
  claimsPerThread: 10_000,
  /** Rules of one run, bytes and YAML aliases of one rule file, tests of one rule, characters of one regex in a rule. */
  rules: 20_000,
  ruleBytes: 1024 * 1024,
  yamlAliases: 20,
  rulePlanItems: 50_000,
  regexChars: 4_096,
  /** Entries of one pipeline or placeholder file, and transformations of one run. */
  pipelineEntries: 10_000,
  /** Rules one correlation refers to, and the span it may look back, in days. */
  correlationRules: 100,
  correlationDays: 3_660,
  /** Hits of rules kept to be put in order of time; what correlations hold at once (a hit 1, a group 10); largest count a condition asks for. */
  correlationHits: 2_000_000,
  correlationHeld: 20_000_000,
  correlationCount: 250_000,
  /** Events cited by one detection of a correlation; further ones are only counted. */
  correlationCites: 100,
  /** Coverage: pairs of host and source told apart; pages of 256 record numbers kept (33 million consecutive ones in about 150 MB). */
  coverageSources: 5_000,
  coverageNumberPages: 131_072,
  /** Detections joined into stories in one run. */
  detections: 200_000,
  /** Indicators searched in one run, and hits told of one indicator. */
  indicators: 20_000,
  indicatorHits: 1_000,
  /** What peers share: bytes and objects of one bundle or pull, bytes of one object, pages of a pull, and what is kept of it. */
  sharedBytes: 1024 * 1024 * 1024,
  sharedObjects: 2_000_000,
  sharedObjectBytes: 1024 * 1024,
  sharedPages: 10_000,
  sharedIndicators: 100_000,
  sharedRules: 1_000,
  sharedMs: 900_000,
  /** Files of one folder given to a command. */
  files: 100_000,
  /** Rows of a leaked sample that are compared one by one; further ones are only counted. */
  sampleRows: 50_000,
  /** Followed sources at once; bytes read of one at a time, received but not yet written, and of one message; bytes and time of a segment. */
  watchSources: 1_000,
  watchBlockBytes: 1024 * 1024,
  watchQueueBytes: 8 * 1024 * 1024,
  watchMessageBytes: 256 * 1024,
  watchSegmentBytes: 64 * 1024 * 1024,
  watchSegmentMs: 600_000,
  /** Hits kept for correlating what is followed, and connections of senders at once. */
  watchHits: 50_000,
  watchConnections: 100,
  /** Nodes drawn in a graph, hits kept in one story, cites kept on one sentence. */
  graphNodes: 500,
  storyHits: 10_000,
  citesPerSentence: 50,
  /** One statement to the public, to an authority, to staff. */
  statementBytes: 256 * 1024,
  /** Pseudonyms put to a disclosure desk in one request, and those of them that are told in full; persons on a list of protected ones or of decoys. */
  releaseTokens: 8_192,
  releaseFlagged: 1_000,
  listedPersons: 100_000,
  /** Body of a request to the local server. */
  requestBytes: 10 * 1024 * 1024,
} as const
